"""What a person wrote: an entry is kept for ever and never changed, only superseded (contract §4).

What someone has one of, and rewrites at will, is the exception: `services/only_one.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

CLOCKS_DIFFER: Final = timedelta(minutes=5)
"""How far ahead of ours the clock of a phone may be and still be believed."""

_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class Kind(StrEnum):
    """The kinds of entry of contract §4; answers to the questions before starting (kept only when asked to); what
    someone wants to ask when looking back; a line about something to read that they do not want to see again; and what
    someone has one of: a wind-down list, and a note from a calm day.

    A plan event is what a phone asked of a plan, kept as it was asked; what it did is a version of that plan.
    """

    NIGHT = "night"
    DOSE = "dose"
    SYMPTOMS = "symptoms"
    CHECK_IN = "check_in"
    PLAN_EVENT = "plan_event"
    DOCTOR_FIRST = "doctor_first"
    LOOK_BACK = "look_back"
    SET_ASIDE = "set_aside"
    WIND_DOWN = "wind_down"
    CALM_NOTE = "calm_note"


@dataclass(frozen=True)
class Entry:
    """`id` was made where it was written; `day` is the wake date of a night, else the person's day.

    `recorded_at` is when the person wrote it (UTC), `data` the JSON object of contract §4.
    A superseded entry is an earlier version: kept and exported, not shown. `stored_at` is when it arrived here;
    None before that.
    """

    id: str
    kind: Kind
    day: date
    recorded_at: datetime
    data: Mapping[str, Any]
    superseded: bool = False
    stored_at: datetime | None = field(default=None, compare=False)


def read_id(value: object) -> str | None:
    """The id of an entry or a plan in small letters; None when it is not a UUID as they are usually written."""
    return value.lower() if isinstance(value, str) and _UUID.fullmatch(value) else None


def slot(entry: Entry) -> tuple[object, ...] | None:
    """What an entry says something about: of two with the same slot only the newer is shown. None: stands alone.

    One night a wake date, one list of each questionnaire and one check-in a day, one dose a plan and moment; every
    extra amount, every plan event and every line that was hidden stands on its own.
    """
    data = entry.data
    match entry.kind:
        case Kind.PLAN_EVENT | Kind.SET_ASIDE:
            return None
        case Kind.DOSE:
            return None if data.get("extra") else (entry.kind, entry.day, data.get("plan"), data.get("moment"))
        case Kind.SYMPTOMS:
            return (entry.kind, entry.day, data.get("instrument"))
        case _:
            return (entry.kind, entry.day)


def same_slot(one: Entry, other: Entry) -> bool:
    """Whether two entries say something about the same thing."""
    return slot(one) is not None and slot(one) == slot(other)


def age(entry: Entry) -> tuple[datetime, datetime, str]:
    """The order of versions: of two, the one with the larger value is newer. Total, whatever arrived first.

    Nothing was written after it arrived. So a `recorded_at` more than `CLOCKS_DIFFER` after that comes from a clock
    that is wrong: it counts as written when it arrived, and does not win for ever. Then what the clock said decides,
    then the id.
    """
    said = entry.recorded_at
    ahead = entry.stored_at is not None and said - entry.stored_at > CLOCKS_DIFFER
    return (entry.stored_at if ahead and entry.stored_at else said, said, entry.id)

"""What a person wrote: an entry is kept for ever and never changed, only superseded (contract §4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """The kinds of entry of contract §4; answers to the questions before starting (kept only when asked to); and what
    someone wants to ask when looking back."""

    NIGHT = "night"
    DOSE = "dose"
    SYMPTOMS = "symptoms"
    CHECK_IN = "check_in"
    DOCTOR_FIRST = "doctor_first"
    LOOK_BACK = "look_back"


@dataclass(frozen=True)
class Entry:
    """`id` was made where it was written; `day` is the wake date of a night, else the person's day.

    `recorded_at` is when the person wrote it (UTC), `data` the JSON object of contract §4.
    A superseded entry is an earlier version: kept and exported, not shown.
    """

    id: str
    kind: Kind
    day: date
    recorded_at: datetime
    data: Mapping[str, Any]
    superseded: bool = False


def same_slot(one: Entry, other: Entry) -> bool:
    """Whether two entries say something about the same thing, so that only the newer is shown.

    One night a wake date, one symptom list and one check-in a day, one dose a plan and moment; every extra
    amount stands on its own.
    """
    if (one.kind, one.day) != (other.kind, other.day):
        return False
    if one.kind is not Kind.DOSE:
        return True
    if one.data.get("extra") or other.data.get("extra"):
        return False
    return all(one.data.get(key) == other.data.get(key) for key in ("plan", "moment"))

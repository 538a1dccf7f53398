"""What a phone sends: the envelope of one entry, whatever its kind. Contract §4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from companion.domain.codes import Refused
from companion.domain.entry import Kind, read_id
from companion.domain.instant import read_instant
from companion.domain.plan.fields import Reading, read_day, read_object, read_word

KINDS: Final = (Kind.NIGHT, Kind.DOSE, Kind.SYMPTOMS, Kind.CHECK_IN, Kind.PLAN_EVENT)
"""The kinds a phone may send."""

FIRST_DAY: Final = date(1900, 1, 1)
_NEVER: Final = datetime(1900, 1, 1, tzinfo=UTC)

_KEYS: Final = ("id", "kind", "day", "recorded_at", "data")


@dataclass(frozen=True)
class Sent:
    """One entry as it arrived: the envelope was read, `data` was not yet."""

    id: str
    kind: Kind
    day: date
    recorded_at: datetime
    data: Mapping[str, object]


def read_sent(value: object) -> Sent | Refused:
    """The envelope, or everything that is wrong with it. Keys that are not known are refused."""
    found = read_object(value, "", _KEYS, unknown="sync_unknown_key")
    if isinstance(found, Refused):
        return found
    reading = Reading()
    nothing: Mapping[str, object] = {}
    return reading.result(
        Sent(
            reading.take(read_id(found["id"]) or Refused.because("id", "sync_id"), ""),
            Kind(reading.take(read_word(found["kind"], "kind", [each.value for each in KINDS]), Kind.NIGHT.value)),
            reading.take(_day(found["day"]), FIRST_DAY),
            reading.take(_recorded_at(found["recorded_at"]), _NEVER),
            reading.take(_data(found["data"]), nothing),
        )
    )


def _day(value: object) -> date | Refused:
    day = read_day(value, "day")
    return Refused.because("day", "plan_no_such_date") if isinstance(day, date) and day < FIRST_DAY else day


def _recorded_at(value: object) -> datetime | Refused:
    return read_instant(value) or Refused.because("recorded_at", "sync_instant")


def _data(value: object) -> Mapping[str, object] | Refused:
    return value if isinstance(value, dict) else Refused.because("data", "plan_not_object")

"""The input of `companion reminders` (contract §2), read strictly, and its answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from companion.domain.codes import Refused
from companion.domain.instant import instant_text, read_instant
from companion.domain.plan.fields import Reading, below, read_day, read_list, read_object, read_whole, read_word
from companion.domain.reminder.model import DAILY, Days, Every, Habit, Kind, Weekdays
from companion.domain.reminder.rule import Occurrence, occurrences

WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_REMINDERS: Final = 1000
MOST_OCCURRENCES: Final = 500_000
"""More than two hundred years of a daily reminder; a longer answer helps nobody and fills the memory."""
LONGEST: Final = 3660
_YEARS: Final = range(1900, 2200)
_TIME: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True)
class Asked:
    """Habits with what they remind of, and the instants between which they are asked for."""

    zone: ZoneInfo
    start: datetime
    until: datetime
    reminders: Sequence[tuple[Kind, Habit]]


def read_asked(document: object, zones: Collection[str]) -> Asked | Refused:
    """The document with types that are right. `zones`: the names of time zones that are known."""
    found = read_object(document, "", ("zone", "from", "until", "reminders"), (), "reminder_unknown_key")
    if isinstance(found, Refused):
        return found
    reading = Reading()
    zone = reading.take(_zone(found["zone"], zones), "UTC")
    start = reading.take(_instant(found["from"], "from"), datetime.min.replace(tzinfo=UTC))
    until = reading.take(_instant(found["until"], "until"), datetime.max.replace(tzinfo=UTC))
    if start > until:
        reading.take(Refused.because("until", "reminder_until_before_from"), None)
    listed = _list(found["reminders"])
    habits: list[tuple[Kind, Habit]] = []
    for index, each in enumerate(reading.take(listed, ())):
        habits.append(reading.take(_reminder(each, f"reminders[{index}]"), (Kind.DOSE, Habit(time()))))
    return reading.result(Asked(ZoneInfo(zone), start, until, tuple(habits)))


def answer(asked: Asked) -> list[dict[str, str]] | Refused:
    """What `companion reminders` prints: every occurrence, sorted by due, then in the order of the list."""
    found: list[tuple[datetime, int, Kind, Occurrence]] = []
    for place, (kind, habit) in enumerate(asked.reminders):
        for each in occurrences(habit, asked.zone, asked.start, asked.until):
            found.append((each.due, place, kind, each))
            if len(found) > MOST_OCCURRENCES:
                return Refused.because("until", "reminder_too_many", most=f"{MOST_OCCURRENCES:,}")
    found.sort(key=lambda one: one[:2])
    return [{"kind": kind.value, "local": each.text, "due": instant_text(due)} for due, _, kind, each in found]


def _list(value: object) -> Sequence[object] | Refused:
    """A list that may be empty: nothing reminds, nothing is due."""
    return () if value == [] and isinstance(value, list) else read_list(value, "reminders", MOST_REMINDERS)


def _zone(value: object, zones: Collection[str]) -> str | Refused:
    """Only names of the time zone database: no paths, no files of the machine."""
    known = isinstance(value, str) and value in zones
    return str(value) if known else Refused.because("zone", "reminder_zone")


def _instant(value: object, field: str) -> datetime | Refused:
    return read_instant(value) or Refused.because(field, "reminder_instant")


def _reminder(value: object, field: str) -> tuple[Kind, Habit] | Refused:
    found = read_object(value, field, ("kind", "at", "days"), (), "reminder_unknown_key")
    if isinstance(found, Refused):
        return found
    reading = Reading()
    kind = reading.take(read_word(found["kind"], below(field, "kind"), [*Kind]), Kind.DOSE)
    at = reading.take(_at(found["at"], below(field, "at")), time())
    daily: Days = DAILY
    days = reading.take(_days(found["days"], below(field, "days")), daily)
    return reading.result((Kind(kind), Habit(at, days)))


def _at(value: object, field: str) -> time | Refused:
    right = isinstance(value, str) and _TIME.fullmatch(value)
    return time.fromisoformat(str(value)) if right else Refused.because(field, "reminder_at")


def _days(value: object, field: str) -> Days | Refused:
    if value == "daily":
        return DAILY
    if isinstance(value, list):
        return _weekdays(value, field)
    if isinstance(value, dict):
        return _every(value, field)
    return Refused.because(field, "reminder_days")


def _weekdays(value: object, field: str) -> Weekdays | Refused:
    names = read_list(value, field, len(WEEK))
    if isinstance(names, Refused):
        return names
    for place, name in enumerate(names):
        word = read_word(name, f"{field}[{place}]", WEEK)
        if isinstance(word, Refused):
            return word
        if name in names[:place]:
            return Refused.because(f"{field}[{place}]", "reminder_day_twice")
    return Weekdays(frozenset(WEEK.index(str(name)) for name in names))


def _every(value: Mapping[str, object], field: str) -> Every | Refused:
    found = read_object(value, field, ("every", "from"), (), "reminder_unknown_key")
    if isinstance(found, Refused):
        return found
    reading = Reading()
    every = reading.take(read_whole(found["every"], below(field, "every"), 1, LONGEST), 1)
    first = reading.take(_first(found["from"], below(field, "from")), date.min)
    return reading.result(Every(every, first))


def _first(value: object, field: str) -> date | Refused:
    day = read_day(value, field)
    if isinstance(day, date) and day.year not in _YEARS:
        return Refused.because(field, "reminder_year", least=str(_YEARS[0]), most=str(_YEARS[-1]))
    return day

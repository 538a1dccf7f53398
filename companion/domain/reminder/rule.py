"""When a habit falls due: the instants of a wall time on some days, in a zone.

The one rule behind it: a wall time is due at the first instant at which the clock on the wall shows that time or a
later one. So a time that does not exist (clocks go forward, or a whole day is left out) is due once, at the first
moment after the gap, and a time that is there twice is due once, the first time (contract §2 `companion reminders`;
what others get wrong: facts/tech.md §0.3). Gaps and folds as in PEP 495.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from companion.domain.reminder.model import Days, Every, Habit, Once, Weekdays

DAY: Final = timedelta(days=1)
SECOND: Final = timedelta(seconds=1)
MARGIN: Final = timedelta(days=1)
"""No zone ever moved its clock by more than a day (Samoa left one out, Kwajalein had one twice)."""

KEPT: Final = 1024
"""Many people are reminded at the same wall time: what was asked last is worked out once."""

LAST: Final = date(9000, 1, 1)
"""Far enough away that no arithmetic with zones runs off the calendar."""


@dataclass(frozen=True)
class Occurrence:
    """`local` is the wall time (without zone) that the clock shows at `due`, the instant (UTC)."""

    local: datetime
    due: datetime

    @property
    def text(self) -> str:
        """The name of this occurrence: "2027-01-04T21:45"."""
        return self.local.isoformat(timespec="minutes")


def occurrence(wall: datetime, zone: ZoneInfo) -> Occurrence:
    """The occurrence of one wall time (a datetime without zone)."""
    there = wall.replace(tzinfo=zone, fold=0)
    due = there.astimezone(UTC)
    if due.astimezone(zone).replace(tzinfo=None, fold=0) == wall:
        return Occurrence(wall, due)
    before, after = wall.replace(tzinfo=zone, fold=1).astimezone(UTC), due
    while after - before > SECOND:
        between = before + (after - before) // SECOND // 2 * SECOND
        if _wall(between, zone) >= wall:
            after = between
        else:
            before = between
    return Occurrence(_wall(after, zone), after)


def occurrences(habit: Habit, zone: ZoneInfo, start: datetime, until: datetime) -> Iterator[Occurrence]:
    """Every occurrence with `start` ≤ due < `until`, in order; instants are aware."""
    found: Occurrence | None = None
    for day in _days_from(habit.days, _wall(start, zone).date() - MARGIN):
        each = occurrence(datetime.combine(day, habit.at), zone)
        if each.due >= until:
            return
        if each.due >= start and (found is None or each.due > found.due):
            found = each
            yield each


@lru_cache(maxsize=KEPT)
def upcoming(habit: Habit, zone: ZoneInfo, start: datetime) -> Occurrence | None:
    """The first occurrence with `start` ≤ due; None when there is none any more."""
    for day in _days_from(habit.days, _wall(start, zone).date() - MARGIN):
        each = occurrence(datetime.combine(day, habit.at), zone)
        if each.due >= start:
            return each
    return None


@lru_cache(maxsize=KEPT)
def latest(habit: Habit, zone: ZoneInfo, until: datetime) -> Occurrence | None:
    """The last occurrence with due ≤ `until`; None when there was none yet."""
    for day in _days_back(habit.days, _wall(until, zone).date() + MARGIN):
        each = occurrence(datetime.combine(day, habit.at), zone)
        if each.due <= until:
            return each
    return None


def _wall(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def _days_from(days: Days, first: date) -> Iterator[date]:
    """The days of a habit from `first` on, in order; as far as the calendar goes."""
    match days:
        case Once(day=day):
            if day >= first:
                yield day
        case Every(days=every, first=begin):
            missed = max(0, (first - begin).days)
            yield from _steps(begin, -(-missed // every) * every, every)
        case Weekdays(days=chosen) if chosen:
            for day in _steps(first, 0, 1):
                if day.weekday() in chosen:
                    yield day


def _steps(begin: date, away: int, every: int) -> Iterator[date]:
    while away <= (LAST - begin).days:
        yield begin + away * DAY
        away += every


def _days_back(days: Days, last: date) -> Iterator[date]:
    """The days of a habit up to `last`, newest first."""
    match days:
        case Once(day=day):
            if day <= last:
                yield day
        case Every(days=every, first=begin):
            for away in range((last - begin).days // every, -1, -1):
                yield begin + away * every * DAY
        case Weekdays(days=chosen) if chosen:
            for back in range((last - date.min).days - 1):
                day = last - back * DAY
                if day.weekday() in chosen:
                    yield day

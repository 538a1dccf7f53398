"""A second way to say when a wall time is, sharing nothing with the first: the pieces of a zone's history.

Between two changes of the clock a zone is plain arithmetic. A wall time is looked up in every piece in turn.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Piece:
    """From `start` up to `end` (UTC, without zone) the wall is `ahead` of UTC."""

    start: datetime
    end: datetime
    ahead: timedelta


def ahead(zone: ZoneInfo, instant: datetime) -> timedelta:
    return instant.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None) - instant


@lru_cache(maxsize=4096)
def pieces(name: str, first: datetime, last: datetime) -> tuple[Piece, ...]:
    """The history of a zone from `first` to `last`, found by looking at the clock four times an hour."""
    zone = ZoneInfo(name)
    found, start, at = [], first, first
    offset = ahead(zone, first)
    while at < last:
        step = at + HOUR / 4
        if ahead(zone, step) != offset:
            low, high = at, step
            while high - low > SECOND:
                middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
                low, high = (middle, high) if ahead(zone, middle) == offset else (low, middle)
            found.append(Piece(start, high, offset))
            start, offset = high, ahead(zone, high)
        at = step
    return (*found, Piece(start, last, offset))


def due(name: str, wall: datetime) -> tuple[datetime, datetime]:
    """The wall time at which it is due, and the instant (UTC, without zone)."""
    middle = datetime.combine(wall, time())
    history = pieces(name, middle - timedelta(days=3), middle + timedelta(days=4))
    for piece in history:
        instant = wall - piece.ahead
        if piece.start <= instant < piece.end:
            return wall, instant
    for before, after in itertools.pairwise(history):
        if before.end + before.ahead <= wall < after.start + after.ahead:
            return after.start + after.ahead, after.start
    raise AssertionError(f"{wall} is nowhere in {name}")


def all_due(
    name: str, at: timedelta, on: Callable[[date], bool], start: datetime, until: datetime
) -> list[tuple[datetime, datetime]]:
    """Each wall time `at` of the days that `on` says, with its instant in [start, until); one of each instant."""
    found = {}
    day = start.date() - timedelta(days=3)
    while day <= until.date() + timedelta(days=3):
        if on(day):
            local, instant = due(name, datetime.combine(day, time()) + at)
            if start <= instant < until:
                found[instant] = local
        day += timedelta(days=1)
    return [(found[instant], instant) for instant in sorted(found)]

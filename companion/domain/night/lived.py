"""A night read back, wherever someone lives now: on the clock on which it was lived.

A night is kept as it was told and painted: wall times, and a letter for each quarter hour. Who then moves to another
zone lives by a clock that may not have changed in that night. The row of 25 October 2026 in Brussels has 100 quarters
and in Tokyo 96; bed from 10:30 to 10:00 is 24 and a half hours where the clock went back and 22 and a half where it
went forward. New input is refused where it cannot be on the person's own clock; what was accepted once never is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from companion.domain.codes import Refused
from companion.domain.night.data import night_from_data
from companion.domain.night.figures import NightFigures, figures
from companion.domain.night.value import Night

OTHER_LENGTH: Final = "night_drawn_length"
"""The reason of a row that was painted on a clock with more hours that night, or fewer."""

_FIRST: Final = ("Europe/Brussels", "UTC")
"""Where most nights of this product are lived, and a clock that never changes."""

_OF_THE_CLOCK: Final = {
    OTHER_LENGTH,
    "night_drawn_too_long",
    "night_drawn_other_day",
    "night_drawn_differs",
    "night_over_24_hours",
    "night_more_awake_than_time",
    "night_still_trying_too_long",
}
"""Reasons that may not be there on another clock; every other one is about what was written."""

_DAY: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)
_DAY_MIN: Final = 24 * 60
_NEAR: Final = 2
"""Days on either side. A night and its row lie within one; the rest is margin."""

_Change = tuple[datetime, timedelta]


@dataclass(frozen=True)
class LivedNight:
    """A night with its figures, and the zone on whose clock it is read: that of the person wherever that can be."""

    night: Night
    figures: NightFigures
    zone: ZoneInfo


def lived_night(data: Mapping[str, object], wake_date: date, zone: ZoneInfo) -> LivedNight | Refused:
    """A kept night for someone who lives in `zone` now.

    Where it cannot have been on that clock, it was lived on another one: the first on which it can be, Brussels
    before all others. Refused, with the reasons of `zone`, only where it can be nowhere. Which clocks there are:
    the IANA time zone database (RFC 6557).
    """
    found = _lived_in(zone, data, wake_date)
    if not isinstance(found, Refused) or not all(reason.code in _OF_THE_CLOCK for reason in found.reasons):
        return found
    elsewhere = (_lived_in(other, data, wake_date) for other in _elsewhere(wake_date))
    return next((each for each in elsewhere if not isinstance(each, Refused)), found)


def _lived_in(zone: ZoneInfo, data: Mapping[str, object], wake_date: date) -> LivedNight | Refused:
    night = night_from_data(data, wake_date, zone)
    if isinstance(night, Refused):
        return night
    measured = figures(night, zone)
    return measured if isinstance(measured, Refused) else LivedNight(night, measured, zone)


def _elsewhere(wake_date: date) -> Iterator[ZoneInfo]:
    yield from map(ZoneInfo, _FIRST)
    yield from _other_clocks(wake_date)


@lru_cache(maxsize=512)
def _other_clocks(wake_date: date) -> tuple[ZoneInfo, ...]:
    """One zone for each other way in which clocks changed around a night.

    Where one clock runs ahead of another all the time, a night is the same on both: only changes make a difference.
    """
    found: dict[tuple[_Change, ...], ZoneInfo] = {}
    for zone in _zones():
        found.setdefault(_changes(wake_date, zone), zone)
    return tuple(found.values())


@lru_cache(maxsize=1)
def _zones() -> tuple[ZoneInfo, ...]:
    return tuple(ZoneInfo(name) for name in sorted(available_timezones()))


def _changes(wake_date: date, zone: ZoneInfo) -> tuple[_Change, ...]:
    """What the clock showed when it changed around a night, and how far it went."""
    days = [datetime.combine(wake_date + _DAY * day, time(0), zone) for day in range(-_NEAR, _NEAR + 1)]
    return tuple(_change(day, after) for day, after in pairwise(days) if day.utcoffset() != after.utcoffset())


def _change(day: datetime, after: datetime) -> _Change:
    """The minute from which the clock stands otherwise than at the beginning of a day."""
    before, then = day.utcoffset() or timedelta(0), after.utcoffset() or timedelta(0)
    minute = bisect_left(range(_DAY_MIN), True, key=lambda each: (day + each * _MINUTE).utcoffset() != before)
    return (day + minute * _MINUTE).replace(tzinfo=None), then - before

"""When the told clock times really were: the backward walk from the morning, in real instants.

A diary holds clock times without dates. Only the last one, getting up (else the final waking), is known to
lie on the wake date; every earlier one is the latest such clock time that is not after the next. So 06:00
before 06:40 is the same morning, 23:00 before 06:00 the evening before, and equal times are no time apart,
not a day (facts/instruments.md §3.6).

Two hours a year are not plain. In autumn an hour happens twice: we take its first pass, unless only the
second lets the night be. In spring an hour is skipped: a time in it is read as on a clock that was not yet
set forward (02:30 is half an hour after 02:00), unless only a clock set forward early lets the night be.
Those are the two `fold` readings of PEP 495, the first preferred. Where the night was drawn too, the drawing knows
which pass it was: the reading nearest to it is preferred.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from companion.domain.night.row import row_moments
from companion.domain.night.value import Night

_MOST_DAYS_BACK: Final = 3
"""One is enough but around a skipped midnight; the rest is margin, so that a reading is always found."""


@dataclass(frozen=True)
class Moments:
    """UTC instants of the four times of a night; None where the time is unknown or hangs on nothing."""

    in_bed: datetime | None = None
    lights_out: datetime | None = None
    final_wake: datetime | None = None
    up: datetime | None = None

    def known(self) -> tuple[tuple[str, datetime], ...]:
        """The known moments with their names, earliest first."""
        named = (
            ("in_bed", self.in_bed),
            ("lights_out", self.lights_out),
            ("final_wake", self.final_wake),
            ("up", self.up),
        )
        return tuple((name, moment) for name, moment in named if moment is not None)


@dataclass(frozen=True)
class _Chain:
    """One way to read the clock times; less strained readings sort first."""

    days_back: int = 0
    second_readings: int = 0
    moments: Mapping[str, datetime] = field(default_factory=dict)


def possible_moments(night: Night, zone: ZoneInfo) -> tuple[Moments, ...]:
    """Every way to read the times of this night as instants, the most natural first; never empty.

    More than one only where a clock change makes a time ambiguous. Without `up` and `final_wake` the earlier
    times hang on nothing, and all moments are None.
    """
    if night.up is None and night.final_wake is None:
        return (Moments(),)
    latest_first = (
        ("up", night.up),
        ("final_wake", night.final_wake),
        ("lights_out", night.lights_out),
        ("in_bed", night.in_bed),
    )
    told = tuple((name, wall) for name, wall in latest_first if wall is not None)
    steady = _steady_offset(night.wake_date, zone)
    if steady is not None:
        return (_on_a_plain_clock(told, night.wake_date, steady),)
    chains = sorted(
        _chains(told, night.wake_date, None, zone), key=lambda chain: (chain.days_back, chain.second_readings)
    )
    if night.drawn and len(chains) > 1:
        painted = row_moments(night.drawn, night.wake_date, zone)
        chains.sort(key=lambda chain: _away(chain.moments, painted))
    return tuple(Moments(**chain.moments) for chain in chains)


@lru_cache(maxsize=8192)
def _steady_offset(wake_date: date, zone: ZoneInfo) -> timedelta | None:
    """The offset from UTC where no clock change is near the night: then there is one reading, found quickly."""
    near = (datetime.combine(wake_date + timedelta(days=day), time(0), zone) for day in range(-_MOST_DAYS_BACK - 2, 3))
    offsets = {midnight.utcoffset() for midnight in near}
    return offsets.pop() if len(offsets) == 1 else None


def _on_a_plain_clock(told: tuple[tuple[str, time], ...], day: date, offset: timedelta) -> Moments:
    """The backward walk where every day has 24 hours."""
    moments: dict[str, datetime] = {}
    later: datetime | None = None
    for name, wall in told:
        local = datetime.combine(later.date() if later else day, wall)
        if later and local > later:
            local -= timedelta(days=1)
        later = local
        moments[name] = (local - offset).replace(tzinfo=UTC)
    return Moments(**moments)


def _away(moments: Mapping[str, datetime], painted: Mapping[str, datetime]) -> timedelta:
    """How far a reading lies from what was painted, all its times together."""
    apart = (abs(moments[name] - painted[name]) for name in painted if name in moments)
    return sum(apart, timedelta(0))


def _chains(
    told: tuple[tuple[str, time], ...], day: date, not_after: datetime | None, zone: ZoneInfo
) -> Iterator[_Chain]:
    """All readings of these times (latest first), all on `day` or before and none after `not_after`."""
    if not told:
        yield _Chain()
        return
    (name, wall), *earlier = told
    for days_back, second, instant in _placements(wall, day, not_after, zone):
        for rest in _chains(tuple(earlier), day - timedelta(days=days_back), instant, zone):
            yield _Chain(
                days_back=rest.days_back + days_back,
                second_readings=rest.second_readings + second,
                moments={name: instant, **rest.moments},
            )


def _placements(
    wall: time, day: date, not_after: datetime | None, zone: ZoneInfo
) -> Iterator[tuple[int, int, datetime]]:
    """The readings on the latest day that allows any: days back, 1 if the second reading, instant."""
    for days_back in range(_MOST_DAYS_BACK + 1):
        found = readings(datetime.combine(day - timedelta(days=days_back), wall), zone)
        fitting = [
            (days_back, second, instant)
            for second, instant in enumerate(found)
            if not_after is None or instant <= not_after
        ]
        if fitting:
            yield from fitting
            return


def readings(local: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The instants a local time can mean: one, or two around a clock change (PEP 495 fold 0, then 1)."""
    first = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    second = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return (first,) if first == second else (first, second)

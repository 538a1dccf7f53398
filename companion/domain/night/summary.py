"""Many nights as one line: means of what is there, and usual clock times on the round of the clock."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from fractions import Fraction
from typing import Final

from companion.domain.night.figures import NightFigures
from companion.domain.night.value import Night

_DAY_MINUTES: Final = 24 * 60
FEWEST_TO_COMPARE: Final = 4
"""Nights: from so many on a mean stands beside another, or for a week (facts/instruments.md §3.6: 4 to 5 of 7)."""

_NO_DIRECTION: Final = 1e-9
"""Mean resultant length under which clock times are taken to cancel out (floating point noise is ~1e-16)."""


@dataclass(frozen=True)
class NightSummary:
    """How many nights, and the means of the nightly values that are there (None where no night has one).

    `nights` counts all of them, `as_usual` those kept "as usual": they are counted apart and enter no mean.
    `tst_nights` and `se_nights`: how many nights those means are of.

    `tib`, `tst`, `sol`, `waso` in minutes, `se` in percent: the mean of the nightly efficiencies, not the
    efficiency of the summed minutes, which differs (facts/instruments.md §3.6). All exact. `bedtime` (of
    `in_bed`) and `rising_time` (of `up`) are circular means, to the minute.
    """

    nights: int
    tib: Fraction | None
    tst: Fraction | None
    sol: Fraction | None
    waso: Fraction | None
    se: Fraction | None
    bedtime: time | None
    rising_time: time | None
    as_usual: int
    tst_nights: int
    se_nights: int


def summarise(nights: Iterable[tuple[Night, NightFigures]]) -> NightSummary:
    """The summary of nights with their figures, in any order. Nothing missing is filled in."""
    everything = list(nights)
    measured = [(night, figures) for night, figures in everything if not night.as_usual]
    return NightSummary(
        nights=len(everything),
        as_usual=len(everything) - len(measured),
        tst_nights=sum(figures.tst is not None for _, figures in measured),
        se_nights=sum(figures.se is not None for _, figures in measured),
        tib=_mean(figures.tib for _, figures in measured),
        tst=_mean(figures.tst for _, figures in measured),
        sol=_mean(figures.sol for _, figures in measured),
        waso=_mean(figures.waso for _, figures in measured),
        se=_mean(figures.se for _, figures in measured),
        bedtime=circular_mean([night.in_bed for night, _ in measured if night.in_bed is not None]),
        rising_time=circular_mean([night.up for night, _ in measured if night.up is not None]),
    )


def circular_mean(times: Sequence[time]) -> time | None:
    """The mean of clock times as directions on a 24-hour dial, to the nearest minute (half a minute: later).

    23:00 and 01:00 give 00:00, not 12:00. None for no times, and where they cancel out, like 06:00 and 18:00.
    Source: mean direction, Fisher, Statistical Analysis of Circular Data (1993) §2.3.
    """
    if not times:
        return None
    angles = [math.tau * (at.hour * 60 + at.minute) / _DAY_MINUTES for at in times]
    east = math.fsum(map(math.sin, angles)) / len(angles)
    north = math.fsum(map(math.cos, angles)) / len(angles)
    if math.hypot(east, north) < _NO_DIRECTION:
        return None
    minutes = math.atan2(east, north) / math.tau * _DAY_MINUTES
    nearest = math.floor(minutes + 0.5 + 1e-6) % _DAY_MINUTES
    return time(nearest // 60, nearest % 60)


def _mean(values: Iterable[int | Fraction | None]) -> Fraction | None:
    there = [Fraction(value) for value in values if value is not None]
    return sum(there, Fraction(0)) / len(there) if there else None

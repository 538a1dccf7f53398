"""The row that a typed night looks like, rounded to quarter hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from companion.domain.codes import Refused
from companion.domain.night.figures import figures
from companion.domain.night.moments import Moments, possible_moments
from companion.domain.night.row import (
    ASLEEP,
    AWAKE,
    BEGINNINGS,
    IN_BED,
    NOTHING,
    QUARTER,
    QUARTER_MIN,
    Window,
    window,
)
from companion.domain.night.value import NOON, DrawnRow, Night

_HALF: Final = QUARTER / 2


@dataclass(frozen=True)
class _Bed:
    """A night on a row, in quarters after its beginning; ends are those after the last."""

    first: int
    lights_out: int
    wake: int
    end: int


def drawn_from_night(night: Night, zone: ZoneInfo) -> DrawnRow | None:
    """The row of a night: its own when it was drawn, else what was typed, rounded to the nearest quarter.

    A typed night tells how long someone lay awake, not when: as many gaps as there were awakenings (fewer when the
    minutes are too few) are spread evenly over the sleep, and who shows them says so. Naps have no place and are
    left out. Where sleep is not fully told, only "in bed" is drawn: nothing is filled in. None where into bed or
    getting up is not known, or where the night fits in no row.
    """
    if night.drawn:
        return night.drawn
    moments = possible_moments(night, zone)[0]
    first = moments.in_bed or moments.lights_out
    end = moments.up or moments.final_wake
    begins = _fitting(night, first, end, zone)
    if first is None or end is None or begins is None:
        return None
    real = window(night.wake_date, zone, begins)
    places = [_nearest(moment, real) for moment in (first, moments.lights_out or first, moments.final_wake or end, end)]
    bed = _Bed(*places)
    letters = NOTHING * bed.first + _in_bed(night, bed, moments, zone) + NOTHING * (real.quarters - bed.end)
    return DrawnRow(letters, begins) if letters.strip(NOTHING) else None


def row_begins(night: Night, zone: ZoneInfo) -> time:
    """The hour at which the row of a night begins: that of its drawing, else the first in which it fits."""
    if night.drawn:
        return night.drawn.begins
    known = possible_moments(night, zone)[0].known()
    return (_fitting(night, known[0][1], known[-1][1], zone) if known else None) or NOON


def _fitting(night: Night, first: datetime | None, end: datetime | None, zone: ZoneInfo) -> time | None:
    if first is None or end is None:
        return None
    for begins in BEGINNINGS:
        real = window(night.wake_date, zone, begins)
        if real.start <= first and end <= real.end:
            return begins
    return None


def _nearest(moment: datetime, real: Window) -> int:
    return (moment - real.start + _HALF) // QUARTER


def _in_bed(night: Night, bed: _Bed, moments: Moments, zone: ZoneInfo) -> str:
    """The letters from into bed until getting up."""
    before = IN_BED * (bed.lights_out - bed.first)
    if not night.slept:
        return before + AWAKE * (bed.end - bed.lights_out)
    measured = figures(night, zone)
    sleep_told = not isinstance(measured, Refused) and bool(measured.tst)
    if not sleep_told or moments.lights_out is None or moments.final_wake is None:
        return IN_BED * (bed.end - bed.first)
    onset = min(bed.lights_out + _quarters(night.sol or 0), bed.wake)
    trying = min(_quarters(night.still_trying_min or 0), bed.end - bed.wake)
    asleep = _with_gaps(bed.wake - onset, _quarters(night.waso or 0), night.awakenings)
    after = AWAKE * trying + IN_BED * (bed.end - bed.wake - trying)
    return before + AWAKE * (onset - bed.lights_out) + asleep + after


def _with_gaps(length: int, awake: int, awakenings: int | None) -> str:
    """Sleep of so many quarters with the quarters awake in it, in gaps of about the same size and distance."""
    awake = max(0, min(awake, length - 2))
    gaps = min(awakenings or 1, awake, length - awake - 1)
    if gaps < 1:
        return ASLEEP * length
    sleeps, wakes = _shares(length - awake, gaps + 1), [*_shares(awake, gaps), 0]
    return "".join(ASLEEP * slept + AWAKE * woken for slept, woken in zip(sleeps, wakes, strict=True))


def _shares(total: int, parts: int) -> list[int]:
    """`total` in whole parts that differ by at most one."""
    return [total * (place + 1) // parts - total * place // parts for place in range(parts)]


def _quarters(minutes: int) -> int:
    return (minutes + QUARTER_MIN // 2) // QUARTER_MIN

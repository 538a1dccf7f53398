"""The nights of the one picture: bars of time in bed and asleep, and the lines of seven-night means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from companion.domain.history import DAY, HistoryRow, Mean, SymptomPoint
from companion.web.history_axis import Axis, Box, Lane, Place, line, short

_WIDEST_BAR: Final = 22.0
_LEAST_NIGHT_SCALE: Final = 600
_LEAST_SYMPTOM_SCALE: Final = 20
"""So that a point or two, which mean nothing, do not look like a slope (facts/instruments.md §1.1)."""
_LEAST_EFFICIENCY: Final = 50
"""The line of efficiency begins here, or lower where it must, so that its changes can be seen at all."""


@dataclass(frozen=True)
class Bar:
    """A night, or the mean night of some days: time in bed, and in it time asleep; None where not known."""

    in_bed: Box | None
    asleep: Box | None
    as_usual: bool


def bars(rows: Sequence[HistoryRow], axis: Axis, lane: Lane) -> tuple[Bar, ...]:
    """Time in bed and time asleep; a row without nights is a gap."""
    most = _most_minutes(rows)
    drawn = []
    for row in rows:
        sleep = row.usual or row.sleep
        in_bed = _upright(row, sleep.tib_min, most, axis, lane)
        asleep = _upright(row, sleep.tst_min, most, axis, lane)
        if in_bed or asleep:
            drawn.append(Bar(in_bed, asleep, row.usual is not None))
    return tuple(drawn)


def _upright(row: HistoryRow, minutes: Mean | None, most: Fraction, axis: Axis, lane: Lane) -> Box | None:
    """A bar on the floor. No sleep at all is a low bar, so that it differs from a night not filled in."""
    if minutes is None:
        return None
    left, right = axis.edge(row.first_day), axis.edge(row.last_day + DAY)
    width = min(_WIDEST_BAR, (right - left) * 0.72)
    height = max(1.5, float(minutes.value / most) * lane.height)
    return Box(short((left + right - width) / 2), short(lane.floor - height), short(width), short(height))


def _most_minutes(rows: Sequence[HistoryRow]) -> Fraction:
    """The minutes at the top of the nights, the same for bars and line."""
    sleeps = [row.usual or row.sleep for row in rows]
    means = [mean for sleep in sleeps for mean in (sleep.tib_min, sleep.tst_min)] + [row.mean_tst for row in rows]
    return max([Fraction(_LEAST_NIGHT_SCALE), *(mean.value for mean in means if mean)])


def asleep_lines(rows: Sequence[HistoryRow], axis: Axis, lane: Lane) -> tuple[str, ...]:
    """The line of mean time asleep, broken where there were too few nights."""
    most = _most_minutes(rows)
    return _lines(rows, axis, lane, lambda row: row.mean_tst.value / most if row.mean_tst else None)


def efficiency_lines(rows: Sequence[HistoryRow], axis: Axis, lane: Lane) -> tuple[str, ...]:
    """The line of mean sleep efficiency, broken where there were too few nights."""
    known = [row.mean_se.value for row in rows if row.mean_se]
    least = min([Fraction(_LEAST_EFFICIENCY), *known])
    return _lines(rows, axis, lane, lambda row: (row.mean_se.value - least) / (100 - least) if row.mean_se else None)


def _lines(
    rows: Iterable[HistoryRow], axis: Axis, lane: Lane, share: Callable[[HistoryRow], Fraction | None]
) -> tuple[str, ...]:
    pieces: list[list[Place]] = [[]]
    for row in rows:
        part = share(row)
        if part is None:
            pieces.append([])
            continue
        middle = (axis.edge(row.first_day) + axis.edge(row.last_day + DAY)) / 2
        pieces[-1].append(Place(short(middle), short(lane.floor - float(part) * lane.height)))
    return tuple(line(tuple(places)) for places in pieces if places)


def points(totals: Sequence[SymptomPoint], axis: Axis, lane: Lane) -> tuple[Place, ...]:
    """Where the symptom sums stand."""
    most = max([_LEAST_SYMPTOM_SCALE, *(point.total for point in totals)])
    return tuple(
        Place(axis.middle(point.day), short(lane.floor - point.total / most * lane.height)) for point in totals
    )

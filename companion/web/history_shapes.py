"""The shapes of the one picture: places on the time axis, the dose stair, bars, lines and dates.

Lengths are units of a 360 wide view box; text is 16 units, so that it is 14 px where 390 px of screen leave
320 for the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from companion.domain.history import DAY, DateRange, DoseStep, HistoryRow, SymptomPoint

WIDTH: Final = 360
HEIGHT: Final = 318
LEFT: Final = 8
RIGHT: Final = 352
DOSE_TOP, DOSE_FLOOR = 30, 86
NIGHT_TOP, NIGHT_FLOOR = 144, 210
SYMPTOM_TOP, SYMPTOM_FLOOR = 246, 284
AXIS: Final = 294

_WIDEST_BAR: Final = 22.0
_LABEL_WIDTH: Final = 105.0
"""Room that a date under the axis needs, so that two never touch."""
_LEAST_NIGHT_SCALE: Final = 600
_LEAST_SYMPTOM_SCALE: Final = 20
"""So that a point or two, which mean nothing, do not look like a slope (facts/instruments.md §1.1)."""


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Bar:
    """A night, or the mean night of some days: time in bed, and in it time asleep; None where not known."""

    in_bed: Box | None
    asleep: Box | None


@dataclass(frozen=True)
class Place:
    x: float
    y: float


@dataclass(frozen=True)
class AmountLabel:
    x: float
    y: float
    mg: Decimal


@dataclass(frozen=True)
class Tick:
    """A day named under the axis. `anchor` is that of SVG text."""

    x: float
    anchor: str
    day: date
    is_today: bool


class Axis:
    """Days to places: every day has the same width, and stands in its middle."""

    def __init__(self, days: DateRange) -> None:
        self.days = days
        self.step = (RIGHT - LEFT) / days.days

    def edge(self, day: date) -> float:
        """Where a day begins, kept within the picture."""
        place = LEFT + (day - self.days.first_day).days * self.step
        return _short(min(max(place, LEFT), RIGHT))

    def middle(self, day: date) -> float:
        """The middle of a day; the nearest edge for a day outside."""
        place = LEFT + ((day - self.days.first_day).days + 0.5) * self.step
        return _short(min(max(place, LEFT), RIGHT))


class Stair:
    """The dose as a stair over a floor of 0 mg; days without a step are a gap."""

    def __init__(self, steps: Sequence[DoseStep], axis: Axis) -> None:
        self._steps = steps
        self._axis = axis
        self._top = max((step.mg for step in steps), default=Decimal(0)) or Decimal(1)

    def path(self, start: float, end: float) -> str:
        """The stair between two places, as SVG path data; empty where there is none."""
        parts: list[str] = []
        reached: tuple[date, float] | None = None
        for step in self._steps:
            left = self._axis.edge(step.first_day)
            right = self._axis.edge(last_day_in(step, self._axis.days) + DAY)
            if left >= end or right <= start:
                continue
            left, right = max(left, start), min(right, end)
            goes_on = reached == (step.first_day, left)
            parts.append(f"V{self._y(step):g}" if goes_on else f"M{left:g} {self._y(step):g}")
            parts.append(f"H{right:g}")
            reached = (last_day_in(step, self._axis.days) + DAY, right)
        return "".join(parts)

    def height_at(self, day: date) -> float:
        """Where the stair is on a day; the axis where there is none."""
        for step in self._steps:
            if step.first_day <= day <= last_day_in(step, self._axis.days):
                return self._y(step)
        return AXIS

    def first_label(self) -> AmountLabel | None:
        """In the heading of the dose, over the beginning of the stair."""
        return AmountLabel(LEFT, DOSE_TOP - 12, self._steps[0].mg) if self._steps else None

    def last_label(self) -> AmountLabel | None:
        """Under the end of the stair, where nothing else is drawn."""
        if not self._steps or self._steps[0].mg == self._steps[-1].mg:
            return None
        last = self._steps[-1]
        end = self._axis.edge(last_day_in(last, self._axis.days) + DAY)
        return AmountLabel(max(end, LEFT + _LABEL_WIDTH / 2), self._y(last) + 23, last.mg)

    def _y(self, step: DoseStep) -> float:
        return _short(DOSE_FLOOR - float(step.mg / self._top) * (DOSE_FLOOR - DOSE_TOP))


def bands(steps: Sequence[DoseStep], axis: Axis) -> tuple[Box, ...]:
    """The days of staying, behind all three series."""
    boxes = []
    for step in steps:
        left, right = axis.edge(step.first_day), axis.edge(last_day_in(step, axis.days) + DAY)
        if step.stay and right > left:
            boxes.append(Box(left, DOSE_TOP - 8, _short(right - left), AXIS - DOSE_TOP + 8))
    return tuple(boxes)


def bars(rows: tuple[HistoryRow, ...], axis: Axis) -> tuple[Bar, ...]:
    """Time in bed and time asleep; a row without nights is a gap."""
    most = _most_minutes(rows)
    drawn = []
    for row in rows:
        in_bed = _upright(row, row.tib_min, most, axis)
        asleep = _upright(row, row.tst_min, most, axis)
        if in_bed or asleep:
            drawn.append(Bar(in_bed, asleep))
    return tuple(drawn)


def _upright(row: HistoryRow, minutes: Fraction | None, most: Fraction, axis: Axis) -> Box | None:
    """A bar on the floor. No sleep at all is a low bar, so that it differs from a night not filled in."""
    if minutes is None:
        return None
    left, right = axis.edge(row.first_day), axis.edge(row.last_day + DAY)
    width = min(_WIDEST_BAR, (right - left) * 0.72)
    height = max(1.5, float(minutes / most) * (NIGHT_FLOOR - NIGHT_TOP))
    return Box(_short((left + right - width) / 2), _short(NIGHT_FLOOR - height), _short(width), _short(height))


def _most_minutes(rows: tuple[HistoryRow, ...]) -> Fraction:
    """The minutes at the top of the nights, the same for bars and line."""
    known = [value for row in rows for value in (row.tib_min, row.tst_min) if value is not None]
    return max([Fraction(_LEAST_NIGHT_SCALE), *known])


def mean_lines(rows: tuple[HistoryRow, ...], axis: Axis) -> tuple[str, ...]:
    """The line of mean time asleep, broken where there were too few nights."""
    most = _most_minutes(rows)
    lines: list[list[Place]] = [[]]
    for row in rows:
        if row.mean is None:
            lines.append([])
            continue
        middle = (axis.edge(row.first_day) + axis.edge(row.last_day + DAY)) / 2
        height = float(row.mean.tst_min / most) * (NIGHT_FLOOR - NIGHT_TOP)
        lines[-1].append(Place(_short(middle), _short(NIGHT_FLOOR - height)))
    return tuple(line(tuple(places)) for places in lines if places)


def points(totals: Sequence[SymptomPoint], axis: Axis) -> tuple[Place, ...]:
    """Where the symptom sums stand."""
    most = max([_LEAST_SYMPTOM_SCALE, *(point.total for point in totals)])
    return tuple(
        Place(
            axis.middle(point.day),
            _short(SYMPTOM_FLOOR - point.total / most * (SYMPTOM_FLOOR - SYMPTOM_TOP)),
        )
        for point in totals
    )


def line(places: tuple[Place, ...]) -> str:
    """Path data through the places; one place is a dot with a round cap."""
    if len(places) == 1:
        return f"M{places[0].x:g} {places[0].y:g}h.01"
    return "".join(f"{'L' if number else 'M'}{place.x:g} {place.y:g}" for number, place in enumerate(places))


def ticks(axis: Axis, today: date) -> tuple[Tick, ...]:
    """The first and the last day, and today where it is far enough from both."""
    first, last = axis.days.first_day, axis.days.last_day
    if first == last:
        return (Tick(WIDTH / 2, "middle", first, first == today),)
    ends = [Tick(LEFT, "start", first, first == today), Tick(RIGHT, "end", last, last == today)]
    now = axis.middle(today)
    if today in axis.days and LEFT + 1.5 * _LABEL_WIDTH <= now <= RIGHT - 1.5 * _LABEL_WIDTH:
        ends.insert(1, Tick(now, "middle", today, True))
    return tuple(ends)


def band_label(drawn: tuple[Box, ...], dates: tuple[Tick, ...]) -> float | None:
    """Under the axis, below the last band that leaves room for the word beside the dates."""
    if len(dates) > 2:
        return None
    ends = LEFT + 1.4 * _LABEL_WIDTH, RIGHT - 1.4 * _LABEL_WIDTH
    for band in reversed(drawn):
        middle = min(max(band.x + band.width / 2, ends[0]), ends[1])
        if band.x <= middle <= band.x + band.width:
            return _short(middle)
    return None


def last_day_in(step: DoseStep, days: DateRange) -> date:
    """The last day of a step; an open one goes on to the end of the picture."""
    return max(step.first_day, days.last_day) if step.last_day is None else step.last_day


def _short(length: float) -> float:
    return round(length, 1)

"""The one picture as data: dose, nights and symptoms under each other on one time axis, and their table.

Only numbers and places, for `templates/history/chart.html`, which draws and words them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from companion.domain.history import (
    DateRange,
    Glance,
    History,
    HistoryRow,
    Mean,
    SymptomPoint,
    Taken,
    TakenDay,
    days_per_row,
    glance,
    history_rows,
)
from companion.domain.night import one_decimal
from companion.web import history_axis, history_nights
from companion.web.history_axis import LEFT, RIGHT, Axis, Lanes, Place, Tick
from companion.web.history_dose import AmountLabel, Mark, Stair, today_dot
from companion.web.history_nights import Bar
from companion.web.history_turns import TurnMark, turn_marks


@dataclass(frozen=True)
class TableRow:
    """The numbers of a row as people read them: whole minutes, one decimal, rounded half up once.

    `as_usual`: how many nights were told to be as usual; where `only_usual`, the numbers are of those.
    """

    first_day: date
    last_day: date
    doses: tuple[Decimal, ...]
    taken: tuple[TakenDay, ...]
    in_bed_min: int | None
    asleep_min: int | None
    se_percent: Decimal | None
    as_usual: int
    only_usual: bool
    mean_min: int | None
    mean_se: Decimal | None
    symptoms: tuple[int, ...]


@dataclass(frozen=True)
class HistoryChart:
    """Shapes from back to front, the labels beside them, the table of the same numbers, and a few to say."""

    days: DateRange
    parts: frozenset[str]
    days_per_row: int
    top_score: int
    lanes: Lanes
    turns: tuple[TurnMark, ...]
    stair_past: str
    stair_next: str
    first_dose: AmountLabel | None
    last_dose: AmountLabel | None
    marks: tuple[Mark, ...]
    mark_scale: float
    bars: tuple[Bar, ...]
    asleep_lines: tuple[str, ...]
    last_mean_min: int | None
    efficiency_lines: tuple[str, ...]
    last_mean_se: Decimal | None
    points: tuple[Place, ...]
    point_line: str
    point_reach: int
    last_symptoms: SymptomPoint | None
    ticks: tuple[Tick, ...]
    today: Place | None
    rows: tuple[TableRow, ...]
    glance: Glance
    mean_asleep_min: int | None
    mean_se: Decimal | None

    @property
    def is_empty(self) -> bool:
        return not (self.stair_past or self.stair_next or self.marks or self.bars or self.points)

    @property
    def mark_kinds(self) -> list[Taken]:
        """What is marked, for the words beside the marks."""
        return [kind for kind in Taken if any(mark.kind is kind for mark in self.marks)]


def history_chart(
    history: History, days: DateRange, today: date, top_score: int, parts: frozenset[str] = history_axis.ALL_PARTS
) -> HistoryChart:
    """The picture of `days`. `top_score` is the highest sum that the symptom list can give.

    `parts`: what is drawn and told ("dose", "nights", "symptoms"); the series of the others are expected to be empty.
    """
    axis = Axis(days)
    rows = history_rows(history, days, today)
    turns = [turn for turn in history.turns if days.meets(turn.first_day, turn.last_day)]
    lanes = history_axis.lanes(turns=bool(turns), usual=any(row.usual for row in rows), parts=parts)
    steps = [step for step in history.doses if days.meets(step.first_day, step.last_day)]
    stair = Stair(steps, axis, lanes.dose, [told for row in rows for told in row.taken])
    now = axis.middle(today)
    marks = stair.marks(rows)
    points = [point for point in history.symptoms if point.day in days]
    places = history_nights.points(points, axis, lanes.symptoms)
    table = tuple(_table_row(row) for row in rows)
    glanced = glance(history, days, today)
    return HistoryChart(
        days=days,
        parts=parts,
        days_per_row=days_per_row(days),
        top_score=top_score,
        lanes=lanes,
        turns=turn_marks(turns, axis, lanes),
        stair_past=stair.path(LEFT, now),
        stair_next=stair.path(now, RIGHT),
        first_dose=stair.first_label(),
        last_dose=stair.last_label(),
        marks=marks,
        mark_scale=1 if len(marks) <= 40 else 0.6,
        bars=history_nights.bars(rows, axis, lanes.nights),
        asleep_lines=history_nights.asleep_lines(rows, axis, lanes.nights),
        last_mean_min=next((row.mean_min for row in reversed(table) if row.mean_min is not None), None),
        efficiency_lines=history_nights.efficiency_lines(rows, axis, lanes.efficiency),
        last_mean_se=next((row.mean_se for row in reversed(table) if row.mean_se is not None), None),
        points=places,
        point_line=history_axis.line(places),
        point_reach=5 if len(places) <= 40 else 2,
        last_symptoms=points[-1] if points else None,
        ticks=history_axis.ticks(axis, today),
        today=today_dot(stair, axis, today, lanes.axis),
        rows=table,
        glance=glanced,
        mean_asleep_min=minutes(glanced.sleep.tst_min),
        mean_se=percent(glanced.sleep.se_percent),
    )


def round_half_up(value: Fraction) -> int:
    """The nearest whole number; half goes up."""
    return (value + Fraction(1, 2)).__floor__()


def minutes(mean: Mean | None) -> int | None:
    return None if mean is None else round_half_up(mean.value)


def percent(mean: Mean | None) -> Decimal | None:
    return None if mean is None else one_decimal(mean.value)


def _table_row(row: HistoryRow) -> TableRow:
    sleep = row.usual or row.sleep
    return TableRow(
        first_day=row.first_day,
        last_day=row.last_day,
        doses=row.doses,
        taken=row.taken,
        in_bed_min=minutes(sleep.tib_min),
        asleep_min=minutes(sleep.tst_min),
        se_percent=percent(sleep.se_percent),
        as_usual=row.sleep.as_usual,
        only_usual=row.usual is not None,
        mean_min=minutes(row.mean_tst),
        mean_se=percent(row.mean_se),
        symptoms=row.symptoms,
    )

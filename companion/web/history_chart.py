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
    SymptomPoint,
    days_per_row,
    glance,
    history_rows,
)
from companion.domain.night import one_decimal
from companion.web import history_shapes as shapes
from companion.web.history_shapes import AmountLabel, Axis, Bar, Box, Place, Stair, Tick


@dataclass(frozen=True)
class TableRow:
    """The numbers of a row as people read them: whole minutes, one decimal, rounded half up once."""

    first_day: date
    last_day: date
    doses: tuple[Decimal, ...]
    in_bed_min: int | None
    asleep_min: int | None
    se_percent: Decimal | None
    mean_min: int | None
    symptoms: tuple[int, ...]


@dataclass(frozen=True)
class HistoryChart:
    """Shapes from back to front, the labels beside them, the table of the same numbers, and a few to say."""

    days: DateRange
    days_per_row: int
    top_score: int
    bands: tuple[Box, ...]
    stair_past: str
    stair_next: str
    first_dose: AmountLabel | None
    last_dose: AmountLabel | None
    bars: tuple[Bar, ...]
    mean_lines: tuple[str, ...]
    last_mean_min: int | None
    points: tuple[Place, ...]
    point_line: str
    point_reach: int
    last_symptoms: SymptomPoint | None
    ticks: tuple[Tick, ...]
    band_label_x: float | None
    today: Place | None
    rows: tuple[TableRow, ...]
    glance: Glance
    mean_asleep_min: int | None

    @property
    def is_empty(self) -> bool:
        return not (self.stair_past or self.stair_next or self.bars or self.points)


def history_chart(history: History, days: DateRange, today: date, top_score: int) -> HistoryChart:
    """The picture of `days`. `top_score` is the highest sum that the symptom list can give."""
    axis = Axis(days)
    rows = history_rows(history, days)
    steps = [
        step
        for step in history.doses
        if step.first_day <= days.last_day and shapes.last_day_in(step, days) >= days.first_day
    ]
    stair = Stair(steps, axis)
    now = axis.middle(today)
    points = [point for point in history.symptoms if point.day in days]
    places = shapes.points(points, axis)
    bands = shapes.bands(steps, axis)
    ticks = shapes.ticks(axis, today)
    table = tuple(_table_row(row) for row in rows)
    glanced = glance(history, days, today)
    return HistoryChart(
        days=days,
        days_per_row=days_per_row(days),
        top_score=top_score,
        bands=bands,
        stair_past=stair.path(shapes.LEFT, now),
        stair_next=stair.path(now, shapes.RIGHT),
        first_dose=stair.first_label(),
        last_dose=stair.last_label(),
        bars=shapes.bars(rows, axis),
        mean_lines=shapes.mean_lines(rows, axis),
        last_mean_min=next((row.mean_min for row in reversed(table) if row.mean_min is not None), None),
        points=places,
        point_line=shapes.line(places),
        point_reach=5 if len(places) <= 40 else 2,
        last_symptoms=points[-1] if points else None,
        ticks=ticks,
        band_label_x=shapes.band_label(bands, ticks),
        today=Place(now, stair.height_at(today)) if today in days else None,
        rows=table,
        glance=glanced,
        mean_asleep_min=round_half_up(glanced.sleep.tst_min) if glanced.sleep else None,
    )


def round_half_up(value: Fraction) -> int:
    """The nearest whole number; half goes up."""
    return (value + Fraction(1, 2)).__floor__()


def _table_row(row: HistoryRow) -> TableRow:
    def whole(value: Fraction | None) -> int | None:
        return None if value is None else round_half_up(value)

    return TableRow(
        first_day=row.first_day,
        last_day=row.last_day,
        doses=row.doses,
        in_bed_min=whole(row.tib_min),
        asleep_min=whole(row.tst_min),
        se_percent=None if row.se_percent is None else one_decimal(row.se_percent),
        mean_min=None if row.mean is None else whole(row.mean.tst_min),
        symptoms=row.symptoms,
    )

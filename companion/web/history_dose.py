"""The doses of the one picture: the planned stair, and marks for days on which something else was taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from companion.domain.history import DAY, DoseStep, HistoryRow, Taken, TakenDay
from companion.web.history_axis import LABEL_WIDTH, LEFT, Axis, Lane, Place, short


@dataclass(frozen=True)
class AmountLabel:
    x: float
    y: float
    mg: Decimal


@dataclass(frozen=True)
class Mark:
    """What was taken otherwise on a day, or on days that are drawn as one, at its height on the scale of doses."""

    x: float
    y: float
    kind: Taken


class Stair:
    """The planned dose as a stair over a floor of 0 mg; days without a step are a gap."""

    def __init__(self, steps: Sequence[DoseStep], axis: Axis, lane: Lane, taken: Sequence[TakenDay]) -> None:
        self._steps = steps
        self._axis = axis
        self._lane = lane
        planned = max((step.mg for step in steps), default=Decimal(0))
        noted = max((told.mg for told in taken), default=Decimal(0))
        self._top = max(planned, min(noted, 2 * planned) if planned else noted) or Decimal(1)

    def path(self, start: float, end: float) -> str:
        """The stair between two places, as SVG path data; empty where there is none."""
        parts: list[str] = []
        reached: tuple[date, float] | None = None
        for step in self._steps:
            left = self._axis.edge(step.first_day)
            right = self._axis.end(step.last_day)
            if left >= end or right <= start:
                continue
            left, right = max(left, start), min(right, end)
            goes_on = reached == (step.first_day, left)
            height = self._height(step.mg)
            parts.append(f"V{height:g}" if goes_on else f"M{left:g} {height:g}")
            parts.append(f"H{right:g}")
            reached = (step.last_day + DAY, right) if step.last_day else None
        return "".join(parts)

    def height_at(self, day: date, without: float) -> float:
        """Where the stair is on a day; `without` where there is none."""
        for step in self._steps:
            if step.covers(day):
                return self._height(step.mg)
        return without

    def first_label(self) -> AmountLabel | None:
        """In the heading of the dose, over the beginning of the stair."""
        return AmountLabel(LEFT, self._lane.top - 12, self._steps[0].mg) if self._steps else None

    def last_label(self) -> AmountLabel | None:
        """Under the end of the stair, where nothing else is drawn."""
        if not self._steps or self._steps[0].mg == self._steps[-1].mg:
            return None
        last = self._steps[-1]
        end = self._axis.end(last.last_day)
        return AmountLabel(max(end, LEFT + LABEL_WIDTH / 2), self._height(last.mg) + 23, last.mg)

    def marks(self, rows: Sequence[HistoryRow]) -> tuple[Mark, ...]:
        """A mark a day; where a row is several days, one of each kind, at the day that differs most.

        An amount over twice the highest planned dose stands at the top: the table tells how much it was.
        """
        marks = []
        for row in rows:
            for kind in Taken:
                of_kind = [told for told in row.taken if told.kind is kind]
                if of_kind:
                    told = max(of_kind, key=lambda each: abs(each.difference))
                    middle = (self._axis.edge(row.first_day) + self._axis.edge(row.last_day + DAY)) / 2
                    marks.append(Mark(short(middle), self._height(told.mg), kind))
        return tuple(marks)

    def _height(self, mg: Decimal) -> float:
        share = min(1.0, max(0.0, float(mg / self._top)))
        return short(self._lane.floor - share * self._lane.height)


def today_dot(stair: Stair, axis: Axis, today: date, without: float) -> Place | None:
    """Today is a dot, not an end."""
    return Place(axis.middle(today), stair.height_at(today, without)) if today in axis.days else None

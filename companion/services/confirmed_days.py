"""The confirmed days of a plan as stretches with one dose: what paper, boxes and supply count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from companion.domain.confirmation import OPEN
from companion.domain.supply import Stretch
from companion.services.plan_view import PLANS, LivePlan


@lru_cache(maxsize=PLANS)
def confirmed_days(plan: LivePlan) -> Sequence[Stretch]:
    """What stands confirmed, in date order, until the day before the plan was ended."""
    rows = {row.n: row for row in plan.rows}
    ended = plan.kept.ended_on
    last = ended - timedelta(days=1) if ended else OPEN
    stretches = sorted(
        (
            Stretch(span.n, span.first_day, min(span.last_day, last), rows[span.n].moments)
            for span in plan.confirmed_spans
            if span.first_day <= last
        ),
        key=lambda stretch: stretch.first_day,
    )
    return tuple(stretches)


def first_day_without(plan: LivePlan, known: Sequence[Stretch]) -> date | None:
    """The first day without, when every row up to it stands confirmed at its end; None otherwise."""
    without = plan.layout.first_day_without
    if without is None or plan.kept.ended_on or not known:
        return None
    return without if known[-1].last_day + timedelta(days=1) == without else None


def some_sketch(plan: LivePlan, first: date, last: date) -> bool:
    """Whether some days from `first` to `last` have a row that is not confirmed for them."""
    if plan.kept.ended_on:
        return False
    rows = [row for row in plan.rows if row.first_day and row.first_day <= last and (row.last_day or OPEN) >= first]
    until = plan.kept.until
    return any(row.n not in until or until[row.n] < min(row.last_day or OPEN, last) for row in rows)

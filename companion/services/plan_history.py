"""A plan as the history draws it: planned doses, stays and waits, and where its steps begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from companion.domain.confirmation import OPEN
from companion.domain.history import DoseStep, Noted, Planned, Turn
from companion.domain.plan.model import Extra
from companion.services.bend_plan import turns_of
from companion.services.plan_view import LivePlan, first_day

DAY = timedelta(days=1)


def planned_days(plan: LivePlan) -> list[Planned]:
    """The confirmed doses by moment; a plan that was ended gives none from that day on.

    Days on which others gave the medicine are a gap: what was given then is not known.
    """
    waits = [(wait.first_day, wait.last_day or OPEN) for wait in plan.waits]
    ended = plan.kept.ended_on
    found = []
    for span in sorted(plan.confirmed_spans, key=lambda span: span.first_day):
        last = min(span.last_day, ended - DAY) if ended else span.last_day
        found += [Planned(first, end, span.dose) for first, end in _without(span.first_day, last, waits)]
    return found


def _without(first: date, last: date, waits: Sequence[tuple[date, date]]) -> Iterator[tuple[date, date]]:
    """What is left of some days when those of the waits are taken out."""
    for begins, ends in sorted(waits):
        if ends < first or begins > last:
            continue
        if begins > first:
            yield first, begins - DAY
        if ends >= last:
            return
        first = ends + DAY
    if first <= last:
        yield first, last


def dose_steps(planned: Sequence[Planned]) -> list[DoseStep]:
    """The same doses as daily totals, in mg."""
    return [
        DoseStep(each.first_day, None if each.last_day == OPEN else each.last_day, sum(each.mg.values(), Decimal(0)))
        for each in planned
    ]


def turns_until(plan: LivePlan, today: date) -> tuple[Turn, ...]:
    """Stays, steps back and waits that have begun."""
    return tuple(turn for turn in turns_of(plan) if turn.first_day <= today)


def step_starts(plan: LivePlan) -> tuple[date, ...]:
    """The first days of the steps of a plan, and the first day after it."""
    ended = plan.kept.ended_on
    starts = [first_day(row) for row in plan.rows if ended is None or first_day(row) < ended]
    over = ended or plan.layout.first_day_without
    return tuple(sorted({*starts, over} if over else {*starts}))


def extras_of(plan: LivePlan) -> list[Noted]:
    """One-off amounts that stand in the plan itself (contract §2, `extra`)."""
    return [
        Noted(event.on, event.moment.value if event.moment else None, event.mg, extra=True)
        for event in plan.asked.events
        if isinstance(event, Extra)
    ]

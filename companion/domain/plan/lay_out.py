"""From what a person asks to a laid-out plan. Contract §2, `companion plan`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from companion.domain.codes import Refused
from companion.domain.effort import TooManyWaysError
from companion.domain.plan.cabinet import Cabinet
from companion.domain.plan.checks import check, highest_amount
from companion.domain.plan.ladder import ladder
from companion.domain.plan.layout import LastCut, Layout, MomentDose, Note, Row, Unit
from companion.domain.plan.model import Moment, PlanInput, Programme, TypedRows
from companion.domain.plan.rung import RowKind, Rung, in_ticks
from companion.domain.plan.timeline import Laid, Span, Timeline
from companion.domain.product import Form, from_ticks

CEILING_DAYS = 14
"""More than a quarter less within two weeks is over the guideline's usual ceiling (contract §2)."""


def lay_out(plan: PlanInput) -> Layout | Refused:
    """Every row of the plan with its days, doses, pieces and notes; refused what cannot be made."""
    try:
        cabinet = Cabinet(plan.products, highest_amount(plan))
        if refused := check(plan, cabinet):
            return refused
        current = Rung(in_ticks(plan.daily), None, RowKind.STEADY)
        laid = _on_calendar(plan, cabinet, current)
        return laid if isinstance(laid, Refused) else _layout(plan, laid, current, cabinet)
    except TooManyWaysError:
        return Refused.because("products", "plan_too_many_ways")


def _on_calendar(plan: PlanInput, cabinet: Cabinet, current: Rung) -> Laid | Refused:
    steps = ladder(plan, cabinet)
    if isinstance(steps, Refused):
        return steps
    timeline = Timeline(steps, current, plan.start.toordinal(), plan.goal.kind, _back_days(plan))
    for place, event in sorted(enumerate(plan.events), key=lambda told: told[1].on):
        if refused := timeline.bend(event, f"events[{place}]"):
            return refused
    return timeline.finish()


def _back_days(plan: PlanInput) -> int | None:
    """How long a step back lasts where the person does not say."""
    match plan.pace:
        case None | TypedRows():
            return None
        case Programme(_, days):
            return days
        case computed:
            return computed.every_days


def _layout(plan: PlanInput, laid: Laid, current: Rung, cabinet: Cabinet) -> Layout:
    rows = _rows(laid.spans, current, cabinet)
    end = None if laid.end is None else date.fromordinal(laid.end)
    return Layout(
        rows=rows,
        first_day_without=end,
        days=None if end is None else (end - plan.start).days,
        last_cut=_last_cut(laid, current),
        units=_units(rows),
    )


def _rows(spans: Sequence[Span], current: Rung, cabinet: Cabinet) -> tuple[Row, ...]:
    rows: list[Row] = []
    before = Span(current, 0, None)
    first_days = [span.first for span in spans if span.first is not None]
    for n, span in enumerate(spans, 1):
        notes = _notes(span, before)
        if span.first is not None:
            then = bisect_right(first_days, span.first - CEILING_DAYS)
            in_force = spans[then - 1].rung if then else current
            if 4 * span.rung.total < 3 * in_force.total:
                notes = (*notes, Note.OVER_25_PERCENT_IN_14_DAYS)
        rows.append(_row(n, span, before.rung.total, notes, cabinet))
        before = span
    return tuple(rows)


def _notes(span: Span, before: Span) -> tuple[Note, ...]:
    """What the step from the span before says. A rise is noted in typed rows; a step back always is one."""
    notes: list[Note] = []
    if span.rung.larger and before.level == span.level - 1:
        notes.append(Note.LARGER_THAN_ASKED)
    if span.rung.kind is RowKind.TYPED and _rises(before.rung.doses, span.rung.doses):
        notes.append(Note.RISES)
    return tuple(notes)


def _rises(before: Mapping[Moment, int], after: Mapping[Moment, int]) -> bool:
    return any(dose > before.get(moment, 0) for moment, dose in after.items())


def _row(n: int, span: Span, total_before: int, notes: Sequence[Note], cabinet: Cabinet) -> Row:
    rung = span.rung
    return Row(
        n=n,
        first_day=_day(span.first),
        last_day=_day(span.last),
        daily_mg=from_ticks(rung.total),
        cut_percent=percent(total_before - rung.total, total_before),
        notes=tuple(note for note in Note if note in notes),
        moments={moment: MomentDose(from_ticks(dose), cabinet.pieces(dose)) for moment, dose in rung.doses.items()},
        kind=rung.kind,
        asked_mg=None if rung.kind is RowKind.BACK else rung.asked_mg,
    )


def _last_cut(laid: Laid, current: Rung) -> LastCut | None:
    if not laid.stops:
        return None
    last = laid.spans[-1].rung if laid.spans else current
    notes = (Note.LARGER_THAN_ASKED,) if laid.last_larger else ()
    return LastCut(from_ticks(last.total), percent(last.total, current.total), notes)


def _units(rows: Sequence[Row]) -> tuple[Unit, ...]:
    """Over the dated rows, larger strengths first."""
    counts: dict[tuple[Decimal, Form], Decimal] = {}
    for row in rows:
        if row.first_day is None or row.last_day is None:
            continue
        days = (row.last_day - row.first_day).days + 1
        for dose in row.moments.values():
            for piece in dose.pieces:
                key = (piece.strength, piece.form)
                counts[key] = counts.get(key, Decimal(0)) + piece.units * days
    return tuple(
        Unit(strength, form, count) for (strength, form), count in sorted(counts.items(), key=lambda one: -one[0][0])
    )


def percent(part: int, whole: int) -> Decimal:
    """`part` of `whole` in percent: one decimal, half up (half away from 0 when it rises)."""
    tenths = (2 * abs(part) * 1000 + whole) // (2 * whole)
    return Decimal(tenths if part >= 0 else -tenths) / 10


def _day(ordinal: int | None) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal)

"""Whether the products can make what a plan asks for. Contract §2, "Refused"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from companion.domain.amount import to_text
from companion.domain.codes import Reason, Refused
from companion.domain.plan.cabinet import Cabinet
from companion.domain.plan.model import (
    Doses,
    GoalKind,
    Moment,
    NewRows,
    PercentOfCurrent,
    PlanInput,
    Programme,
    TypedRow,
    TypedRows,
)
from companion.domain.plan.rung import in_ticks
from companion.domain.plan.split import can_make
from companion.domain.product import Form, from_ticks, to_ticks

_ANY_AMOUNT = (Form.DROPS, Form.LIQUID, Form.MADE_CAPSULE)


def highest_amount(plan: PlanInput) -> int:
    """The largest daily total the plan speaks of, in ticks."""
    days = [plan.daily, *(row.daily for _, rows in _all_typed(plan) for row in rows)]
    return max(sum(in_ticks(doses).values()) for doses in days)


def check(plan: PlanInput, cabinet: Cabinet) -> Refused | None:
    """Every reason why the plan cannot be laid out, or None."""
    reasons = tuple(_reasons(plan, cabinet))
    return Refused(reasons) if reasons else None


def _reasons(plan: PlanInput, cabinet: Cabinet) -> Iterator[Reason]:
    current = in_ticks(plan.daily)
    daily = tuple(_not_makeable(plan.daily, "daily", cabinet))
    yield from daily
    if plan.goal.kind is GoalKind.REDUCE and not daily:
        yield from _target(to_ticks(plan.goal.target), current, cabinet)
    if isinstance(plan.pace, Programme):
        yield from _programme(plan)
    yield from _last_dose(plan, sum(plan.daily.values()))
    for field, rows in _all_typed(plan):
        yield from _typed(rows, field, plan, cabinet)


def _not_makeable(doses: Doses, field: str, cabinet: Cabinet) -> Iterator[Reason]:
    """One reason for each moment whose dose is no sum of whole allowed pieces."""
    for moment, dose in in_ticks(doses).items():
        if dose not in cabinet.takeable:
            below, above = cabinet.takeable.down(dose), cabinet.takeable.up(dose)
            yield _cannot_make(f"{field}.{moment}", doses[moment], below, above)


def _target(target: int, current: Mapping[Moment, int], cabinet: Cabinet) -> Iterator[Reason]:
    """The target must be below the current dose, and be reached without any moment rising."""
    total, caps = sum(current.values()), tuple(current.values())
    if target >= total:
        yield Reason("goal.target", "plan_target_not_below", {"current": to_text(from_ticks(total))})
        return
    below = above = target
    takeable, effort = cabinet.takeable, cabinet.effort
    while not can_make(below, caps, takeable, effort):
        effort.spend()
        below = takeable.down(below - 1)
    if below < target:
        while not can_make(above, caps, takeable, effort):
            effort.spend()
            above = takeable.up(above + 1)
        yield _cannot_make("goal.target", from_ticks(target), below, above)


def _programme(plan: PlanInput) -> Iterator[Reason]:
    """The reimbursed programme is for one intake a day of capsules made by the pharmacist."""
    if any(product.form is not Form.MADE_CAPSULE for product in plan.products):
        yield Reason("products", "plan_programme_capsules", {})
    if len(plan.daily) > 1:
        yield Reason("daily", "plan_programme_one_moment", {})


def _last_dose(plan: PlanInput, current: Decimal | int) -> Iterator[Reason]:
    if plan.last_dose is None:
        if isinstance(plan.pace, PercentOfCurrent) and any(one.form in _ANY_AMOUNT for one in plan.products):
            yield Reason("last_dose", "plan_last_dose_needed", {})
    elif not plan.goal.target < plan.last_dose < current:
        between = {"target": to_text(plan.goal.target), "current": to_text(Decimal(current))}
        yield Reason("last_dose", "plan_last_dose_outside", between)


def _typed(rows: tuple[TypedRow, ...], field: str, plan: PlanInput, cabinet: Cabinet) -> Iterator[Reason]:
    for place, row in enumerate(rows):
        yield from _not_makeable(row.daily, f"{field}[{place}].daily", cabinet)
    if plan.goal.kind is GoalKind.REDUCE and sum(rows[-1].daily.values()) != plan.goal.target:
        target = to_text(plan.goal.target)
        yield Reason(f"{field}[{len(rows) - 1}].daily", "plan_last_row_not_target", {"target": target})


def _all_typed(plan: PlanInput) -> Iterator[tuple[str, tuple[TypedRow, ...]]]:
    """Every list of typed rows with the field it stands in."""
    if isinstance(plan.pace, TypedRows):
        yield "pace.rows", plan.pace.rows
    for place, event in enumerate(plan.events):
        if isinstance(event, NewRows):
            yield f"events[{place}].rows", event.rows


def _cannot_make(field: str, dose: Decimal, below: int, above: int) -> Reason:
    values = {"dose": to_text(dose), "below": to_text(from_ticks(below)), "above": to_text(from_ticks(above))}
    return Reason(field, "plan_cannot_make", values)

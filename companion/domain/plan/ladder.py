"""The rows of a plan before dates and events: which doses come after one another, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil

from companion.domain.codes import Refused
from companion.domain.plan.cabinet import Cabinet
from companion.domain.plan.descent import descent
from companion.domain.plan.model import GoalKind, PlanInput, Programme, TypedRow, TypedRows
from companion.domain.plan.rung import Ladder, RowKind, Rung, in_ticks
from companion.domain.product import to_ticks


def ladder(plan: PlanInput, cabinet: Cabinet) -> Ladder | Refused:
    """The rows that goal and pace give. What was typed must have been found takeable before."""
    match plan.pace:
        case None:
            return Ladder((Rung(in_ticks(plan.daily), None, RowKind.STEADY),), stops=False)
        case TypedRows(rows):
            return typed_ladder(rows, plan.goal.kind)
        case Programme() as programme:
            return _programme(plan, programme, cabinet)
        case _ as computed:
            return descent(plan, computed, cabinet)


def typed_ladder(rows: Sequence[TypedRow], goal: GoalKind) -> Ladder:
    """Rows as typed. The last stays open unless the goal is to stop."""
    stops = goal is GoalKind.STOP
    rungs = [Rung(in_ticks(row.daily), row.days, RowKind.TYPED, usual_days=row.days) for row in rows]
    if not stops:
        rungs[-1] = replace(rungs[-1], days=None)
    return Ladder(tuple(rungs), stops)


def _programme(plan: PlanInput, programme: Programme, cabinet: Cabinet) -> Ladder:
    """Percents of the start, to the next 0.001 mg up, not under the target; a target stays open."""
    ((moment, start),) = in_ticks(plan.daily).items()
    target = to_ticks(plan.goal.target)
    rungs: list[Rung] = []
    for percent in programme.percents:
        asked = start * Fraction(percent) / 100
        dose = cabinet.takeable.up(ceil(asked))
        if dose <= target:
            break
        rungs.append(Rung({moment: dose}, programme.days, RowKind.STEP, asked=asked))
    if target:
        rungs.append(Rung({moment: target}, None, RowKind.STEP, asked=Fraction(target)))
    return Ladder(tuple(rungs), stops=not target)

"""Dose, nights and symptom sums over time, for the one picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from companion.domain.confirmation import OPEN
from companion.domain.entry import Kind
from companion.domain.history import DoseStep, History, NightBar, SymptomPoint
from companion.domain.person import Person
from companion.services.log_night import KeptNight, kept_night
from companion.services.log_symptoms import kept_list
from companion.services.plan_view import LivePlan, live_plans
from companion.storage import entries
from companion.storage.unit_of_work import Store


@dataclass(frozen=True)
class PersonHistory:
    """`plan` is the plan whose doses are in `history`: one medicine at a time, mg of two are not one sum."""

    plans: Sequence[LivePlan]
    plan: LivePlan | None
    history: History


def read_history(store: Store, person: Person, plan_id: str, today: date) -> PersonHistory:
    """Everything up to today. Without a known `plan_id`, the plan that was begun last."""
    with store.read() as unit:
        plans = live_plans(unit, person)
        nights = entries.between(unit, person.id, Kind.NIGHT, date.min, today)
        lists = entries.between(unit, person.id, Kind.SYMPTOMS, date.min, today)
    chosen = [plan for plan in plans if plan.id == plan_id] or plans
    plan = chosen[-1] if chosen else None
    points = [kept_list(entry) for entry in lists]
    return PersonHistory(
        plans,
        plan,
        History(
            doses=tuple(_steps(plan)) if plan else (),
            nights=tuple(_bar(kept_night(entry, person)) for entry in nights),
            symptoms=tuple(SymptomPoint(each.entry.day, each.total) for each in points if each.total is not None),
        ),
    )


def _bar(kept: KeptNight) -> NightBar:
    return NightBar(kept.entry.day, kept.figures.tib, kept.figures.tst, kept.figures.se)


def _steps(plan: LivePlan) -> list[DoseStep]:
    """The confirmed doses; a plan that was ended gives none from that day on."""
    steps = []
    for span in plan.confirmed_spans():
        last = span.last_day
        if plan.kept.ended_on and last >= plan.kept.ended_on:
            last = date.fromordinal(plan.kept.ended_on.toordinal() - 1)
        if last >= span.first_day:
            mg = sum(span.dose.values(), Decimal(0))
            steps.append(DoseStep(span.first_day, None if last == OPEN else last, mg))
    return steps

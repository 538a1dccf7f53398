"""Dose, nights and symptom sums over time, for the one picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from companion.domain.confirmation import OPEN
from companion.domain.entry import Kind
from companion.domain.history import DoseStep, History, NightBar, SymptomPoint
from companion.domain.person import Person
from companion.services import instruments
from companion.services.bend_plan import Turn, turns_of
from companion.services.log_night import KeptNight, kept_night
from companion.services.log_symptoms import kept_list
from companion.services.plan_view import LivePlan, live_plans
from companion.storage import entries
from companion.storage.unit_of_work import Store

DAY = timedelta(days=1)


@dataclass(frozen=True)
class PersonHistory:
    """`plan` is the plan whose doses are in `history`: one medicine at a time, mg of two are not one sum.

    `turns`: its stays, steps back and waits up to today.
    """

    plans: Sequence[LivePlan]
    plan: LivePlan | None
    history: History
    turns: Sequence[Turn] = ()


def read_history(store: Store, person: Person, plan_id: str, today: date) -> PersonHistory:
    """Everything up to today. Without a known `plan_id`, the plan that was begun last."""
    with store.read() as unit:
        plans = live_plans(unit, person)
        nights = entries.between(unit, person.id, Kind.NIGHT, date.min, today)
        lists = entries.between(unit, person.id, Kind.SYMPTOMS, date.min, today)
    chosen = [plan for plan in plans if plan.id == plan_id] or plans
    plan = chosen[-1] if chosen else None
    points = [kept_list(entry) for entry in lists if entry.data.get("instrument") == instruments.FIRST]
    return PersonHistory(
        plans,
        plan,
        History(
            doses=tuple(_steps(plan)) if plan else (),
            nights=tuple(_bar(kept_night(entry, person)) for entry in nights),
            symptoms=tuple(SymptomPoint(each.entry.day, each.total) for each in points if each.total is not None),
        ),
        [turn for turn in turns_of(plan) if turn.first_day <= today] if plan else (),
    )


def _bar(kept: KeptNight) -> NightBar:
    return NightBar(kept.entry.day, kept.figures.tib, kept.figures.tst, kept.figures.se)


def _steps(plan: LivePlan) -> list[DoseStep]:
    """The confirmed doses; a plan that was ended gives none from that day on.

    Days of staying are marked. Days on which others gave the medicine are a gap: what was given then is not known.
    """
    turns = turns_of(plan)
    steps = []
    for span in plan.confirmed_spans():
        last = span.last_day
        if plan.kept.ended_on and last >= plan.kept.ended_on:
            last = plan.kept.ended_on - DAY
        mg = sum(span.dose.values(), Decimal(0))
        for first, end, kind in _parts(span.first_day, last, turns):
            if kind != "hospital":
                steps.append(DoseStep(first, None if end == OPEN else end, mg, stay=kind == "stay"))
    return steps


def _parts(first: date, last: date, turns: Sequence[Turn]) -> Iterator[tuple[date, date, str]]:
    """The days of one dose, cut where a stay or a wait begins or ends; a wait counts before a stay."""
    ends = [(turn.first_day, turn.last_day or OPEN, turn.kind) for turn in turns if turn.kind != "back"]
    day = first
    while day <= last:
        here = {kind for begins, ends_on, kind in ends if begins <= day <= ends_on}
        kind = "hospital" if "hospital" in here else "stay" if "stay" in here else ""
        edges = [begins - DAY for begins, _, _ in ends if begins > day]
        edges += [ends_on for begins, ends_on, _ in ends if begins <= day <= ends_on]
        end = min([last, *edges])
        yield day, end, kind
        if end == OPEN:
            return
        day = end + DAY

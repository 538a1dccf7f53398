"""Dose, nights and symptom sums over time, for the one picture. Only the days that are looked at are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from companion.domain.entry import Entry, Kind
from companion.domain.history import (
    Compared,
    DateRange,
    History,
    Horizon,
    Noted,
    SymptomPoint,
    TakenDay,
    Window,
    compare,
    date_range,
    neighbours,
    sleep_of,
    taken_otherwise,
)
from companion.domain.person import Person
from companion.domain.plan import Row
from companion.services.log_symptoms import kept_list
from companion.services.measure_nights import night_bar
from companion.services.plan_history import dose_steps, extras_of, planned_days, step_starts, turns_until
from companion.services.plan_view import LivePlan, live_plans
from companion.storage import entries
from companion.storage.unit_of_work import Store, Unit

DAY = timedelta(days=1)
SYMPTOM_LIST = "bwsq"
"""The questionnaire of the picture. Sums of another one have another meaning and never stand among these."""

_BEFORE = 27 * DAY
"""Nights before the first day that means of the first days need."""


@dataclass(frozen=True)
class PersonHistory:
    """`plan` is the plan whose doses are in `history`: one medicine at a time, mg of two are not one sum.

    `before` and `after` are the anchors of the windows beside this one. `week`: the time asleep of the week before
    and of this one, for a week with enough nights in both.
    """

    plans: Sequence[LivePlan]
    plan: LivePlan | None
    history: History
    window: Window
    days: DateRange
    before: date | None
    after: date | None
    step: Row | None
    week: Compared | None


def read_history(
    store: Store, person: Person, plan_id: str, window: Window, anchor: date, today: date
) -> PersonHistory:
    """What there is to see in a window. Without a known `plan_id`, the plan that was begun last."""
    with store.read() as unit:
        plans = live_plans(unit, person)
        plan = chosen_plan(plans, plan_id)
        horizon = horizon_of(unit, person, plan, today)
        if window is Window.STEP and not horizon.steps:
            window = Window.ALL
        days = date_range(window, min(anchor, today), horizon)
        history = read_series(unit, person, plans, plan, days, today)
    before, after = neighbours(window, days, horizon)
    return PersonHistory(
        plans=plans,
        plan=plan,
        history=history,
        window=window,
        days=days,
        before=before,
        after=after,
        step=plan.row_on(days.first_day) if plan and window is Window.STEP else None,
        week=_week(history, days) if window is Window.WEEK else None,
    )


def chosen_plan(plans: Sequence[LivePlan], plan_id: str) -> LivePlan | None:
    """The plan with this id, else the one that was begun last."""
    found = [plan for plan in plans if plan.id == plan_id] or plans
    return found[-1] if found else None


def horizon_of(unit: Unit, person: Person, plan: LivePlan | None, today: date) -> Horizon:
    """From when there is something to see, and where the steps begin."""
    steps = step_starts(plan) if plan else ()
    noted = entries.first_of(unit, person.id, (Kind.NIGHT, Kind.SYMPTOMS, Kind.DOSE))
    first = min([today, *steps[:1], *([noted] if noted else [])])
    return Horizon(first, today, steps)


def read_series(
    unit: Unit, person: Person, plans: Sequence[LivePlan], plan: LivePlan | None, days: DateRange, today: date
) -> History:
    """Everything noted in these days up to today, with the nights before them that their means need."""
    last = min(days.last_day, today)
    nights = entries.between(unit, person.id, Kind.NIGHT, days.first_day - _BEFORE, last, words=False)
    lists = entries.between(unit, person.id, Kind.SYMPTOMS, days.first_day, last)
    planned = planned_days(plan) if plan else []
    return History(
        doses=tuple(dose_steps(planned)),
        nights=tuple(night_bar(entry, person) for entry in nights),
        symptoms=tuple(point for entry in lists if (point := _point(entry))),
        turns=turns_until(plan, today) if plan else (),
        taken=taken_of(read_doses(unit, person, days, today), plans, plan, days, today),
    )


def read_doses(unit: Unit, person: Person, days: DateRange, today: date) -> list[Entry]:
    """What was noted as taken in these days, up to today."""
    return entries.between(unit, person.id, Kind.DOSE, days.first_day, min(days.last_day, today), words=False)


def taken_of(
    doses: Sequence[Entry], plans: Sequence[LivePlan], plan: LivePlan | None, days: DateRange, today: date
) -> tuple[TakenDay, ...]:
    """The days on which something else was noted than this plan says."""
    extras = [each for each in (extras_of(plan) if plan else []) if each.day in days and each.day <= today]
    noted = [_noted(entry) for entry in doses if _is_of(entry, plans, plan)]
    return taken_otherwise(planned_days(plan) if plan else [], [*noted, *extras])


def _is_of(entry: Entry, plans: Sequence[LivePlan], plan: LivePlan | None) -> bool:
    """Whether a dose belongs to the plan; one noted for no plan belongs to the only plan there is."""
    named = entry.data.get("plan")
    return named == plan.id or (named is None and len(plans) == 1) if plan else named is None


def _noted(entry: Entry) -> Noted:
    """What was noted; a dose that was told not to be taken is 0 mg, whatever amount stands beside it."""
    mg = Decimal(entry.data["mg"]) if entry.data.get("taken") else Decimal(0)
    return Noted(entry.day, entry.data.get("moment"), mg, bool(entry.data.get("extra")))


def _point(entry: Entry) -> SymptomPoint | None:
    if entry.data.get("instrument") != SYMPTOM_LIST:
        return None
    total = kept_list(entry).total
    return None if total is None else SymptomPoint(entry.day, total)


def _week(history: History, days: DateRange) -> Compared | None:
    here = sleep_of(night for night in history.nights if night.day in days)
    earlier = DateRange(days.first_day - 7 * DAY, days.first_day - DAY)
    before = sleep_of(night for night in history.nights if night.day in earlier)
    return compare(before.tst_min, here.tst_min)

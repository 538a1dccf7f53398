"""Which questionnaire Today offers, if any: at most one, and none on a day on which one was filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from companion.domain.confirmation import OPEN
from companion.domain.entry import Kind
from companion.domain.instrument import EveryMonths, Instrument, WithThePlan
from companion.domain.person import Person
from companion.domain.symptoms_due import BASELINE, Course, Stretch, is_due, is_due_every
from companion.services import instruments
from companion.services.plan_view import PLANS, LivePlan, first_day
from companion.storage import entries
from companion.storage.unit_of_work import Store, Unit

DAY = timedelta(days=1)
LISTS_DAYS = 2 * BASELINE
"""How far back the lists matter that were filled in."""


def offered(store: Store, person: Person, plans: Sequence[LivePlan], day: date) -> Instrument | None:
    """The questionnaire that is due on this day of the person, by their plans and what they filled in."""
    if not plans:
        return None
    with store.read() as unit:
        return offered_to(unit, person, plans, day)


def offered_to(unit: Unit, person: Person, plans: Sequence[LivePlan], day: date) -> Instrument | None:
    """The same in a transaction that is open."""
    if not plans:
        return None
    found = entries.between(unit, person.id, Kind.SYMPTOMS, day - LISTS_DAYS, day, words=False)
    filled: dict[str, list[date]] = {}
    for entry in found:
        filled.setdefault(str(entry.data.get("instrument")), []).append(entry.day)
    if any(day in days for days in filled.values()):
        return None
    known = (instruments.load(name) for name in instruments.known())
    return next((each for each in known if _is_due(each, person, plans, filled, day)), None)


def _is_due(
    instrument: Instrument, person: Person, plans: Sequence[LivePlan], filled: Mapping[str, Sequence[date]], day: date
) -> bool:
    done = filled.get(instrument.id, ())
    match instrument.rhythm:
        case WithThePlan():
            return any(is_due(course_of(plan), done, day) for plan in plans if not plan.waits_on(day))
        case EveryMonths(months):
            start = max(min(plan.asked.start for plan in plans), person.day(person.made_at))
            return any(_goes_on(plan, months, day) for plan in plans) and is_due_every(months, start, done, day)
    return False


def _goes_on(plan: LivePlan, months: int, day: date) -> bool:
    """Whether there is something to look back on: the plan runs, or its last dose is not longer ago than that."""
    course = course_of(plan)
    if course.over_on(day) or plan.waits_on(day):
        return False
    return course.last_dose is None or day <= course.last_dose + timedelta(days=31 * months)


@lru_cache(maxsize=PLANS)
def course_of(plan: LivePlan) -> Course:
    """The doses of a plan as far as they stand confirmed; the first lower one also while it is a sketch."""
    first_lower = None
    stretches: list[Stretch] = []
    until = {span.n: span.last_day for span in plan.confirmed_spans}
    before = sum(plan.asked.daily.values(), Decimal(0))
    for row in plan.rows:
        changed = row.daily_mg != before
        if first_lower is None and row.daily_mg < before:
            first_lower = first_day(row)
        before = row.daily_mg
        if row.n not in until:
            continue
        last = None if until[row.n] == OPEN else until[row.n]
        grows = stretches and not changed and stretches[-1].last_day == first_day(row) - DAY
        if grows:
            stretches[-1] = Stretch(stretches[-1].first_day, last, stretches[-1].changed)
        else:
            stretches.append(Stretch(first_day(row), last, changed))
    return Course(plan.asked.start, first_lower, stretches, _last_dose(plan, stretches), plan.kept.ended_on)


def _last_dose(plan: LivePlan, stretches: Sequence[Stretch]) -> date | None:
    """The day before the first day without, when what stands confirmed goes on until it."""
    without = plan.layout.first_day_without
    if without is None or not stretches or stretches[-1].last_day != without - DAY:
        return None
    return without - DAY

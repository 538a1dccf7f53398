"""How it went with those who said yes to being counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from companion.domain.consent import Purpose
from companion.domain.month import months_before
from companion.domain.outcomes import MONTHS, SEEN, Course, Stand, stand, told
from companion.domain.person import Person
from companion.domain.plan import GoalKind
from companion.i18n.catalogues import LANGUAGES
from companion.services.plan_view import LivePlan, live
from companion.storage import many, outcomes, people
from companion.storage.unit_of_work import Store

CHUNK = 500
Progress = Callable[[int, int], None]


def read_outcomes(store: Store, now: datetime, progress: Progress | None = None) -> dict[str, object]:
    """The numbers of today, in the shape of docs/outcomes.md. `progress` hears how many people of how many are done."""
    with store.read() as unit:
        mark = unit.seal.mark
    return told(_courses(store, now, progress), LANGUAGES, mark)


def _courses(store: Store, now: datetime, progress: Progress | None) -> Iterator[Course]:
    with store.read() as unit:
        asked = outcomes.said_yes(unit)
    for first in range(0, len(asked), CHUNK):
        part = asked[first : first + CHUNK]
        with store.read() as unit:
            standing = people.standing_of(unit, part)
            ids = [each for each in part if {Purpose.PLAN, Purpose.OUTCOMES} <= standing.get(each, set())]
            persons = people.by_ids(unit, ids)
            plans = many.current_plans(unit, ids)
            seen = outcomes.days_noted(unit, ids)
        for person in persons:
            course = course_of(person, [live(kept) for kept in plans.get(person.id, [])], seen.get(person.id, {}), now)
            if course:
                yield course
        if progress:
            progress(min(first + CHUNK, len(asked)), len(asked))


def course_of(person: Person, plans: Sequence[LivePlan], noted: Mapping[date, bool], now: datetime) -> Course | None:
    """How it went with one person; None for someone who has not begun. `noted` says for each day on which they noted
    anything whether a dose was taken that day."""
    begun = [plan for plan in plans if plan.confirmed_numbers and plan.asked.start <= person.day(now)]
    if not begun:
        return None
    first = min(begun, key=lambda plan: plan.asked.start)
    name = (first.asked.medicine or "").casefold()
    same = [plan for plan in begun if (plan.asked.medicine or "").casefold() == name]
    came_with = sum(first.asked.daily.values(), Decimal(0))
    stands = {}
    for months in MONTHS:
        day = months_before(first.asked.start, -months)
        if day <= person.day(now):
            near = [taken for each, taken in noted.items() if abs(each - day) <= timedelta(days=SEEN)]
            stands[months] = stand(came_with, _dose(same, day, near)) if near else Stand.NOT_KNOWN
    return Course(person.id, person.language, stands)


def _dose(plans: Iterable[LivePlan], day: date, near: Sequence[bool]) -> Decimal | None:
    """The dose of a day in mg: of the plans in force, or 0 after a plan that was followed to its end; else None."""
    plans = list(plans)
    rows = [row for plan in plans if (row := plan.in_force(day))]
    if rows:
        return sum((row.daily_mg for row in rows), Decimal(0))
    ended = any(_behind(plan, day) for plan in plans)
    return Decimal(0) if ended and not any(near) else None


def _behind(plan: LivePlan, day: date) -> bool:
    """Whether the last day of a plan to stop is past, with every row confirmed."""
    without = plan.layout.first_day_without
    whole = plan.asked.goal.kind is GoalKind.STOP and plan.confirmed_numbers == {row.n for row in plan.layout.rows}
    return whole and without is not None and without <= min(day, plan.kept.ended_on or day)

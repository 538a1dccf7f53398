"""The events of someone's private calendar: the doses, steps and appointments they want to be reminded of.

Confirmed days only, and only of reminders that are on. An event is named after what its row of the plan gives, so that
a row whose days move, or that gets another number, takes its event along.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from companion.domain.amount import to_text
from companion.domain.confirmation import OPEN
from companion.domain.person import Person
from companion.domain.plan import Moment
from companion.domain.reminder import Habit, Kind
from companion.domain.reminder.agenda import Event, Piece, Run, first_wall_day, runs, without
from companion.services.appointments import appointments
from companion.services.confirmed_days import confirmed_days
from companion.services.plan_view import LivePlan, first_day, live_plans
from companion.services.read_reminders import STEP_DAYS
from companion.storage import reminders
from companion.storage.reminders import Reminder
from companion.storage.unit_of_work import Unit

MOST = 1000
BEHIND = timedelta(days=31)
"""Events that are over for longer are left out."""

DAY = timedelta(days=1)


def events_of(unit: Unit, person: Person, now: datetime) -> list[Event]:
    """At most MOST events, the doses first."""
    since = now.astimezone(person.zone).date() - BEHIND
    kept = [each for each in reminders.of_person(unit, person.id) if each.active]
    plans = [plan for plan in live_plans(unit, person) if not plan.kept.ended_on]
    found: list[Event] = []
    for reminder in kept:
        if reminder.kind is Kind.DOSE:
            found += _doses(person, plans, reminder, since)
        elif reminder.kind is Kind.STEP:
            found += _steps(plans, reminder, since)
    for reminder, asked in appointments(kept):
        start = datetime.combine(asked.day, asked.at)
        if asked.day >= since and isinstance(start, datetime):
            alarm = _wall_of(asked.habit) - start
            found.append(
                Event(
                    f"appointment {reminder.id}",
                    Kind.APPOINTMENT,
                    start,
                    (alarm,),
                    changed_at=reminder.changed_at,
                    words=asked.words,
                )
            )
    return found[:MOST]


def _wall_of(habit: Habit) -> datetime:
    day = getattr(habit.days, "day", date.min)
    return datetime.combine(day, habit.at)


def _doses(person: Person, plans: Sequence[LivePlan], reminder: Reminder, since: date) -> Iterator[Event]:
    by_id = {plan.id: plan for plan in plans}
    names = {plan.id: row_names(plan) for plan in plans}
    moment = Moment(reminder.key)
    late = DAY if reminder.habit.at < person.day_turn else timedelta(0)  # after midnight it is still the person's day
    parts: Counter[str] = Counter()
    for run in runs(piece for plan in plans for piece in _pieces(plan, moment)):
        piece = run.pieces[0]
        row = f"{piece.plan_id} {names[piece.plan_id][piece.n]} {moment.value}"
        parts[row] += 1
        last = run.last_day + late if run.last_day < OPEN else OPEN
        first = first_wall_day(reminder.habit, run.first_day + late, last)
        if first is None or last < since:
            continue
        plan = by_id[run.pieces[0].plan_id]
        yield Event(
            f"dose {row} {parts[row]}",
            Kind.DOSE,
            datetime.combine(first, reminder.habit.at),
            (timedelta(0),),
            version=plan.kept.version,
            changed_at=max(plan.kept.made_at, reminder.changed_at),
            days=reminder.habit.days,
            last_day=last,
            data={"moment": moment.value, "doses": _doses_of(by_id, run, moment)},
        )


def row_names(plan: LivePlan) -> Mapping[int, str]:
    """A name for each row by its number: its amounts, and how many rows up to it have the same.

    A stay or a step back puts rows in between and counts the later ones anew; their names stay.
    """
    times: Counter[str] = Counter()
    names = {}
    for row in plan.layout.rows:
        amounts = " ".join(f"{moment.value} {to_text(dose.mg)}" for moment, dose in sorted(row.moments.items()))
        times[amounts] += 1
        names[row.n] = f"{amounts} {times[amounts]}"
    return names


def _pieces(plan: LivePlan, moment: Moment) -> Iterator[Piece]:
    """The confirmed days of a plan with a dose at a moment, without those on which others give the medicine."""
    left = [
        Piece(each.first_day, each.last_day, plan.id, each.n) for each in confirmed_days(plan) if moment in each.moments
    ]
    for wait in plan.waits:
        left = [part for piece in left for part in without(piece, wait.first_day, wait.last_day or OPEN)]
    yield from left


def _doses_of(plans: dict[str, LivePlan], run: Run, moment: Moment) -> list[dict[str, str]]:
    found = []
    for piece in run.pieces:
        plan = plans[piece.plan_id]
        row = next(row for row in plan.rows if row.n == piece.n)
        mg = to_text(row.moments[moment].mg)
        found.append({"plan": plan.id, "moment": moment.value, "mg": mg, "medicine": plan.asked.medicine})
    return found


def _steps(plans: Sequence[LivePlan], reminder: Reminder, since: date) -> Iterator[Event]:
    at = datetime.combine(date.min, reminder.habit.at) - datetime.combine(date.min, time())
    for plan in plans:
        names = row_names(plan)
        for row in plan.rows:
            begins = first_day(row)
            if row.n == 1 or begins < since or not plan.stands_on(begins) or plan.waits_on(begins):
                continue
            yield Event(
                f"step {plan.id} {names[row.n]}",
                Kind.STEP,
                begins,
                tuple(at - before * DAY for before in STEP_DAYS),
                version=plan.kept.version,
                changed_at=max(plan.kept.made_at, reminder.changed_at),
                data={"mg": to_text(row.daily_mg), "medicine": plan.asked.medicine},
            )

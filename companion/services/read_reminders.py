"""What the page of reminders shows: everything that can remind, what is on, and when it comes next."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from companion.domain.entry import Kind as EntryKind
from companion.domain.person import Person
from companion.domain.plan import Moment
from companion.domain.plan.model import Programme
from companion.domain.reminder import Habit, Kind
from companion.domain.reminder.appointment import Appointment
from companion.domain.reminder.asked import proposed
from companion.domain.reminder.rule import Occurrence, occurrences, upcoming
from companion.domain.supply import Stretch, on
from companion.services.appointments import appointments, taken_away
from companion.services.confirmed_days import confirmed_days
from companion.services.plan_view import LivePlan, first_day, live_plans
from companion.services.set_reminders import id_of
from companion.services.today import noted_doses
from companion.storage import entries, reminders
from companion.storage.reminders import Choice, Reminder
from companion.storage.unit_of_work import Store, Unit

LOOKS_AHEAD = timedelta(days=400)
STEP_DAYS = (3, 1)
"""A step is announced so many days before it begins."""


class Next(StrEnum):
    """What is known of the next time: it comes then, it is looked at then, or there is nothing to come."""

    COMES = "comes"
    LOOKS = "looks"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Line:
    """One thing that can remind. `habit` is what was chosen, or what is proposed. `next_at`: wall time there."""

    kind: Kind
    key: str
    habit: Habit
    on: bool
    next: Next
    next_at: datetime | None

    @property
    def name(self) -> str:
        """For addresses and ids: "dose-bedtime", "diary"."""
        return name_of(self.kind, self.key)


@dataclass(frozen=True)
class Reminders:
    lines: Sequence[Line]
    appointments: Sequence[tuple[Reminder, Appointment]]
    away: Sequence[tuple[Reminder, Appointment]]
    """What was taken away and can be put back."""
    choice: Choice

    @property
    def any_on(self) -> bool:
        return any(line.on for line in self.lines) or any(kept.next_due for kept, _ in self.appointments)


def name_of(kind: Kind, key: str) -> str:
    return f"{kind.value}-{key}" if key else kind.value


def read_name(name: str) -> tuple[Kind, str] | None:
    """The kind and key again from what `name_of` wrote."""
    kind, _, key = name.partition("-")
    return (Kind(kind), key) if kind in set(Kind) else None


def read_reminders(store: Store, person: Person, now: datetime) -> Reminders:
    with store.read() as unit:
        kept = reminders.of_person(unit, person.id)
        plans = [plan for plan in live_plans(unit, person) if not plan.kept.ended_on]
        seen = _Seen(unit, person, now, plans)
        choice = reminders.choice(unit, person.id)
    by_id = {each.id: each for each in kept}
    today = now.astimezone(person.zone).date()
    return Reminders(
        lines=[_line(kind, key, by_id.get(id_of(kind, key)), seen) for kind, key in _offered(plans, kept, today)],
        appointments=[each for each in appointments(kept) if each[1].day >= today],
        away=[each for each in taken_away(kept) if each[1].day >= today],
        choice=choice,
    )


def read_line(store: Store, person: Person, kind: Kind, key: str, now: datetime) -> Line:
    """One of them, also when its moment is in no plan."""
    found = (line for line in read_reminders(store, person, now).lines if (line.kind, line.key) == (kind, key))
    return next(found, Line(kind, key, proposed(kind, key), False, Next.NOTHING, None))


def moments_on(store: Store, person: Person) -> set[str]:
    """The moments of a dose whose reminder is on."""
    with store.read() as unit:
        return reminders.keys_on(unit, person.id, Kind.DOSE)


def _offered(plans: Sequence[LivePlan], kept: Collection[Reminder], today: date) -> Iterator[tuple[Kind, str]]:
    """The doses of the plan and what was turned on before; then the others, in the order of the page."""
    planned = {moment for plan in plans for moment in _moments(plan, today)}
    chosen = {each.key for each in kept if each.kind is Kind.DOSE and each.active}
    for moment in Moment:
        if moment in planned or moment.value in chosen:
            yield Kind.DOSE, moment.value
    yield Kind.DIARY, ""
    yield Kind.SYMPTOMS, ""
    yield Kind.STEP, ""
    yield Kind.SUPPLY, ""
    on_already = any(each.kind is Kind.PRESCRIPTION and each.active for each in kept)
    if on_already or any(isinstance(plan.asked.pace, Programme) for plan in plans):
        yield Kind.PRESCRIPTION, ""


def _moments(plan: LivePlan, today: date) -> set[Moment]:
    """The moments that confirmed days from today on have a dose for."""
    return {moment for each in confirmed_days(plan) if each.last_day >= today for moment in each.moments}


class _Seen:
    """What says when a reminder really comes: confirmed days of running plans, and what is noted today."""

    def __init__(self, unit: Unit, person: Person, now: datetime, plans: Sequence[LivePlan]) -> None:
        self.person, self.now, self.plans = person, now, plans
        self.days: dict[str, Sequence[Stretch]] = {plan.id: confirmed_days(plan) for plan in plans}
        self.today = person.day(now)
        self.noted = noted_doses(entries.between(unit, person.id, EntryKind.DOSE, self.today, self.today))
        self.night = bool(entries.between(unit, person.id, EntryKind.NIGHT, self.today, self.today))

    def takes(self, key: str, day: date) -> bool:
        """Whether some plan has a dose at this moment of that day that is not noted yet."""
        for plan in self.plans:
            stretch = on(self.days[plan.id], day)
            dose = stretch and Moment(key) in stretch.moments and not plan.waits_on(day)
            if dose and not (day == self.today and (plan.id, key) in self.noted):
                return True
        return False

    def steps(self) -> set[date]:
        """The days on which a confirmed step is announced."""
        begins = {
            first_day(row)
            for plan in self.plans
            for row in plan.rows
            if row.n > 1 and plan.stands_on(first_day(row)) and not plan.waits_on(first_day(row))
        }
        return {day - timedelta(days=before) for day in begins for before in STEP_DAYS}


def _line(kind: Kind, key: str, kept: Reminder | None, seen: _Seen) -> Line:
    habit = kept.habit if kept else proposed(kind, key)
    if kept is None or not kept.active:
        return Line(kind, key, habit, False, Next.NOTHING, None)
    zone, now = seen.person.zone, seen.now
    found: Occurrence | None
    if kind in {Kind.SYMPTOMS, Kind.SUPPLY, Kind.PRESCRIPTION}:
        found = upcoming(habit, zone, now)
        return Line(kind, key, habit, True, Next.LOOKS, found.local if found else None)
    coming = occurrences(habit, zone, now, now + LOOKS_AHEAD)
    if kind is Kind.DOSE:
        found = next((each for each in coming if seen.takes(key, seen.person.day(each.due))), None)
    elif kind is Kind.STEP:
        steps = seen.steps()
        found = next((each for each in coming if seen.person.day(each.due) in steps), None)
    else:
        found = next((each for each in coming if not (seen.night and seen.person.day(each.due) == seen.today)), None)
    return Line(kind, key, habit, True, Next.COMES if found else Next.NOTHING, found.local if found else None)

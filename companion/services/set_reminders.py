"""Turn a reminder on or off, at its own time and on its own days. Nothing reminds before someone said so."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from companion.domain.codes import Refused
from companion.domain.person import Person
from companion.domain.reminder import Habit, Kind
from companion.domain.reminder.asked import not_in, proposed, read_habit
from companion.domain.reminder.rule import upcoming
from companion.storage import reminders
from companion.storage.reminders import Reminder
from companion.storage.unit_of_work import Store, Unit


def id_of(kind: Kind, key: str) -> str:
    """The id of a reminder of which there is one: the same each time, so that a double tap makes no second one."""
    return str(uuid5(NAMESPACE_URL, f"andante reminder {kind.value} {key}"))


def turn_on(store: Store, person: Person, kind: Kind, key: str, now: datetime) -> Refused | None:
    """On, as it was before or else as proposed. Refused where that time lies in the quiet hours."""
    with store.write(person.id) as unit:
        before = reminders.get(unit, person.id, id_of(kind, key))
        habit = before.habit if before else proposed(kind, key)
        if refused := not_in(reminders.choice(unit, person.id).quiet, habit.at):
            return refused
        keep_on(unit, person, _new(kind, key, habit, now), now)
    return None


def set_habit(
    store: Store, person: Person, kind: Kind, key: str, at: str, every: str, days: Collection[str], now: datetime
) -> Refused | None:
    """On, at this time on these days."""
    with store.write(person.id) as unit:
        habit = read_habit(at, every, days, reminders.choice(unit, person.id).quiet)
        if isinstance(habit, Refused):
            return habit
        keep_on(unit, person, _new(kind, key, habit, now), now)
    return None


def turn_off(store: Store, person: Person, kind: Kind, key: str, now: datetime) -> None:
    """Off; its time and days are there when it is turned on again."""
    with store.write(person.id) as unit:
        kept = reminders.get(unit, person.id, id_of(kind, key))
        if kept:
            keep_off(unit, person, kept, now)


def _new(kind: Kind, key: str, habit: Habit, now: datetime) -> Reminder:
    return Reminder(id_of(kind, key), kind, key, True, habit, now)


def keep_on(unit: Unit, person: Person, reminder: Reminder, now: datetime) -> None:
    """Keep it, with its next occurrence after now; for an example there is none."""
    found = None if person.is_example else upcoming(reminder.habit, person.zone, now)
    due, local = (found.due, found.local) if found else (None, None)
    reminders.keep(unit, person.id, replace(reminder, active=True, changed_at=now, next_due=due, next_local=local))


def keep_off(unit: Unit, person: Person, reminder: Reminder, now: datetime) -> None:
    off = replace(reminder, active=False, changed_at=now, next_due=None, next_local=None)
    reminders.keep(unit, person.id, off)

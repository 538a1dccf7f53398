"""Appointments that someone typed: keep, take away; what is long over goes by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import uuid4

from companion.domain.codes import Refused
from companion.domain.person import Person
from companion.domain.reminder import Kind
from companion.domain.reminder.appointment import Appointment, from_words, read_appointment
from companion.domain.reminder.asked import not_in
from companion.domain.reminder.rule import upcoming
from companion.services.set_reminders import keep_on
from companion.storage import reminders
from companion.storage.reminders import Reminder
from companion.storage.unit_of_work import Store, Unit

MOST = 50
KEPT_AFTER = timedelta(days=7)
"""Days that an appointment that is over stays."""


def appointments(kept: list[Reminder]) -> list[tuple[Reminder, Appointment]]:
    """Those among someone's reminders, the first one first."""
    found = [(each, from_words(each.words)) for each in kept if each.kind is Kind.APPOINTMENT]
    return sorted(found, key=lambda pair: (pair[1].day, pair[1].at))


def get_appointment(store: Store, person: Person, appointment_id: str) -> Appointment | None:
    with store.read() as unit:
        kept = reminders.get(unit, person.id, appointment_id)
    return from_words(kept.words) if kept and kept.kind is Kind.APPOINTMENT else None


def keep_appointment(
    store: Store, person: Person, appointment_id: str, typed: Mapping[str, str], now: datetime
) -> Refused | None:
    """Keep it under this id: the same form sent twice is one appointment."""
    asked = read_appointment(typed, now.astimezone(person.zone).date())
    if isinstance(asked, Refused):
        return asked
    if upcoming(asked.habit, person.zone, now) is None:
        return Refused.because("before", "appointment_over")
    with store.write(person.id) as unit:
        if refused := not_in(reminders.choice(unit, person.id).quiet, asked.habit.at, "before"):
            return refused
        before = reminders.get(unit, person.id, appointment_id)
        if before and before.kind is not Kind.APPOINTMENT:
            appointment_id = str(uuid4())
        others = [each for each in _tidy(unit, person, now) if each.id != appointment_id]
        if len(others) >= MOST:
            return Refused.because("", "appointment_many")
        kept = Reminder(appointment_id, Kind.APPOINTMENT, appointment_id, True, asked.habit, now, asked.words)
        keep_on(unit, person, kept, now)
    return None


def remove_appointment(store: Store, person: Person, appointment_id: str) -> bool:
    """Take it away. False when there is no such appointment of this person."""
    with store.write(person.id) as unit:
        kept = reminders.get(unit, person.id, appointment_id)
        if kept is None or kept.kind is not Kind.APPOINTMENT:
            return False
        reminders.remove(unit, person.id, appointment_id)
    return True


def _tidy(unit: Unit, person: Person, now: datetime) -> list[Reminder]:
    """The appointments that stay, once those that are long over went."""
    last = now.astimezone(person.zone).date() - KEPT_AFTER
    stay = []
    for reminder, appointment in appointments(reminders.of_person(unit, person.id)):
        if appointment.day < last:
            reminders.remove(unit, person.id, reminder.id)
        else:
            stay.append(reminder)
    return stay

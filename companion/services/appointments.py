"""Appointments that someone typed: keep, take away, put back; what is long over goes by itself.

One that was taken away is switched off and shown nowhere else. It stays until it is put back, until the next one is
taken away, or until the person says that it may go.
"""

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
from companion.services.set_reminders import keep_off, keep_on
from companion.storage import reminders
from companion.storage.reminders import Reminder
from companion.storage.unit_of_work import Store, Unit

MOST = 50
KEPT_AFTER = timedelta(days=7)
"""Days that an appointment that is over stays."""


def appointments(kept: list[Reminder]) -> list[tuple[Reminder, Appointment]]:
    """Those among someone's reminders, the first one first; not what was taken away."""
    return [pair for pair in _all(kept) if pair[0].active]


def taken_away(kept: list[Reminder]) -> list[tuple[Reminder, Appointment]]:
    """What can be put back."""
    return [pair for pair in _all(kept) if not pair[0].active]


def _all(kept: list[Reminder]) -> list[tuple[Reminder, Appointment]]:
    found = [(each, from_words(each.words)) for each in kept if each.kind is Kind.APPOINTMENT]
    return sorted(found, key=lambda pair: (pair[1].day, pair[1].at))


def get_appointment(store: Store, person: Person, appointment_id: str) -> Appointment | None:
    with store.read() as unit:
        kept = _of(unit, person, appointment_id)
    return from_words(kept.words) if kept and kept.active else None


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


def remove_appointment(store: Store, person: Person, appointment_id: str, now: datetime) -> bool:
    """Take it away; what was taken away before goes. False when there is no such appointment of this person."""
    with store.write(person.id) as unit:
        kept = _of(unit, person, appointment_id)
        if kept is None:
            return False
        if kept.active:
            for before, _ in taken_away(reminders.of_person(unit, person.id)):
                reminders.remove(unit, person.id, before.id)
            keep_off(unit, person, kept, now)
    return True


def put_appointment_back(store: Store, person: Person, appointment_id: str, now: datetime) -> bool:
    """As it was before it was taken away. False when it is there no more; one that is there stays as it is.

    Only one is away at a time, so there can be one more than `MOST` after this, and never two.
    """
    with store.write(person.id) as unit:
        kept = _of(unit, person, appointment_id)
        if kept is None:
            return False
        if not kept.active:
            keep_on(unit, person, kept, now)
    return True


def forget_appointment(store: Store, person: Person, appointment_id: str) -> None:
    """What was taken away is kept nowhere any more; nothing where it was put back since."""
    with store.write(person.id) as unit:
        kept = _of(unit, person, appointment_id)
        if kept and not kept.active:
            reminders.remove(unit, person.id, appointment_id)


def _of(unit: Unit, person: Person, appointment_id: str) -> Reminder | None:
    kept = reminders.get(unit, person.id, appointment_id)
    return kept if kept and kept.kind is Kind.APPOINTMENT else None


def _tidy(unit: Unit, person: Person, now: datetime) -> list[Reminder]:
    """The appointments that stay, once those that are long over went."""
    last = now.astimezone(person.zone).date() - KEPT_AFTER
    stay = []
    for reminder, appointment in _all(reminders.of_person(unit, person.id)):
        if appointment.day < last:
            reminders.remove(unit, person.id, reminder.id)
        elif reminder.active:
            stay.append(reminder)
    return stay

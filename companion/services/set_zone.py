"""The zone a person lives in: their wall times stay, so what is due next moves along."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from companion.domain.person import Person
from companion.services.set_reminders import keep_on
from companion.storage import people, reminders
from companion.storage.unit_of_work import Store


def set_zone(store: Store, person: Person, zone: ZoneInfo, now: datetime) -> None:
    with store.write(person.id) as unit:
        people.set_zone(unit, person.id, zone)
        moved = replace(person, zone=zone)
        for each in reminders.of_person(unit, person.id):
            if each.next_due:
                keep_on(unit, moved, replace(each), now)

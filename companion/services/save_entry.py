"""Keep an entry: safe to repeat, the newer of two is shown, the other is kept."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from companion.domain.entry import Entry, same_slot
from companion.domain.person import Person
from companion.storage import entries
from companion.storage.unit_of_work import Unit


class Saved(StrEnum):
    """The answers of contract §4."""

    STORED = "stored"
    ALREADY_STORED = "already_stored"
    SUPERSEDED = "superseded"


def save_entry(unit: Unit, person: Person, entry: Entry, now: datetime) -> Saved:
    """Store an entry of this person. The same id again changes nothing."""
    if entries.get(unit, person.id, entry.id):
        return Saved.ALREADY_STORED
    of_day = entries.between(unit, person.id, entry.kind, entry.day, entry.day)
    rivals = [other for other in of_day if same_slot(other, entry)]
    if any(other.recorded_at > entry.recorded_at for other in rivals):
        old = Entry(entry.id, entry.kind, entry.day, entry.recorded_at, entry.data, superseded=True)
        entries.add(unit, person.id, [old], now)
        return Saved.SUPERSEDED
    for other in rivals:
        entries.supersede(unit, person.id, other.id)
    entries.add(unit, person.id, [entry], now)
    return Saved.STORED

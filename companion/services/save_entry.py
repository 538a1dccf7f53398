"""Keep an entry: safe to repeat, the newer of two is shown, the other is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from companion.domain.entry import Entry, age, same_slot
from companion.domain.person import Person
from companion.storage import entries
from companion.storage.unit_of_work import Unit


class Saved(StrEnum):
    """The answers of contract §4."""

    STORED = "stored"
    ALREADY_STORED = "already_stored"
    SUPERSEDED = "superseded"


def save_entry(unit: Unit, person: Person, entry: Entry, now: datetime) -> Saved:
    """Store an entry of this person. The same id again changes nothing.

    What was written `now`, on a page, is newer than everything that arrived before, whatever a phone's clock said of
    that: then its `recorded_at` moves up to just after it.
    """
    if entries.get(unit, person.id, entry.id):
        return Saved.ALREADY_STORED
    entry = replace(entry, stored_at=now)
    of_day = entries.between(unit, person.id, entry.kind, entry.day, entry.day)
    rivals = [other for other in of_day if same_slot(other, entry)]
    newest = max((age(other)[0] for other in rivals), default=None)
    if newest and entry.recorded_at <= newest:
        if entry.recorded_at < min(newest, now):
            entries.add(unit, person.id, [replace(entry, superseded=True)], now)
            return Saved.SUPERSEDED
        entry = replace(entry, recorded_at=newest + timedelta(microseconds=1))
    entries.supersede(unit, person.id, *(other.id for other in rivals))
    entries.add(unit, person.id, [entry], now)
    return Saved.STORED

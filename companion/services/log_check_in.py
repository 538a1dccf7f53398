"""Keep how a day is, change it, add words, take it back; and read it for a stretch of days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from companion.domain.check_in import CheckIn, check_in_to_data, read_check_in
from companion.domain.codes import Refused
from companion.domain.entry import Entry, Kind
from companion.domain.person import Person
from companion.services.save_entry import save_entry
from companion.storage import entries
from companion.storage.unit_of_work import Store


@dataclass(frozen=True)
class KeptCheckIn:
    entry: Entry
    check_in: CheckIn


def kept_check_in(entry: Entry) -> KeptCheckIn:
    found = read_check_in(entry.data)
    if isinstance(found, Refused):
        raise ValueError(f"check-in {entry.id} cannot be read back: {found.reasons}")
    return KeptCheckIn(entry, found)


def log_check_in(
    store: Store, person: Person, data: Mapping[str, object], entry_id: str, now: datetime
) -> Refused | None:
    """Keep how the person's day is. Without `words`, those written earlier that day stay.

    The same twice is kept once: a second tap changes nothing. What stood before is kept as an earlier version.
    """
    found = read_check_in(data)
    if isinstance(found, Refused):
        return found
    day = person.day(now)
    with store.write(person.id) as unit:
        standing = [kept_check_in(entry) for entry in entries.between(unit, person.id, Kind.CHECK_IN, day, day)]
        if "words" not in data and standing:
            found = CheckIn(found.level, standing[-1].check_in.words)
        if standing and standing[-1].check_in == found:
            return None
        taken = entries.get(unit, person.id, entry_id) is not None
        new_id = str(uuid4()) if taken else entry_id
        save_entry(unit, person, Entry(new_id, Kind.CHECK_IN, day, now, check_in_to_data(found)), now)
    return None


def undo_check_in(store: Store, person: Person, entry_id: str) -> bool:
    """Take it back: kept as an earlier version, shown no more. False when it is not theirs."""
    with store.write(person.id) as unit:
        entry = entries.get(unit, person.id, entry_id)
        if entry is None or entry.kind is not Kind.CHECK_IN:
            return False
        entries.supersede(unit, person.id, entry_id)
    return True


def check_ins_between(store: Store, person: Person, first: date, last: date) -> list[KeptCheckIn]:
    """How each day was, oldest first; a day without one is not there."""
    with store.read() as unit:
        found = entries.between(unit, person.id, Kind.CHECK_IN, first, last)
    return [kept_check_in(entry) for entry in found]


def check_in_of(store: Store, person: Person, day: date) -> KeptCheckIn | None:
    return next(reversed(check_ins_between(store, person, day, day)), None)

"""Erase a person: every row of theirs and the key of their words, in one transaction."""

from __future__ import annotations

from datetime import UTC, datetime

from companion.domain.codes import Refused
from companion.domain.person import Person, name_key
from companion.services.back_up import keep_key_copies
from companion.services.prove import prove
from companion.storage import people
from companion.storage.unit_of_work import Store


def erase_person(store: Store, person: Person, now: datetime | None = None) -> None:
    with store.write(person.id) as unit:
        people.erase(unit, person.id, now or datetime.now(UTC))
    keep_key_copies(store)


def erase_with_passphrase(store: Store, person: Person, passphrase: str, sure: bool, now: datetime) -> Refused | None:
    """Erase, for someone who ticked that they want it and knows their passphrase."""
    if not sure:
        return Refused.because("sure", "person_erase")
    if refused := prove(store, person, passphrase, now):
        return refused
    erase_person(store, person, now)
    return None


def find_person(store: Store, name_or_id: str) -> Person | None:
    """A person by name or by id, for the command line."""
    with store.read() as unit:
        found = people.by_name(unit, name_key(name_or_id))
        return found[0] if found else people.by_id(unit, name_or_id)

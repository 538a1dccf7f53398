"""A browser gets no messages any more: its person says so, signs out there, or someone else signs in."""

from __future__ import annotations

from companion.domain.person import Person
from companion.storage import subscriptions
from companion.storage.unit_of_work import Store


def forget_device(store: Store, person: Person, phone: str) -> None:
    """The browser with this name, of this person. Harmless when there is none."""
    with store.write(person.id) as unit:
        subscriptions.remove(unit, person.id, phone)


def forget_address(store: Store, person: Person, endpoint: str) -> None:
    """The browser of this person at this address."""
    with store.write(person.id) as unit:
        found = subscriptions.at(unit, person.id, endpoint)
        if found:
            subscriptions.remove(unit, person.id, found.id)


def take_over(store: Store, person: Person, phone: str) -> None:
    """Someone is here now: messages of whoever used this browser before do not come here any more."""
    with store.write() as unit:
        subscriptions.remove_from_others(unit, person.id, phone)

"""Give and withdraw consent, purpose by purpose."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from companion.domain.consent import TEXT_VERSION, Consent, Purpose
from companion.domain.person import Person
from companion.services.back_up import keep_key_copies
from companion.services.stop_reminders import stop_without
from companion.services.withdraw import withdraw
from companion.storage import people
from companion.storage.unit_of_work import Store


def standing(store: Store, person: Person) -> dict[Purpose, Consent]:
    """The consents that stand now."""
    with store.read() as unit:
        return {consent.purpose: consent for consent in people.consents(unit, person.id) if consent.stands}


def choose(store: Store, person: Person, purposes: Collection[Purpose], language: str, now: datetime) -> None:
    """From now on exactly these purposes stand: new ones are given, the others withdrawn at once.

    Withdrawing what something is kept for stops every link, and the reminders it served: what was kept is shown to
    nobody else any more. The copies of keys remember it, so that no older backup takes it back.
    """
    with store.write(person.id) as unit:
        given = {consent.purpose for consent in people.consents(unit, person.id) if consent.stands}
        for purpose in Purpose:
            if purpose in purposes and purpose not in given:
                people.withdraw_consent(unit, person.id, purpose, now)  # an older text version ends here
                people.add_consent(unit, person.id, Consent(purpose, TEXT_VERSION, language, now))
            elif purpose not in purposes and purpose in given:
                withdraw(unit, person.id, purpose, now)
        stop_without(unit, person.id, purposes, now)
    if given.difference(purposes):
        keep_key_copies(store)

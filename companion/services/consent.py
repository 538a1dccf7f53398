"""Give and withdraw consent, purpose by purpose."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from companion.domain.consent import KEEPING, TEXT_VERSION, Consent, Purpose
from companion.domain.person import Person
from companion.services.stop_reminders import stop_without
from companion.storage import people, shares
from companion.storage.unit_of_work import Store


def standing(store: Store, person: Person) -> dict[Purpose, Consent]:
    """The consents that stand now."""
    with store.read() as unit:
        return {consent.purpose: consent for consent in people.consents(unit, person.id) if consent.stands}


def choose(store: Store, person: Person, purposes: Collection[Purpose], language: str, now: datetime) -> None:
    """From now on exactly these purposes stand: new ones are given, the others withdrawn at once.

    Withdrawing what something is kept for stops every link, and the reminders it served: what was kept is shown to
    nobody else any more.
    """
    with store.write(person.id) as unit:
        given = {consent.purpose for consent in people.consents(unit, person.id) if consent.stands}
        for purpose in Purpose:
            if purpose in purposes and purpose not in given:
                people.withdraw_consent(unit, person.id, purpose, now)  # an older text version ends here
                people.add_consent(unit, person.id, Consent(purpose, TEXT_VERSION, language, now))
            elif purpose not in purposes and purpose in given:
                people.withdraw_consent(unit, person.id, purpose, now)
                if purpose in KEEPING:
                    shares.stop_all(unit, person.id, now)
        stop_without(unit, person.id, purposes, now)

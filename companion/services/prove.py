"""Asking someone who is signed in for their passphrase again, before what only they may do. Guessing is slowed."""

from __future__ import annotations

from datetime import datetime

from companion.domain.codes import Refused
from companion.domain.person import Person
from companion.services.passphrases import verify_passphrase
from companion.services.slow_down import failed, of_owner, too_soon
from companion.storage import attempts, people
from companion.storage.unit_of_work import Store


def prove(store: Store, person: Person, passphrase: str, now: datetime, field: str = "passphrase") -> Refused | None:
    """None when it is theirs."""
    with store.write() as unit:
        counts = of_owner(unit, person)
        if wait := too_soon(unit, counts, now):
            return wait
        counted = failed(unit, counts, now)
        stored = people.passphrase_hash(unit, person.id)
    if not verify_passphrase(stored, passphrase):
        return Refused.because(field, "person_passphrase_old")
    with store.write() as unit:
        attempts.clear(unit, counts[0].key, counted)
    return None

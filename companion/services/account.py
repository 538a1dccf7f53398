"""What the account page reads: devices that are signed in, recovery codes that are left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from companion.domain.person import Person
from companion.storage import people
from companion.storage.people import OpenSession
from companion.storage.unit_of_work import Store


@dataclass(frozen=True)
class Account:
    sessions: Sequence[OpenSession]
    codes_left: int


def read_account(store: Store, person: Person, now: datetime) -> Account:
    with store.read() as unit:
        return Account(people.sessions(unit, person.id, now), people.codes_left(unit, person.id))

"""What the account page reads: devices that are signed in, recovery codes that are left, what reminds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from companion.domain.person import Person
from companion.storage import feeds, mail_addresses, people, reminders, sessions, subscriptions
from companion.storage.sessions import OpenSession
from companion.storage.unit_of_work import Store


@dataclass(frozen=True)
class Account:
    sessions: Sequence[OpenSession]
    codes_left: int
    reminders: int
    """How many are on."""
    devices: int
    feed_made_at: datetime | None
    mail: str
    """The verified address, "" where there is none."""


def read_account(store: Store, person: Person, now: datetime) -> Account:
    with store.read() as unit:
        feed = feeds.of_person(unit, person.id)
        mail = mail_addresses.of_person(unit, person.id)
        return Account(
            sessions=sessions.of_person(unit, person.id, now),
            codes_left=people.codes_left(unit, person.id),
            reminders=sum(bool(each.next_due) for each in reminders.of_person(unit, person.id)),
            devices=sum(each.gone_at is None for each in subscriptions.of_person(unit, person.id)),
            feed_made_at=feed.made_at if feed else None,
            mail=mail.address if mail and mail.verified_at else "",
        )

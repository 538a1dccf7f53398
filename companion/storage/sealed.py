"""Which columns hold sealed words, for whoever has to walk them all."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from cryptography.exceptions import InvalidTag
from sqlalchemy import Table
from sqlalchemy import select as choose
from sqlalchemy import update as change
from sqlmodel import Session

from companion.storage.passkey_tables import PasskeyRow
from companion.storage.reminder_tables import DeliveryRow, FeedRow, MailAddressRow, ReminderRow, SubscriptionRow
from companion.storage.share_tables import KindWordRow, ShareRow
from companion.storage.tables import Base, EntryRow, SessionRow
from companion.storage.unit_of_work import Unit

SEALED: Final[Mapping[type[Base], tuple[str, ...]]] = {
    EntryRow: ("words",),
    ReminderRow: ("words",),
    DeliveryRow: ("words",),
    SubscriptionRow: ("endpoint", "p256dh", "auth"),
    MailAddressRow: ("address",),
    FeedRow: ("token",),
    ShareRow: ("whom",),
    KindWordRow: ("words",),
    SessionRow: ("once",),
    PasskeyRow: ("credential", "public_key", "name"),
}
"""By table. A new column with words belongs here (tests/storage/test_raw_bytes.py finds it)."""


def tables() -> list[tuple[Table, tuple[str, ...]]]:
    return [(Base.metadata.tables[str(row.__tablename__)], columns) for row, columns in SEALED.items()]


def owners_of_old(session: Session, after: str, most: int) -> list[str]:
    """People who have words that were sealed before there were keys of people: the first so many by their id."""
    found: set[str] = set()
    for table, columns in tables():
        for name in columns:
            person = table.c.person_id
            query = choose(person).where(table.c[name].startswith("1."), person > after).distinct()
            found.update(session.execute(query.order_by(person).limit(most)).scalars())
    return sorted(found)[:most]


def seal_again(unit: Unit, person_id: str) -> int:
    """Everything of a person that was sealed before there were keys of people: under their own key from now on.
    What cannot be opened stays as it is."""
    done = 0
    for table, columns in tables():
        key = list(table.primary_key.columns)
        for name in columns:
            query = choose(*key, table.c[name]).where(table.c.person_id == person_id, table.c[name].startswith("1."))
            for *values, old in unit.session.execute(query).all():
                with suppress(InvalidTag):
                    fresh = unit.seal.close(unit.seal.open(old, person_id), person_id)
                    row = [column == value for column, value in zip(key, values, strict=True)]
                    unit.session.execute(change(table).where(*row, table.c[name] == old).values({name: fresh}))
                    done += 1
    return done

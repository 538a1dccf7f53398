"""Keys of people and of the house, wrapped; who was erased; what copies need of both."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import Connection, Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, func, select, update

from companion.storage.key_tables import ErasedRow, HouseKeyRow, PersonKeyRow
from companion.storage.tables import Base, EntryRow, PersonRow
from companion.storage.wrapping import Ring, Wrapped, WrongKey, open_legacy

HOUSE: Final = "marks"
NO_ONE_ELSES: Final = "the key of marks"
"""What the key of the house is bound to."""


def insert_if_new(session: Session | Connection, row: type[Base], values: dict[str, Any]) -> None:
    """A row, unless there is one: of two writers in the same instant the first wins."""
    name = session.get_bind().dialect.name if isinstance(session, Session) else session.dialect.name
    insert = postgresql.insert if name == "postgresql" else sqlite.insert
    statement: Insert = insert(cast(Any, row)).values(**values).on_conflict_do_nothing()
    session.execute(statement)


# Of people


def of_people(session: Session, person_ids: Collection[str]) -> dict[str, Wrapped]:
    """The wrapped keys of these people, in one question."""
    query = select(PersonKeyRow.person_id, PersonKeyRow.wrapped, PersonKeyRow.wrapped_with)
    found = session.exec(query.where(col(PersonKeyRow.person_id).in_(person_ids))).all()
    return {person_id: Wrapped(text, by) for person_id, text, by in found}


def make(session: Session, ring: Ring, person_id: str, now: datetime) -> None:
    """A key for someone who has none: random, and in the same transaction as what it seals."""
    wrapped = ring.wrap(os.urandom(32), person_id)
    values = {"person_id": person_id, "wrapped": wrapped.text, "wrapped_with": wrapped.by, "made_at": now}
    insert_if_new(session, PersonKeyRow, values)


@dataclass(frozen=True)
class Rewrapped:
    """How many keys a round took up, and of these those that no DATA_KEY of ours opens. `last`: where to go on."""

    taken: int
    unreadable: int
    last: str


def wrap_again(session: Session, ring: Ring, after: str, most: int) -> Rewrapped:
    """Keys that another DATA_KEY wrapped, by the current one from now on: so many, by the id of their person."""
    query = (
        select(PersonKeyRow.person_id, PersonKeyRow.wrapped, PersonKeyRow.wrapped_with)
        .where(PersonKeyRow.wrapped_with != ring.current.name, col(PersonKeyRow.person_id) > after)
        .order_by(col(PersonKeyRow.person_id))
        .limit(most)
    )
    found = session.exec(query).all()
    unreadable = 0
    for person_id, text, by in found:
        try:
            again = ring.wrap(ring.unwrap(Wrapped(text, by), person_id), person_id)
        except WrongKey:
            unreadable += 1
            continue
        here = (col(PersonKeyRow.person_id) == person_id, col(PersonKeyRow.wrapped) == text)
        session.exec(update(PersonKeyRow).where(*here).values(wrapped=again.text, wrapped_with=again.by))
    return Rewrapped(len(found), unreadable, found[-1][0] if found else after)


# Of the house


def house_key(session: Session, ring: Ring) -> bytes | None:
    """The key of marks; None when there is none yet. Raises WrongKey when our DATA_KEY is not that of this database."""
    row = session.exec(select(HouseKeyRow.wrapped, HouseKeyRow.wrapped_with).where(HouseKeyRow.name == HOUSE)).first()
    return ring.unwrap(Wrapped(*row), NO_ONE_ELSES) if row else None


def make_house_key(session: Session, ring: Ring, now: datetime) -> None:
    """Random; where people were before they had keys, the one that made their marks and sealed their words."""
    before = session.exec(select(PersonRow.id).limit(1)).first() is not None
    wrapped = ring.wrap(_legacy_key(session, ring) if before else os.urandom(32), NO_ONE_ELSES)
    values = {"wrapped": wrapped.text, "wrapped_with": wrapped.by, "legacy": before, "made_at": now}
    insert_if_new(session, HouseKeyRow, {"name": HOUSE} | values)


def _legacy_key(session: Session, ring: Ring) -> bytes:
    """That of the oldest DATA_KEY, unless some words show that it was another. Raises WrongKey when none opens them."""
    sample = session.exec(
        select(EntryRow.words, EntryRow.person_id).where(col(EntryRow.words).startswith("1.")).limit(1)
    ).first()
    if sample is None:
        return ring.keys[-1].legacy
    for each in ring.keys:
        if open_legacy(each.legacy, *sample) is not None:
            return each.legacy
    raise WrongKey


def wrap_house_key_again(session: Session, ring: Ring) -> None:
    key = house_key(session, ring)
    if key is not None:
        wrapped = ring.wrap(key, NO_ONE_ELSES)
        values = {"wrapped": wrapped.text, "wrapped_with": wrapped.by}
        session.exec(update(HouseKeyRow).where(col(HouseKeyRow.wrapped_with) != ring.current.name).values(**values))


def legacy(session: Session) -> bool:
    """Whether words of before there were keys of people may still be there."""
    return bool(session.exec(select(HouseKeyRow.legacy).where(HouseKeyRow.name == HOUSE)).first())


def legacy_is_over(session: Session) -> None:
    session.exec(update(HouseKeyRow).where(col(HouseKeyRow.name) == HOUSE).values(legacy=False))


# Erased


def digest_of(person_id: str) -> str:
    """Ids are random (122 bits): nobody guesses one from this."""
    return hashlib.sha256(f"erased {person_id}".encode()).hexdigest()


def note_erased(session: Session, person_id: str, now: datetime) -> None:
    """Their rows, their key among them, go with the person; this stays."""
    digest = digest_of(person_id)
    insert_if_new(session, ErasedRow, {"digest": digest, "at": now})
    session.exec(update(ErasedRow).where(col(ErasedRow.digest) == digest, col(ErasedRow.at) < now).values(at=now))


def last_erased(session: Session) -> datetime | None:
    return session.exec(select(func.max(ErasedRow.at))).one()

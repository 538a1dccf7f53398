"""Where people are signed in: one row for each browser, by the digest of its token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import bindparam
from sqlmodel import col, delete, select, update

from companion.domain.person import Person
from companion.storage.key_tables import PersonKeyRow
from companion.storage.people import PERSON, read_person
from companion.storage.tables import PersonRow, SessionRow
from companion.storage.unit_of_work import Unit
from companion.storage.wrapping import Wrapped


@dataclass(frozen=True)
class OpenSession:
    """`phone`: the name of that browser among those that get messages; "" for none."""

    digest: str
    made_at: datetime
    seen_at: datetime
    ends_at: datetime
    device: str
    phone: str = ""


_WHO: Final = (
    cast(Any, select)(*PERSON, SessionRow.seen_at, PersonKeyRow.wrapped, PersonKeyRow.wrapped_with)
    .join(SessionRow, col(SessionRow.person_id) == col(PersonRow.id))
    .outerjoin(PersonKeyRow, col(PersonKeyRow.person_id) == col(PersonRow.id))
    .where(col(SessionRow.digest) == bindparam("digest"), col(SessionRow.ends_at) > bindparam("now"))
)
"""Every request asks this. With the key of their words, which most pages need next."""


def start(unit: Unit, person_id: str, digest: str, now: datetime, ends_at: datetime, device: str, phone: str) -> None:
    unit.session.add(
        SessionRow(
            person_id=person_id,
            digest=digest,
            made_at=now,
            seen_at=now,
            ends_at=ends_at,
            device=device,
            phone=phone or None,
        )
    )


def who(unit: Unit, digest: str, now: datetime) -> tuple[Person, datetime] | None:
    """The person of a session that is not over, and when it was last seen."""
    for row in unit.rows(_WHO, digest=digest, now=now):
        if row.wrapped is not None:
            unit.seal.know(row.id, Wrapped(row.wrapped, row.wrapped_with))
        return read_person(row), row.seen_at
    return None


def see(unit: Unit, digest: str, now: datetime, ends_at: datetime) -> None:
    """The session was used: it ends later."""
    unit.session.exec(update(SessionRow).where(col(SessionRow.digest) == digest).values(seen_at=now, ends_at=ends_at))


def of_person(unit: Unit, person_id: str, now: datetime) -> list[OpenSession]:
    """Those that are not over, the one seen last first."""
    query = select(SessionRow).where(SessionRow.person_id == person_id, SessionRow.ends_at > now)
    rows = unit.session.exec(query.order_by(col(SessionRow.seen_at).desc(), col(SessionRow.digest))).all()
    return [OpenSession(row.digest, row.made_at, row.seen_at, row.ends_at, row.device, row.phone or "") for row in rows]


def gets_messages(unit: Unit, person_id: str, digest: str, phone: str) -> None:
    """The browser of this session has this name among those that get messages."""
    here = (col(SessionRow.person_id) == person_id, col(SessionRow.digest) == digest)
    unit.session.exec(update(SessionRow).where(*here).values(phone=phone))


def phones(unit: Unit, person_id: str, digest: str) -> list[str]:
    """The name of the browser of this session among those that get messages; none where it gets none."""
    query = select(SessionRow.phone).where(SessionRow.person_id == person_id, SessionRow.digest == digest)
    return [phone for phone in unit.session.exec(query).all() if phone]


def end(unit: Unit, person_id: str, digest: str) -> None:
    unit.session.exec(
        delete(SessionRow).where(col(SessionRow.person_id) == person_id, col(SessionRow.digest) == digest)
    )


def end_all(unit: Unit, person_id: str, but: str = "") -> None:
    """Every session of a person, but the one with this digest."""
    unit.session.exec(delete(SessionRow).where(col(SessionRow.person_id) == person_id, col(SessionRow.digest) != but))


def end_over(unit: Unit, now: datetime) -> None:
    """What is over goes."""
    unit.session.exec(delete(SessionRow).where(col(SessionRow.ends_at) <= now))


def put_once(unit: Unit, person_id: str, digest: str, text: str) -> None:
    """Text for this session's eyes only, until it is taken away (recovery codes just made)."""
    sealed = unit.seal.close(text, person_id)
    unit.session.exec(update(SessionRow).where(col(SessionRow.digest) == digest).values(once=sealed))


def get_once(unit: Unit, person_id: str, digest: str) -> str:
    row = unit.session.get(SessionRow, (person_id, digest))
    return unit.seal.open(row.once, person_id) if row else ""

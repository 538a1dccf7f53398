"""The private calendar address of a person: found by the digest of its token, shown again from the sealed token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, delete, select, update

from companion.storage.reminder_tables import FeedRow
from companion.storage.unit_of_work import Unit


@dataclass(frozen=True)
class Feed:
    """`read_at`: when a calendar last asked for it; None when none did."""

    token: str
    made_at: datetime
    read_at: datetime | None


def of_person(unit: Unit, person_id: str) -> Feed | None:
    row = unit.session.get(FeedRow, person_id)
    if row is None or not row.token:  # an address that came back with an export leads nowhere
        return None
    return Feed(unit.seal.open(row.token, person_id), row.made_at, row.read_at)


def owner(unit: Unit, digest: str) -> tuple[str, datetime | None] | None:
    """The person whose address this is, and when it was last read."""
    row = unit.session.exec(select(FeedRow).where(FeedRow.digest == digest)).first()
    return (row.person_id, row.read_at) if row else None


def put(unit: Unit, person_id: str, token: str, digest: str, now: datetime) -> None:
    """This address from now on; an earlier one opens nothing any more."""
    remove(unit, person_id)
    unit.session.add(FeedRow(person_id=person_id, digest=digest, token=unit.seal.close(token, person_id), made_at=now))
    unit.session.flush()


def remove(unit: Unit, person_id: str) -> None:
    unit.session.exec(delete(FeedRow).where(col(FeedRow.person_id) == person_id))


def note_read(unit: Unit, person_id: str, digest: str, now: datetime) -> None:
    """A calendar asked for this address, if it still is theirs."""
    here = (col(FeedRow.person_id) == person_id, col(FeedRow.digest) == digest)
    unit.session.exec(update(FeedRow).where(*here).values(read_at=now))

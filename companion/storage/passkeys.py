"""Passkeys of people, and challenges that were answered. What a passkey is called, its id and its key are sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, delete, select, update

from companion.storage.passkey_tables import PasskeyRow, SpentChallengeRow
from companion.storage.unit_of_work import Unit


@dataclass(frozen=True)
class Passkey:
    """`credential` and `public_key` are base64url. `signs`: its counter when it was last used."""

    person_id: str
    id: str
    credential: str
    public_key: str
    site: str
    signs: int
    name: str
    made_at: datetime
    used_at: datetime | None = None


def _mark(unit: Unit, credential: str) -> str:
    return unit.seal.mark("passkey " + credential)


def _passkey(unit: Unit, row: PasskeyRow) -> Passkey:
    def opened(sealed: str) -> str:
        return unit.seal.open(sealed, row.person_id)

    return Passkey(
        person_id=row.person_id,
        id=row.id,
        credential=opened(row.credential),
        public_key=opened(row.public_key),
        site=row.site,
        signs=row.signs,
        name=opened(row.name),
        made_at=row.made_at,
        used_at=row.used_at,
    )


def add(unit: Unit, kept: Passkey) -> None:
    unit.session.add(
        PasskeyRow(
            person_id=kept.person_id,
            id=kept.id,
            mark=_mark(unit, kept.credential),
            credential=unit.seal.close(kept.credential, kept.person_id),
            public_key=unit.seal.close(kept.public_key, kept.person_id),
            site=kept.site,
            signs=kept.signs,
            name=unit.seal.close(kept.name, kept.person_id),
            made_at=kept.made_at,
            used_at=kept.used_at,
        )
    )


def of_person(unit: Unit, person_id: str) -> list[Passkey]:
    """Those that open something, oldest first: one that came back with an export has no key."""
    query = select(PasskeyRow).where(PasskeyRow.person_id == person_id, PasskeyRow.credential != "")
    rows = unit.session.exec(query.order_by(col(PasskeyRow.made_at), col(PasskeyRow.id))).all()
    return [_passkey(unit, row) for row in rows]


def by_credential(unit: Unit, credential: str) -> Passkey | None:
    """Whoever's it is."""
    row = unit.session.exec(select(PasskeyRow).where(PasskeyRow.mark == _mark(unit, credential))).first()
    return _passkey(unit, row) if row else None


def used(unit: Unit, passkey: Passkey, signs: int, now: datetime) -> None:
    here = (col(PasskeyRow.person_id) == passkey.person_id, col(PasskeyRow.id) == passkey.id)
    unit.session.exec(update(PasskeyRow).where(*here).values(signs=signs, used_at=now))


def remove(unit: Unit, person_id: str, passkey_id: str) -> bool:
    """False when there is none with this id."""
    row = unit.session.get(PasskeyRow, (person_id, passkey_id))
    if row:
        unit.session.delete(row)
    return row is not None


def spend(unit: Unit, person_id: str, digest: str, now: datetime) -> bool:
    """False when this challenge was answered before."""
    if unit.session.get(SpentChallengeRow, (person_id, digest)):
        return False
    unit.session.add(SpentChallengeRow(person_id=person_id, digest=digest, at=now))
    return True


def forget_spent(unit: Unit, before: datetime) -> None:
    unit.session.exec(delete(SpentChallengeRow).where(col(SpentChallengeRow.at) < before))

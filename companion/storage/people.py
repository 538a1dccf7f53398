"""People, their recovery codes and consents."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time
from typing import Any, Final, NamedTuple, cast
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlmodel import col, delete, func, select, update

from companion.domain.consent import TEXT_VERSION, Consent, Purpose
from companion.domain.person import Person
from companion.storage import keys
from companion.storage.among import among
from companion.storage.tables import ConsentRow, PersonRow, RecoveryCodeRow
from companion.storage.unit_of_work import Unit


def add(unit: Unit, person: Person, name_key: str, passphrase_hash: str, *, demo: bool = False) -> None:
    unit.session.add(
        PersonRow(
            id=person.id,
            name=person.name,
            name_key=name_key,
            passphrase_hash=passphrase_hash,
            language=person.language,
            zone=person.zone.key,
            day_turn=person.day_turn.strftime("%H:%M"),
            adult_at=person.made_at,
            made_at=person.made_at,
            demo=demo,
            example_until=person.example_until,
        )
    )
    unit.session.flush()
    unit.seal.make_key(person.id)


class PersonColumns(NamedTuple):
    """The columns of PERSON: many rows at once need no objects that the session looks after."""

    id: str
    name: str
    language: str
    zone: str
    day_turn: str
    made_at: datetime
    example_until: datetime | None


PERSON = (
    PersonRow.id,
    PersonRow.name,
    PersonRow.language,
    PersonRow.zone,
    PersonRow.day_turn,
    PersonRow.made_at,
    PersonRow.example_until,
)


def read_person(row: PersonRow | PersonColumns) -> Person:
    """The person of a row. Raises ValueError or KeyError for one that cannot be read."""
    zone, turn = ZoneInfo(row.zone), time.fromisoformat(row.day_turn)
    return Person(row.id, row.name, row.language, zone, turn, row.made_at, row.example_until)


def by_id(unit: Unit, person_id: str) -> Person | None:
    row = unit.session.get(PersonRow, person_id)
    return read_person(row) if row else None


def by_ids(unit: Unit, person_ids: Collection[str]) -> list[Person]:
    """These people, in the order of their ids."""
    query = select(PersonRow).where(col(PersonRow.id).in_(person_ids)).order_by(col(PersonRow.id))
    return [read_person(row) for row in unit.session.exec(query).all()]


def is_there(unit: Unit, person_id: str) -> bool:
    """False when the person was erased meanwhile."""
    return unit.session.exec(select(PersonRow.id).where(PersonRow.id == person_id)).first() is not None


def by_name(unit: Unit, name_key: str) -> tuple[Person, str] | None:
    """The person with this name key and their passphrase hash."""
    row = unit.session.exec(select(PersonRow).where(PersonRow.name_key == name_key)).first()
    return (read_person(row), row.passphrase_hash) if row else None


def passphrase_hash(unit: Unit, person_id: str) -> str:
    return unit.session.exec(select(PersonRow.passphrase_hash).where(PersonRow.id == person_id)).one()


def set_passphrase_hash(unit: Unit, person_id: str, new_hash: str) -> None:
    unit.session.exec(update(PersonRow).where(col(PersonRow.id) == person_id).values(passphrase_hash=new_hash))


def set_language(unit: Unit, person_id: str, language: str) -> None:
    unit.session.exec(update(PersonRow).where(col(PersonRow.id) == person_id).values(language=language))


def set_zone(unit: Unit, person_id: str, zone: ZoneInfo) -> None:
    unit.session.exec(update(PersonRow).where(col(PersonRow.id) == person_id).values(zone=zone.key))


def set_day_turn(unit: Unit, person_id: str, turn: time) -> None:
    values = {"day_turn": turn.strftime("%H:%M")}
    unit.session.exec(update(PersonRow).where(col(PersonRow.id) == person_id).values(**values))


def erase(unit: Unit, person_id: str, now: datetime) -> None:
    """The person and, through the foreign keys, every row of theirs and their key. That they were erased is noted, so
    that no older copy gives anything back."""
    keys.note_erased(unit.session, person_id, now)
    unit.session.exec(delete(PersonRow).where(col(PersonRow.id) == person_id))


def is_demo(unit: Unit, person_id: str) -> bool:
    return unit.session.exec(select(PersonRow.demo).where(PersonRow.id == person_id)).one()


def count(unit: Unit, *, demo: bool) -> int:
    """Examples are nobody: they are counted in neither."""
    query = select(func.count()).select_from(PersonRow).where(PersonRow.demo == demo)
    return unit.session.exec(query.where(col(PersonRow.example_until).is_(None))).one()


# Recovery codes


def replace_codes(unit: Unit, person_id: str, digests: list[str], now: datetime) -> None:
    unit.session.exec(delete(RecoveryCodeRow).where(col(RecoveryCodeRow.person_id) == person_id))
    unit.session.add_all(RecoveryCodeRow(person_id=person_id, digest=digest, made_at=now) for digest in digests)


def use_code(unit: Unit, person_id: str, digest: str, now: datetime) -> bool:
    """Mark a code used. False when there is no such code or it was used before."""
    row = unit.session.get(RecoveryCodeRow, (person_id, digest))
    if row is None or row.used_at is not None:
        return False
    row.used_at = now
    unit.session.add(row)
    return True


def codes_left(unit: Unit, person_id: str) -> int:
    query = select(func.count()).select_from(RecoveryCodeRow)
    return unit.session.exec(
        query.where(RecoveryCodeRow.person_id == person_id, col(RecoveryCodeRow.used_at).is_(None))
    ).one()


# Consent


def consents(unit: Unit, person_id: str) -> list[Consent]:
    """Every consent ever given, oldest first."""
    query = (
        select(ConsentRow)
        .where(ConsentRow.person_id == person_id)
        .order_by(col(ConsentRow.given_at), col(ConsentRow.id))
    )
    return [
        Consent(Purpose(row.purpose), row.text_version, row.language, row.given_at, row.withdrawn_at, row.id)
        for row in unit.session.exec(query).all()
    ]


_PURPOSES: Final = {each.value: each for each in Purpose}


def standing_of(unit: Unit, person_ids: Collection[str]) -> dict[str, set[Purpose]]:
    """The purposes with a consent that stands, for many people in one question."""
    query = cast(Any, select)(ConsentRow.person_id, ConsentRow.purpose).where(
        among(unit, col(ConsentRow.person_id), person_ids),
        col(ConsentRow.withdrawn_at).is_(None),
        ConsentRow.text_version == TEXT_VERSION,
    )
    found: dict[str, set[Purpose]] = {}
    for person_id, purpose in unit.rows(query):
        if purpose in _PURPOSES:
            found.setdefault(person_id, set()).add(_PURPOSES[purpose])
    return found


def add_consent(unit: Unit, person_id: str, consent: Consent) -> None:
    unit.session.add(
        ConsentRow(
            person_id=person_id,
            id=consent.id or str(uuid4()),
            purpose=consent.purpose,
            text_version=consent.text_version,
            language=consent.language,
            given_at=consent.given_at,
            withdrawn_at=consent.withdrawn_at,
        )
    )


def withdraw_consent(unit: Unit, person_id: str, purpose: Purpose, now: datetime) -> None:
    unit.session.exec(
        update(ConsentRow)
        .where(
            col(ConsentRow.person_id) == person_id,
            col(ConsentRow.purpose) == purpose,
            col(ConsentRow.withdrawn_at).is_(None),
        )
        .values(withdrawn_at=now)
    )

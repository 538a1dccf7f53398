"""Entries: nights, doses, symptom lists and check-ins, newest version shown, every version kept."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, Final, cast

from sqlalchemy import bindparam
from sqlmodel import col, delete, func, insert, select, update

from companion.domain.entry import Entry, Kind
from companion.storage.standing import COLUMNS, standing
from companion.storage.tables import EntryRow
from companion.storage.unit_of_work import Unit

FREE_TEXT = ("note", "new", "words", "steps")
"""Keys of `data` that hold what someone wrote in their own words: sealed at rest."""


def _row(unit: Unit, person_id: str, entry: Entry, now: datetime) -> dict[str, object]:
    words = {key: entry.data[key] for key in FREE_TEXT if entry.data.get(key)}
    plain = {key: value for key, value in entry.data.items() if key not in words}
    return {
        "person_id": person_id,
        "id": entry.id,
        "kind": entry.kind.value,
        "day": entry.day,
        "recorded_at": entry.recorded_at,
        "stored_at": now,
        "data": json.dumps(plain, ensure_ascii=False),
        "words": unit.seal.close(json.dumps(words, ensure_ascii=False), person_id) if words else "",
        "superseded": entry.superseded,
    }


def _entry(unit: Unit, row: EntryRow) -> Entry:
    words = json.loads(unit.seal.open(row.words, row.person_id)) if row.words else {}
    data = json.loads(row.data) | words
    return Entry(row.id, Kind(row.kind), row.day, row.recorded_at, data, row.superseded, row.stored_at)


_NEWEST_FIRST = (col(EntryRow.day).desc(), col(EntryRow.recorded_at).desc(), col(EntryRow.id).desc())
"""With the id at the end: what was written at the same instant is in the same order every time, on every database."""


def _columns(*conditions: Any) -> Any:
    return cast(Any, select)(*COLUMNS).where(*conditions)  # sqlmodel types four columns at most


_EVERYTHING: Final = _columns(
    EntryRow.person_id == bindparam("person_id"), EntryRow.kind == bindparam("kind")
).order_by(EntryRow.day, EntryRow.recorded_at, EntryRow.id)


def _standing(person_id: str, kind: Kind, first: date, last: date) -> Any:
    """What stands (not superseded) from `first` to `last`, both included."""
    return _columns(
        EntryRow.person_id == person_id,
        EntryRow.kind == kind.value,
        col(EntryRow.day).between(first, last),
        col(EntryRow.superseded).is_(False),
    )


def _many(unit: Unit, person_id: str, kind: Kind, rows: Iterable[Any], *, words: bool = True) -> list[Entry]:
    """Entries from plain columns: thousands of them need no objects that the session looks after."""
    found = []
    for _kind, entry_id, day, recorded_at, text, sealed, superseded, stored_at in rows:
        data = json.loads(text)
        if sealed and words:
            data |= json.loads(unit.seal.open(sealed, person_id))
        found.append(Entry(entry_id, kind, day, recorded_at, data, superseded, stored_at))
    return found


def add(unit: Unit, person_id: str, entries: Iterable[Entry], now: datetime) -> None:
    rows = [_row(unit, person_id, entry, now) for entry in entries]
    if rows:
        unit.session.exec(insert(EntryRow), params=rows)


def put(unit: Unit, person_id: str, kept: Iterable[Entry]) -> None:
    """Entries as they were kept elsewhere: each with the moment it was stored there."""
    rows = [_row(unit, person_id, entry, entry.stored_at or entry.recorded_at) for entry in kept]
    if rows:
        unit.session.exec(insert(EntryRow), params=rows)


def remove_all(unit: Unit, person_id: str) -> None:
    unit.session.exec(delete(EntryRow).where(col(EntryRow.person_id) == person_id))


def get(unit: Unit, person_id: str, entry_id: str) -> Entry | None:
    row = unit.session.get(EntryRow, (person_id, entry_id))
    return _entry(unit, row) if row else None


def known(unit: Unit, person_id: str, ids: Collection[str]) -> set[str]:
    """Which of these ids this person has an entry of, of whatever kind and version."""
    query = select(EntryRow.id).where(EntryRow.person_id == person_id, col(EntryRow.id).in_(ids))
    return set(unit.session.exec(query).all()) if ids else set()


def ids(unit: Unit, person_id: str) -> set[str]:
    """The ids of everything this person noted."""
    return set(unit.session.exec(select(EntryRow.id).where(EntryRow.person_id == person_id)).all())


def standing_on(unit: Unit, person_id: str, kinds: Collection[Kind], days: Collection[date]) -> list[Entry]:
    """What stands (not superseded) of these kinds on these days, in one question."""
    if not days:
        return []
    query = select(EntryRow).where(
        EntryRow.person_id == person_id,
        col(EntryRow.kind).in_([kind.value for kind in kinds]),
        col(EntryRow.day).in_(days),
        col(EntryRow.superseded).is_(False),
    )
    return [_entry(unit, row) for row in unit.session.exec(query).all()]


def versions(unit: Unit, person_id: str, kind: Kind, day: date) -> list[Entry]:
    """Every version of what was noted on a day."""
    query = select(EntryRow).where(EntryRow.person_id == person_id, EntryRow.kind == kind.value, EntryRow.day == day)
    query = query.order_by(col(EntryRow.recorded_at), col(EntryRow.id))
    return [_entry(unit, row) for row in unit.session.exec(query).all()]


def between(unit: Unit, person_id: str, kind: Kind, first: date, last: date, *, words: bool = True) -> list[Entry]:
    """What stands (not superseded) from `first` to `last`, both included, by day and then as it was written.

    Without `words` what someone wrote in their own words stays sealed and is left out: numbers need no notes.
    """
    return _many(unit, person_id, kind, standing(unit, person_id, kind, first, last), words=words)


def everything(unit: Unit, person_id: str, kind: Kind) -> list[Entry]:
    """Every version of every entry of a kind, for the export."""
    return _many(unit, person_id, kind, unit.rows(_EVERYTHING, person_id=person_id, kind=kind.value))


def with_words(unit: Unit, person_id: str, kind: Kind, first: date, last: date, most: int) -> list[Entry]:
    """The newest entries of these days in which someone wrote in their own words; at most so many, newest first."""
    query = _standing(person_id, kind, first, last).where(EntryRow.words != "")
    query = query.order_by(*_NEWEST_FIRST).limit(most)
    return _many(unit, person_id, kind, unit.rows(query))


def latest(unit: Unit, person_id: str, kind: Kind) -> Entry | None:
    query = select(EntryRow).where(
        EntryRow.person_id == person_id, EntryRow.kind == kind.value, col(EntryRow.superseded).is_(False)
    )
    row = unit.session.exec(query.order_by(*_NEWEST_FIRST)).first()
    return _entry(unit, row) if row else None


def first_day(unit: Unit, person_id: str) -> date | None:
    """The day of the oldest entry."""
    return unit.session.exec(select(func.min(EntryRow.day)).where(EntryRow.person_id == person_id)).one()


def first_of(unit: Unit, person_id: str, kinds: Iterable[Kind]) -> date | None:
    """The day of the oldest entry of these kinds that stands."""
    query = select(func.min(EntryRow.day)).where(
        EntryRow.person_id == person_id,
        col(EntryRow.kind).in_([kind.value for kind in kinds]),
        col(EntryRow.superseded).is_(False),
    )
    return unit.session.exec(query).one()


def supersede(unit: Unit, person_id: str, *entry_ids: str) -> None:
    if entry_ids:
        unit.session.exec(
            update(EntryRow)
            .where(col(EntryRow.person_id) == person_id, col(EntryRow.id).in_(entry_ids))
            .values(superseded=True)
        )


def remove(unit: Unit, person_id: str, kind: Kind) -> None:
    """Every entry of a kind, every version: only for what a person kept by ticking, and takes away again."""
    unit.session.exec(delete(EntryRow).where(col(EntryRow.person_id) == person_id, col(EntryRow.kind) == kind.value))


def days_with(unit: Unit, person_id: str, kind: Kind, first: date, last: date) -> int:
    """On how many of these days something of this kind stands."""
    query = select(func.count(func.distinct(EntryRow.day))).where(
        EntryRow.person_id == person_id,
        EntryRow.kind == kind.value,
        col(EntryRow.day).between(first, last),
        col(EntryRow.superseded).is_(False),
    )
    return unit.session.exec(query).one()

"""Tries that did not succeed, under keyed digests: what slows guessing down. They name nobody."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import uuid4

from sqlmodel import col, delete, select

from companion.storage.tables import AttemptRow
from companion.storage.unit_of_work import Unit


def add(unit: Unit, key: str, now: datetime) -> str:
    """Returns its id."""
    row = AttemptRow(key=key, id=str(uuid4()), at=now)
    unit.session.add(row)
    return row.id


def since(unit: Unit, key: str, start: datetime) -> list[datetime]:
    """When tries with this key did not succeed, oldest first."""
    query = select(AttemptRow.at).where(AttemptRow.key == key, AttemptRow.at >= start).order_by(col(AttemptRow.at))
    return list(unit.session.exec(query).all())


def clear(unit: Unit, key: str, ids: Collection[str] = ()) -> None:
    """What was counted under a key, and these, count no more."""
    unit.session.exec(delete(AttemptRow).where((col(AttemptRow.key) == key) | col(AttemptRow.id).in_(ids)))


def forget_before(unit: Unit, start: datetime) -> None:
    unit.session.exec(delete(AttemptRow).where(col(AttemptRow.at) < start))

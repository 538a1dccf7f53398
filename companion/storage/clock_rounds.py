"""When each clock last went round, by the name of its machine."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import func, select

from companion.storage.reminder_tables import ClockRoundRow
from companion.storage.unit_of_work import Unit


def at(unit: Unit, name: str) -> datetime | None:
    row = unit.session.get(ClockRoundRow, name)
    return row.at if row else None


def latest(unit: Unit) -> datetime | None:
    """When any clock did."""
    return unit.session.exec(select(func.max(ClockRoundRow.at))).one()


def note(unit: Unit, name: str, now: datetime) -> None:
    unit.session.merge(ClockRoundRow(name=name, at=now))
    unit.session.flush()

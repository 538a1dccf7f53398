"""Examples: made-up people for whoever looks around first. Their rows are those of anyone; only the end is noted."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col, func, select

from companion.storage.tables import PersonRow
from companion.storage.unit_of_work import Unit


def count(unit: Unit) -> int:
    """How many there are at this moment."""
    query = select(func.count()).select_from(PersonRow).where(col(PersonRow.example_until).is_not(None))
    return unit.session.exec(query).one()


def over(unit: Unit, now: datetime) -> list[str]:
    """The ids of those that are over."""
    query = select(PersonRow.id).where(col(PersonRow.example_until) <= now)
    return list(unit.session.exec(query.order_by(col(PersonRow.id))).all())

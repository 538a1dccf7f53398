"""Push services that refuse our key: nothing goes there until then."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col, select

from companion.storage.reminder_tables import PushServiceRow
from companion.storage.unit_of_work import Unit


def stopped(unit: Unit, now: datetime) -> dict[str, datetime]:
    """The origins that nothing is sent to now, and until when."""
    query = select(PushServiceRow).where(col(PushServiceRow.until) > now)
    return {row.origin: row.until for row in unit.session.exec(query).all()}


def stop(unit: Unit, origin: str, reason: str, now: datetime, until: datetime) -> None:
    unit.session.merge(PushServiceRow(origin=origin, stopped_at=now, until=until, reason=reason))
    unit.session.flush()

"""How many rows wait, are late or came to what end, and how large everything is. Nothing about anyone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import text
from sqlmodel import col, func, select

from companion.storage.deliveries import State
from companion.storage.reminder_tables import DeliveryRow, ReminderRow
from companion.storage.unit_of_work import Unit

_SIZE = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}


def size(unit: Unit) -> int:
    """Bytes of the database."""
    connection = unit.session.connection()
    return int(connection.execute(text(_SIZE[connection.dialect.name])).scalar_one())


def messages(unit: Unit) -> Mapping[str, int]:
    """How many messages of the last thirty days are in each state."""
    found = dict(unit.session.exec(select(DeliveryRow.state, func.count()).group_by(DeliveryRow.state)).all())
    return {state.value: found.get(state.value, 0) for state in State}


def late(unit: Unit, before: datetime) -> int:
    """Reminders, and messages to be tried again, that a clock should have looked at before this instant."""
    due = select(func.count()).where(col(ReminderRow.next_due) < before)
    waiting = select(func.count()).where(
        col(DeliveryRow.next_try_at) < before, col(DeliveryRow.state) == State.WAITING.value
    )
    return unit.session.exec(due).one() + unit.session.exec(waiting).one()

"""What a phone says of a message: that it was shown. And how many messages someone asked for to try it out."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col, func, select, update

from companion.domain.reminder.message import TEST
from companion.storage import subscriptions
from companion.storage.deliveries import KEPT, State
from companion.storage.reminder_tables import DeliveryRow
from companion.storage.unit_of_work import Unit


def person_of(unit: Unit, token: str) -> str:
    """Whose message has this token; "" where there is none."""
    return unit.session.exec(select(DeliveryRow.person_id).where(DeliveryRow.token == token)).first() or ""


def note_shown(unit: Unit, person_id: str, token: str, now: datetime) -> None:
    """The message with this token was shown: the first time counts, and it is not sent again."""
    row = unit.session.get(DeliveryRow, (person_id, token))
    if row is None or row.shown_at is not None:
        return
    unit.session.exec(
        update(DeliveryRow)
        .where(col(DeliveryRow.person_id) == person_id, col(DeliveryRow.token) == token)
        .values(shown_at=now, state=State.HANDED.value, next_try_at=now + KEPT)
    )
    subscriptions.shown(unit, person_id, row.place, now)


def tests_since(unit: Unit, person_id: str, since: datetime) -> int:
    """How many tests someone asked for since then."""
    query = select(func.count()).select_from(DeliveryRow)
    query = query.where(DeliveryRow.person_id == person_id, DeliveryRow.kind == TEST, DeliveryRow.due_at > since)
    return unit.session.exec(query).one()

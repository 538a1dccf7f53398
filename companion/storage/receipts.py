"""What a phone says of a message: that it was shown. And the messages that only show that messages arrive."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col, func, select, update

from companion.domain.reminder.message import TEST
from companion.storage import subscriptions
from companion.storage.reminder_tables import DeliveryRow
from companion.storage.unit_of_work import Unit


def note_shown(unit: Unit, token: str, now: datetime) -> bool:
    """The message with this token was shown; the first time counts. False where there is no such message."""
    row = unit.session.exec(select(DeliveryRow).where(DeliveryRow.token == token)).first()
    if row is None:
        return False
    if row.shown_at is None:
        row.shown_at, row.next_try_at = now, None
        unit.session.add(row)
        subscriptions.shown(unit, row.person_id, row.place, now)
        unit.session.flush()
    return True


def tests_since(unit: Unit, person_id: str, since: datetime) -> int:
    """How many tests someone asked for since then."""
    query = select(func.count()).select_from(DeliveryRow)
    query = query.where(DeliveryRow.person_id == person_id, DeliveryRow.kind == TEST, DeliveryRow.due_at > since)
    return unit.session.exec(query).one()


def add_test(unit: Unit, person_id: str, token: str, place: str, now: datetime, useful_until: datetime) -> None:
    """A test on its way to one browser. No clock looks after it: whoever asked is waiting for it."""
    unit.session.add(
        DeliveryRow(
            person_id=person_id,
            token=token,
            reminder_id="",
            kind=TEST,
            occurrence=token[:32],
            place=place,
            due_at=now,
            useful_until=useful_until,
            tries=1,
            state="sent",
        )
    )
    unit.session.flush()


def note_test(unit: Unit, person_id: str, token: str, *, handed_at: datetime | None, error: str) -> None:
    """What became of a test."""
    here = (col(DeliveryRow.person_id) == person_id, col(DeliveryRow.token) == token)
    unit.session.exec(update(DeliveryRow).where(*here).values(handed_at=handed_at, error=error))

"""Which reminders are due, and which of them one clock takes. Only the index on `next_due` is read for it.

Rows come as they stand in the table: whoever decides reads each for itself, so that one that cannot be read stops no
other. On PostgreSQL a row that another clock has taken is passed over, so that several share the work.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam
from sqlmodel import col, select, update

from companion.domain.person import Person
from companion.domain.reminder import Habit, Kind
from companion.storage.among import among
from companion.storage.people import PERSON, PersonColumns, read_person
from companion.storage.reminder_tables import ReminderRow
from companion.storage.reminders import read_habit, read_words
from companion.storage.tables import PersonRow
from companion.storage.unit_of_work import Unit


@dataclass(frozen=True)
class DueRow:
    """A reminder row as it stands. `next_local`: the wall time from which on it is still to be given."""

    person_id: str
    id: str
    kind: str
    key: str
    at: str
    days: str
    words: str
    next_local: str | None
    person: PersonColumns

    def habit(self) -> Habit:
        return read_habit(self.at, self.days)

    def read_kind(self) -> Kind:
        return Kind(self.kind)

    def owner(self) -> Person:
        return read_person(self.person)

    def read_words(self, unit: Unit) -> dict[str, str]:
        return read_words(unit, self.person_id, self.words)


@dataclass(frozen=True)
class Next:
    """When a reminder is due from now on; None: it is over."""

    person_id: str
    id: str
    due: datetime | None
    local: datetime | None


_COLUMNS: Final = (
    ReminderRow.person_id,
    ReminderRow.id,
    ReminderRow.kind,
    ReminderRow.key,
    ReminderRow.at,
    ReminderRow.days,
    ReminderRow.words,
    ReminderRow.next_local,
)


def take(unit: Unit, now: datetime, most: int) -> list[DueRow]:
    """At most so many of the rows that are due, the oldest first. They are this transaction's until it ends."""
    query = (
        cast(Any, select)(*_COLUMNS, *PERSON)
        .join(PersonRow, col(PersonRow.id) == col(ReminderRow.person_id))
        .where(col(ReminderRow.next_due) <= now)
        .order_by(col(ReminderRow.next_due))
        .limit(most)
        .with_for_update(of=[ReminderRow, PersonRow], skip_locked=True, key_share=True)
    )
    wide = len(_COLUMNS)
    return [DueRow(*(*row[:wide], PersonColumns(*row[wide:]))) for row in unit.rows(query)]


_ONE: Final = update(ReminderRow).where(
    col(ReminderRow.person_id) == bindparam("whose"), col(ReminderRow.id) == bindparam("which")
)
_PUT_OFF: Final = _ONE.values(next_due=bindparam("due"))
_MOVE: Final = _ONE.values(next_due=bindparam("due"), next_local=bindparam("local"))


def move_on(unit: Unit, moved: Iterable[Next]) -> None:
    """Set when these are due next."""
    rows = [
        {
            "whose": each.person_id,
            "which": each.id,
            "due": each.due,
            "local": each.local.isoformat(timespec="minutes") if each.local else None,
        }
        for each in moved
    ]
    unit.run(_MOVE, rows)


def put_off(unit: Unit, rows: Iterable[DueRow], until: datetime) -> None:
    """Look at these again later; what they were due for stays."""
    unit.run(_PUT_OFF, [{"whose": each.person_id, "which": each.id, "due": until} for each in rows])


def first_due(unit: Unit) -> datetime | None:
    """When the next reminder of all is due."""
    query = select(ReminderRow.next_due).where(col(ReminderRow.next_due).is_not(None))
    return unit.session.exec(query.order_by(col(ReminderRow.next_due)).limit(1)).first()


def dose_habits(unit: Unit, person_ids: Collection[str]) -> dict[str, list[Habit]]:
    """The habits of the dose reminders that are on. One that cannot be read is left out."""
    query = cast(Any, select)(ReminderRow.person_id, ReminderRow.at, ReminderRow.days).where(
        among(unit, col(ReminderRow.person_id), person_ids),
        ReminderRow.kind == Kind.DOSE.value,
        col(ReminderRow.active).is_(True),
    )
    found: dict[str, list[Habit]] = {}
    for person_id, at, days in unit.rows(query):
        try:
            found.setdefault(person_id, []).append(read_habit(at, days))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def coming(unit: Unit, after: datetime) -> Iterator[tuple[str, str, str, str, ZoneInfo, datetime]]:
    """Every reminder that is due after an instant: person, id, at, days, zone and when. Reads them all: only for a
    clock that was wrong."""
    query = (
        select(
            ReminderRow.person_id,  # type: ignore[call-overload]
            ReminderRow.id,
            ReminderRow.at,
            ReminderRow.days,
            PersonRow.zone,
            ReminderRow.next_due,
        )
        .join(PersonRow, col(PersonRow.id) == col(ReminderRow.person_id))
        .where(col(ReminderRow.next_due) > after)
    )
    for person_id, reminder_id, at, days, zone, due in unit.session.exec(query).all():
        yield person_id, reminder_id, at, days, ZoneInfo(zone), due

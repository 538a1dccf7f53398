"""Messages on their way: written before anything leaves, so that a crash loses nothing.

`next_try_at` says when a clock looks at a row again: to send it, or, once nothing more is to be done, to forget it.
While a clock is busy with it, it lies ahead by a lease: a clock that died leaves it to the next one.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple, cast

from sqlmodel import col, delete, func, insert, select, update

from companion.domain.person import Person
from companion.domain.reminder import Content
from companion.storage.among import among
from companion.storage.people import PERSON, PersonColumns, read_person
from companion.storage.reminder_tables import DeliveryRow
from companion.storage.tables import PersonRow
from companion.storage.unit_of_work import Unit

MAIL: Final = "mail"
"""The place of what goes by mail; every other place is the id of a subscription."""

KEPT: Final = timedelta(days=30)
"""How long a row stays after nothing more is to be done: for "the last one received" and for what is not repeated."""


class State(StrEnum):
    """`WAITING` to be sent; every other one is final. `NOTED`: not needed any more when it was to be sent; `LAPSED`:
    not useful any more; `GONE`: nobody is there any more; `FAILED`: it can never be sent, see `error`."""

    WAITING = "waiting"
    HANDED = "handed"
    NOTED = "noted"
    LAPSED = "lapsed"
    GONE = "gone"
    FAILED = "failed"


@dataclass(frozen=True)
class Delivery:
    """One message to one place. `occurrence`: the wall time it was due, and "+1", "+2" … for "later".

    `leased_until`: until when it is the clock's that just made it.
    """

    person_id: str
    token: str
    reminder_id: str
    occurrence: str
    place: str
    content: Content
    due_at: datetime
    useful_until: datetime
    next_try_at: datetime | None
    tries: int = 0
    state: State = State.WAITING
    error: str = ""
    handed_at: datetime | None = None
    shown_at: datetime | None = None
    leased_until: datetime | None = None

    @property
    def repeated(self) -> bool:
        """Whether time went by since it was decided: then it is decided again before it leaves."""
        return self.tries > 1 or "+" in self.occurrence


_ADD: Final = insert(DeliveryRow)


def add(unit: Unit, made: Sequence[Delivery]) -> list[Delivery]:
    """Keep these; those that were kept come back. Of one that is there already, for this reminder, occurrence and
    place, nothing changes.

    Whoever adds holds the reminder's row, or its person: nobody else adds the same meanwhile.
    """
    there = _there(unit, made)
    new = [each for each in made if _name(each) not in there]
    unit.run(_ADD, [_values(unit, each) for each in new])
    return new


def _name(each: Delivery) -> tuple[str, str, str, str]:
    return each.person_id, each.reminder_id, each.occurrence, each.place


def _there(unit: Unit, made: Sequence[Delivery]) -> set[tuple[str, str, str, str]]:
    """Which of these there are already."""
    if not made:
        return set()
    names = (DeliveryRow.person_id, DeliveryRow.reminder_id, DeliveryRow.occurrence, DeliveryRow.place)
    query = cast(Any, select)(*names).where(
        among(unit, col(DeliveryRow.person_id), {each.person_id for each in made}),
        among(unit, col(DeliveryRow.reminder_id), {each.reminder_id for each in made}),
        among(unit, col(DeliveryRow.occurrence), {each.occurrence for each in made}),
    )
    return {tuple(row) for row in unit.rows(query)}


def _values(unit: Unit, each: Delivery) -> dict[str, Any]:
    content = {"key": each.content.key, "day": each.content.day.isoformat(), "data": each.content.data}
    words = json.dumps(dict(each.content.words), ensure_ascii=False) if each.content.words else ""
    return {
        "person_id": each.person_id,
        "token": each.token,
        "reminder_id": each.reminder_id,
        "kind": str(each.content.kind),
        "occurrence": each.occurrence,
        "place": each.place,
        "data": json.dumps(content, ensure_ascii=False),
        "words": unit.seal.close(words, each.person_id),
        "due_at": each.due_at,
        "useful_until": each.useful_until,
        "next_try_at": each.next_try_at,
        "leased_until": each.leased_until,
        "tries": each.tries,
        "state": each.state.value,
        "error": each.error,
    }


def read(unit: Unit, row: DeliveryRow | DeliveryColumns) -> Delivery:
    """The delivery of a row. Raises ValueError, KeyError or InvalidTag for one that cannot be read."""
    content = json.loads(row.data)
    words = json.loads(unit.seal.open(row.words, row.person_id)) if row.words else {}
    return Delivery(
        person_id=row.person_id,
        token=row.token,
        reminder_id=row.reminder_id,
        occurrence=row.occurrence,
        place=row.place,
        content=Content(row.kind, content["key"], date.fromisoformat(content["day"]), content["data"], words),
        due_at=row.due_at,
        useful_until=row.useful_until,
        next_try_at=row.next_try_at,
        tries=row.tries,
        state=State(row.state),
        error=row.error,
        handed_at=row.handed_at,
        shown_at=row.shown_at,
    )


class DeliveryColumns(NamedTuple):
    """The columns of a delivery, as they stand."""

    person_id: str
    token: str
    reminder_id: str
    kind: str
    occurrence: str
    place: str
    data: str
    words: str
    due_at: datetime
    useful_until: datetime
    next_try_at: datetime | None
    tries: int
    state: str
    error: str
    handed_at: datetime | None
    shown_at: datetime | None


_COLUMNS: Final = tuple(getattr(DeliveryRow, name) for name in DeliveryColumns._fields)


@dataclass(frozen=True)
class Taken:
    """A row that this clock sends, with the person it is for; each is read for itself."""

    row: DeliveryColumns
    person: PersonColumns

    @property
    def token(self) -> str:
        return self.row.token

    def read(self, unit: Unit) -> tuple[Delivery, Person]:
        return read(unit, self.row), read_person(self.person)


def take(unit: Unit, now: datetime, until: datetime, most: int) -> list[Taken]:
    """At most so many of the rows that are due, this clock's until `until`. What is over for long is forgotten."""
    query = (
        cast(Any, select)(*_COLUMNS, *PERSON)
        .join(PersonRow, col(PersonRow.id) == col(DeliveryRow.person_id))
        .where(col(DeliveryRow.next_try_at) <= now)
        .order_by(col(DeliveryRow.next_try_at))
        .limit(most)
        .with_for_update(of=[DeliveryRow, PersonRow], skip_locked=True, key_share=True)
    )
    wide = len(_COLUMNS)
    found = [Taken(DeliveryColumns(*row[:wide]), PersonColumns(*row[wide:])) for row in unit.rows(query)]
    over = [each.token for each in found if each.row.state != State.WAITING]
    if over:
        unit.session.exec(delete(DeliveryRow).where(among(unit, col(DeliveryRow.token), over)))
    taken = [each for each in found if each.row.state == State.WAITING]
    if taken:
        unit.session.connection().execute(
            update(DeliveryRow)
            .where(among(unit, col(DeliveryRow.token), [each.token for each in taken]))
            .values(next_try_at=until, leased_until=until, tries=DeliveryRow.tries + 1)
        )
    return [Taken(each.row._replace(tries=each.row.tries + 1), each.person) for each in taken]


def settle(unit: Unit, after: Mapping[str, Mapping[str, Any]]) -> None:
    """What became of deliveries, by token: columns with their new values."""
    alike: dict[tuple[tuple[str, Any], ...], list[str]] = {}
    for token in sorted(after):
        alike.setdefault(tuple(sorted(after[token].items())), []).append(token)
    for values, tokens in alike.items():
        where = among(unit, col(DeliveryRow.token), tokens)
        unit.session.connection().execute(update(DeliveryRow).where(where).values(leased_until=None, **dict(values)))


def by_token(unit: Unit, token: str) -> Delivery | None:
    row = unit.session.exec(select(DeliveryRow).where(DeliveryRow.token == token)).first()
    return read(unit, row) if row else None


def first_try(unit: Unit) -> datetime | None:
    """When the next row is to be looked at."""
    query = select(DeliveryRow.next_try_at).where(col(DeliveryRow.next_try_at).is_not(None))
    return unit.session.exec(query.order_by(col(DeliveryRow.next_try_at)).limit(1)).first()


def last_due(unit: Unit, reminders: Collection[tuple[str, str]]) -> dict[tuple[str, str], datetime]:
    """When each of these reminders (person, id) last had something to say."""
    people = {person_id for person_id, _ in reminders}
    ids = {reminder_id for _, reminder_id in reminders}
    query = (
        select(DeliveryRow.person_id, DeliveryRow.reminder_id, func.max(DeliveryRow.due_at))
        .where(col(DeliveryRow.person_id).in_(people), col(DeliveryRow.reminder_id).in_(ids))
        .group_by(DeliveryRow.person_id, DeliveryRow.reminder_id)
    )
    return {(person_id, reminder_id): at for person_id, reminder_id, at in unit.session.exec(query).all() if at}


def of_occurrence(unit: Unit, person_id: str, reminder_id: str, occurrence: str) -> Sequence[Delivery]:
    """The deliveries of one occurrence."""
    query = select(DeliveryRow).where(
        DeliveryRow.person_id == person_id,
        DeliveryRow.reminder_id == reminder_id,
        DeliveryRow.occurrence == occurrence,
    )
    return [read(unit, row) for row in unit.session.exec(query).all()]


def not_before(unit: Unit, latest: datetime, now: datetime) -> None:
    """Deliveries that wait for an instant after `latest` are looked at now: a clock that was wrong put them there."""
    unit.session.exec(
        update(DeliveryRow)
        .where(col(DeliveryRow.next_try_at) > latest, col(DeliveryRow.state) == State.WAITING.value)
        .values(next_try_at=now)
    )

"""The first half of a round: reminders that are due become deliveries, and are due again later.

One transaction: rows are taken, what there is to say is written down for each place, the next due instant is set. When
it is committed nothing has left yet; when it is not, nothing has happened. A row that cannot be read is put off and
stops no other.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final

from companion.domain.person import Person
from companion.domain.reminder import Content, Habit, Kind, Occurrence, latest, upcoming
from companion.domain.reminder.rule import occurrence
from companion.domain.reminder.useful import useful_until
from companion.services.due_content import APART, Ask, Known, content_of, know
from companion.storage import deliveries, due, many
from companion.storage.deliveries import MAIL, Delivery
from companion.storage.due import DueRow, Next
from companion.storage.options import BESIDE
from companion.storage.unit_of_work import Store, Unit

log = logging.getLogger("companion.clock")

PUT_OFF: Final = timedelta(minutes=15)
INSTANT: Final = timedelta(microseconds=1)


@dataclass(frozen=True)
class Claimed:
    """`due`: rows taken; `written`: deliveries made of them; `bad`: rows that could not be read. `mine`: deliveries
    that were made for this clock to send, with whom they are for."""

    due: int = 0
    written: int = 0
    bad: int = 0
    mine: Sequence[tuple[Delivery, Person]] = ()


@dataclass(frozen=True)
class _Due:
    """A row that was read: its last occurrence up to now where that is still to be given, and the next one."""

    row: DueRow
    person: Person
    kind: Kind
    habit: Habit
    now: Occurrence | None
    next: Occurrence | None


def claim_due(store: Store, now: datetime, most: int, lease: timedelta | None = None) -> Claimed:
    """Take at most so many reminders that are due. With a lease, this clock sends what is made of them: for so long
    nobody else does. Without, whoever comes first."""
    with store.write(BESIDE) as unit:
        rows = due.take(unit, now, most)
        if not rows:
            return Claimed()
        read, bad = _read(rows, now)
        people = {each.person.id for each in read}
        told = _last_told(unit, read)
        asks = [(each, _ask(unit, each, told)) for each in read if each.now]
        habits = due.dose_habits(unit, {each.person.id for each in read if each.kind is Kind.DOSE})
        made: list[Delivery] = []
        held = _Held(now, lease)
        moved = {_name(each.row): Next(*_name(each.row), *_instants(each.next)) for each in read}
        places = _Places(many.browsers(unit, people), many.want_mail(unit, people))
        known = know(unit, [ask for _, ask in asks if ask])
        for each, ask in asks:
            if ask is None:
                bad.append(each.row)
                continue
            try:
                made += _deliveries(known, each, ask, habits.get(each.person.id, ()), places, held)
            except Exception as error:
                _tell(each.row, error)
                bad.append(each.row)
        for row in bad:
            moved.pop(_name(row), None)
        due.put_off(unit, bad, now + PUT_OFF)
        due.move_on(unit, moved.values())
        added = deliveries.add(unit, made)
    whose = {each.person.id: each.person for each in read}
    mine = [(each, whose[each.person_id]) for each in added] if lease else []
    return Claimed(len(rows), len(made), len(bad), mine)


def _read(rows: Sequence[DueRow], now: datetime) -> tuple[list[_Due], list[DueRow]]:
    read: list[_Due] = []
    bad: list[DueRow] = []
    for row in rows:
        try:
            read.append(_due(row, now))
        except Exception as error:
            _tell(row, error)
            bad.append(row)
    return read, bad


def _tell(row: DueRow, error: Exception) -> None:
    """Nothing personal, also not what the error says: it may quote what someone wrote."""
    log.error(
        "a reminder of kind %s cannot be given: %s", row.kind if row.kind in {*Kind} else "?", type(error).__name__
    )


def _due(row: DueRow, now: datetime) -> _Due:
    person, habit = row.owner(), row.habit()
    last = latest(habit, person.zone, now)
    if last and row.next_local and last.text < row.next_local:
        last = None  # it was given before, or the habit is newer than it
    following = upcoming(habit, person.zone, now + INSTANT)
    return _Due(row, person, row.read_kind(), habit, last, following)


def _name(row: DueRow) -> tuple[str, str]:
    return row.person_id, row.id


def _instants(following: Occurrence | None) -> tuple[datetime | None, datetime | None]:
    return (following.due, following.local) if following else (None, None)


def _last_told(unit: Unit, read: Sequence[_Due]) -> Mapping[tuple[str, str], datetime]:
    names = [(each.person.id, each.row.id) for each in read if each.kind in APART]
    return deliveries.last_due(unit, names) if names else {}


def _ask(unit: Unit, each: _Due, told: Mapping[tuple[str, str], datetime]) -> Ask | None:
    """None where what someone wrote cannot be opened."""
    if each.now is None:
        raise ValueError("nothing is due")
    try:
        words = each.row.read_words(unit)
    except Exception as error:
        _tell(each.row, error)
        return None
    last = told.get((each.person.id, each.row.id))
    return Ask(each.person, each.kind, each.row.key, each.now.due, words, last)


@dataclass(frozen=True)
class _Places:
    browsers: Mapping[str, Sequence[str]]
    mail: Collection[str]

    def of(self, person_id: str) -> Iterator[str]:
        yield from self.browsers.get(person_id, ())
        if person_id in self.mail:
            yield MAIL


@dataclass(frozen=True)
class _Held:
    """When a claim is made, and how long what it makes is its clock's."""

    now: datetime
    lease: timedelta | None

    @property
    def stands(self) -> dict[str, Any]:
        """How a delivery stands that is made now. With a lease, as if it had been taken: its first try is under way."""
        if self.lease is None:
            return {"next_try_at": self.now}
        until = self.now + self.lease
        return {"next_try_at": until, "leased_until": until, "tries": 1}


def _deliveries(
    known: Known, each: _Due, ask: Ask, habits: Sequence[Habit], places: _Places, held: _Held
) -> list[Delivery]:
    """One for each place, when there is something to say that is still worth it."""
    to = list(places.of(each.person.id))
    if each.now is None or not to:
        return []
    until = ends(each.person, each.kind, each.now.due, ask.words, habits)
    content = content_of(known, ask) if held.now < until else None
    if content is None:
        return []
    about = (each.person.id, each.row.id, each.now.text)
    return [new_delivery(*about, place, content, each.now.due, until, **held.stands) for place in to]


def ends(person: Person, kind: Kind, at: datetime, words: Mapping[str, str], habits: Sequence[Habit]) -> datetime:
    """When a reminder that was due at an instant is not useful any more; `habits` are those of the dose reminders."""
    following = [found.due for habit in habits if (found := upcoming(habit, person.zone, at + INSTANT))]
    return useful_until(kind, at, person.zone, person.day_turn, min(following, default=None), _begins(person, words))


def _begins(person: Person, words: Mapping[str, str]) -> datetime | None:
    if not words.get("day") or not words.get("time"):
        return None
    wall = datetime.combine(datetime.fromisoformat(words["day"]).date(), time.fromisoformat(words["time"]))
    return occurrence(wall, person.zone).due


def new_delivery(
    person_id: str,
    reminder_id: str,
    name: str,
    place: str,
    content: Content,
    at: datetime,
    until: datetime,
    **stands: Any,
) -> Delivery:
    """A delivery that waits, under a name that cannot be guessed; `stands`: its fields from `next_try_at` on."""
    return Delivery(person_id, secrets.token_urlsafe(24), reminder_id, name, place, content, at, until, **stands)

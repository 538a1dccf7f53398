"""What reminds someone, and how they want it."""

from __future__ import annotations

import json
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, Final, cast

from sqlalchemy import bindparam
from sqlmodel import col, delete, select

from companion.domain.reminder import Days, Every, Habit, Kind, Once, Quiet, Weekdays
from companion.storage.among import among
from companion.storage.reminder_tables import DeliveryRow, ReminderChoiceRow, ReminderRow
from companion.storage.unit_of_work import Unit

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Reminder:
    """`key`: the moment of a dose, the id of an appointment, else "". `words`: what they wrote about it.

    `next_due` and `next_local` are the next occurrence, instant and wall time; None while it is off or over.
    """

    id: str
    kind: Kind
    key: str
    active: bool
    habit: Habit
    changed_at: datetime
    words: dict[str, str] = field(default_factory=dict)
    next_due: datetime | None = None
    next_local: datetime | None = None


@dataclass(frozen=True)
class Choice:
    """How someone wants to be reminded. `fuller`: the lock screen may say what it is about."""

    quiet: Quiet | None = None
    fuller: bool = False
    by_mail: bool = False


def days_text(days: Days) -> str:
    """Days as JSON, as `companion reminders` reads them; `{"on": DATE}` for one day."""
    match days:
        case Weekdays(days=chosen):
            said: Any = "daily" if len(chosen) == 7 else [_WEEK[day] for day in sorted(chosen)]
        case Every(days=every, first=first):
            said = {"every": every, "from": first.isoformat()}
        case Once(day=day):
            said = {"on": day.isoformat()}
    return json.dumps(said)


def read_days(text: str) -> Days:
    """The days again from what `days_text` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    said = json.loads(text)
    if said == "daily":
        return Weekdays(frozenset(range(7)))
    if isinstance(said, list):
        return Weekdays(frozenset(_WEEK.index(name) for name in said))
    if "on" in said:
        return Once(date.fromisoformat(said["on"]))
    every = int(said["every"])
    if every < 1:
        raise ValueError("every so many days is at least one")
    return Every(every, date.fromisoformat(said["from"]))


@lru_cache(maxsize=1024)
def read_habit(at: str, days: str) -> Habit:
    """The habit of two columns; many people have the same. Raises as `read_days` does."""
    return Habit(time.fromisoformat(at), read_days(days))


def read_words(unit: Unit, person_id: str, sealed: str) -> dict[str, str]:
    words: dict[str, str] = json.loads(unit.seal.open(sealed, person_id)) if sealed else {}
    return words


def _reminder(unit: Unit, row: ReminderRow) -> Reminder:
    return Reminder(
        id=row.id,
        kind=Kind(row.kind),
        key=row.key,
        active=row.active,
        habit=read_habit(row.at, row.days),
        changed_at=row.changed_at,
        words=read_words(unit, row.person_id, row.words),
        next_due=row.next_due,
        next_local=datetime.fromisoformat(row.next_local) if row.next_local else None,
    )


def of_person(unit: Unit, person_id: str) -> list[Reminder]:
    query = select(ReminderRow).where(ReminderRow.person_id == person_id)
    query = query.order_by(col(ReminderRow.kind), col(ReminderRow.at), col(ReminderRow.key))
    return [_reminder(unit, row) for row in unit.session.exec(query).all()]


_KEYS_ON: Final = select(ReminderRow.key).where(
    ReminderRow.person_id == bindparam("person_id"), ReminderRow.kind == bindparam("kind"), col(ReminderRow.active)
)


def keys_on(unit: Unit, person_id: str, kind: Kind) -> set[str]:
    """The keys of the reminders of a kind that are on."""
    return {row.key for row in unit.rows(_KEYS_ON, person_id=person_id, kind=kind.value)}


def get(unit: Unit, person_id: str, reminder_id: str) -> Reminder | None:
    row = unit.session.get(ReminderRow, (person_id, reminder_id))
    return _reminder(unit, row) if row else None


def keep(unit: Unit, person_id: str, reminder: Reminder) -> None:
    """The reminder as it is from now on, with its next occurrence."""
    unit.session.merge(
        ReminderRow(
            person_id=person_id,
            id=reminder.id,
            kind=reminder.kind.value,
            key=reminder.key,
            active=reminder.active,
            at=reminder.habit.at.strftime("%H:%M"),
            days=days_text(reminder.habit.days),
            words=unit.seal.close(json.dumps(reminder.words, ensure_ascii=False), person_id) if reminder.words else "",
            changed_at=reminder.changed_at,
            next_due=reminder.next_due,
            next_local=reminder.next_local.isoformat(timespec="minutes") if reminder.next_local else None,
        )
    )
    unit.session.flush()


def remove(unit: Unit, person_id: str, reminder_id: str) -> None:
    unit.session.exec(
        delete(ReminderRow).where(col(ReminderRow.person_id) == person_id, col(ReminderRow.id) == reminder_id)
    )


def remove_kinds(unit: Unit, person_id: str, kinds: Collection[Kind]) -> None:
    """Every reminder of these kinds, and the messages about them, those that wait too."""
    names = [kind.value for kind in kinds]
    for table in (ReminderRow, DeliveryRow):
        unit.session.exec(delete(table).where(col(table.person_id) == person_id, col(table.kind).in_(names)))


def choice(unit: Unit, person_id: str) -> Choice:
    row = unit.session.get(ReminderChoiceRow, person_id)
    return _choice(row) if row else Choice()


_CHOICE: Final = (
    ReminderChoiceRow.person_id,
    ReminderChoiceRow.quiet_from,
    ReminderChoiceRow.quiet_until,
    ReminderChoiceRow.fuller,
    ReminderChoiceRow.by_mail,
)


def choices(unit: Unit, person_ids: Collection[str]) -> dict[str, Choice]:
    """The choices of many people in one question; who chose nothing is not in it."""
    query = cast(Any, select)(*_CHOICE).where(among(unit, col(ReminderChoiceRow.person_id), person_ids))
    found: dict[str, Choice] = {}
    for row in unit.rows(query):
        with suppress(ValueError):  # what cannot be read stops no other, and is as discreet as no choice
            found[row.person_id] = _choice(row)
    return found


def _choice(row: Any) -> Choice:
    quiet = None
    if row.quiet_from and row.quiet_until:
        quiet = Quiet(time.fromisoformat(row.quiet_from), time.fromisoformat(row.quiet_until))
    return Choice(quiet, row.fuller, row.by_mail)


def choose(unit: Unit, person_id: str, chosen: Choice, now: datetime) -> None:
    row = unit.session.get(ReminderChoiceRow, person_id) or ReminderChoiceRow(person_id=person_id, changed_at=now)
    row.quiet_from = chosen.quiet.start.strftime("%H:%M") if chosen.quiet else ""
    row.quiet_until = chosen.quiet.end.strftime("%H:%M") if chosen.quiet else ""
    row.fuller, row.by_mail, row.changed_at = chosen.fuller, chosen.by_mail, now
    unit.session.add(row)
    unit.session.flush()


def forget_choice(unit: Unit, person_id: str) -> None:
    unit.session.exec(delete(ReminderChoiceRow).where(col(ReminderChoiceRow.person_id) == person_id))

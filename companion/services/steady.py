"""Write down what was taken, whenever that was, before choosing a steady dose.

Every amount is a dose entry with `extra` (each stands on its own) and `plan` null, or the id of a plan that the
person has. Without a plan one medicine is written down at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from companion.domain.amount import read_amount, to_text
from companion.domain.codes import Reason, Refused
from companion.domain.daily_amounts import Amounts, amounts_of
from companion.domain.entry import Entry, Kind
from companion.domain.person import Person
from companion.services.log_dose import read_time
from companion.services.save_entry import save_entry
from companion.services.today import taken_at
from companion.storage import entries
from companion.storage.unit_of_work import Store

DAYS = 14


@dataclass(frozen=True)
class Note:
    """One amount as it was written down."""

    entry: Entry
    mg: Decimal
    at: datetime | None


@dataclass(frozen=True)
class Steady:
    """The last two weeks of notes, newest day first, and their sums."""

    today: date
    by_day: Sequence[tuple[date, Sequence[Note]]]
    amounts: Amounts


def read_steady(store: Store, person: Person, plan_id: str | None, now: datetime) -> Steady:
    """What was written down in the last fourteen days for a plan, or for no plan."""
    today = person.day(now)
    with store.read() as unit:
        found = entries.between(unit, person.id, Kind.DOSE, today - timedelta(days=DAYS - 1), today)
    notes = [
        Note(entry, Decimal(entry.data["mg"]), taken_at(entry))
        for entry in found
        if entry.data.get("taken") and entry.data.get("plan") == plan_id
    ]
    days = sorted({note.entry.day for note in notes}, reverse=True)
    by_day = [(day, [note for note in notes if note.entry.day == day]) for day in days]
    return Steady(today, by_day, amounts_of((note.entry.day, note.mg) for note in notes))


def write_down(
    store: Store,
    person: Person,
    plan_id: str | None,
    typed_day: str,
    typed: str,
    typed_time: str,
    entry_id: str,
    now: datetime,
) -> Refused | None:
    """One amount on one of the last fourteen days; 0 says that nothing was taken that day."""
    day = _day(typed_day, person.day(now))
    mg = read_amount(typed) if typed else Refused.because("mg", "steady_amount")
    reasons: list[Reason] = []
    at: datetime | Refused | None = None
    if isinstance(day, date) and (typed_time or day == person.day(now)):
        at = read_time(person, day, typed_time, now)
    for each in (day, mg, at):
        if isinstance(each, Refused):
            reasons += [Reason(one.field.replace("amount", "mg"), one.code, one.values) for one in each.reasons]
    if reasons or isinstance(day, Refused) or isinstance(mg, Refused) or isinstance(at, Refused):
        return Refused(tuple(reasons))
    data: dict[str, object] = {"plan": plan_id, "moment": None, "mg": to_text(mg), "taken": True, "extra": True}
    if at:
        data["taken_at"] = at.isoformat().replace("+00:00", "Z")
    with store.write(person.id) as unit:
        save_entry(unit, person, Entry(entry_id, Kind.DOSE, day, now, data), now)
    return None


def _day(typed: str, today: date) -> date | Refused:
    try:
        day = date.fromisoformat(typed) if typed else today
    except ValueError:
        return Refused.because("day", "steady_day")
    return day if today - timedelta(days=DAYS - 1) <= day <= today else Refused.because("day", "steady_day")

"""Note what was taken: as planned, a different amount, something extra; and undo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from companion.domain.amount import read_amount, to_text
from companion.domain.codes import Refused
from companion.domain.day import read_wall_time
from companion.domain.entry import Entry, Kind
from companion.domain.person import Person
from companion.domain.plan import Moment
from companion.services.save_entry import save_entry
from companion.services.today import noted_doses
from companion.storage import entries
from companion.storage.unit_of_work import Store


@dataclass(frozen=True)
class Slot:
    """Where a dose belongs: a plan (None for something else), a moment, the person's day."""

    plan_id: str | None
    moment: Moment | None
    day: date


def instant_on(person: Person, day: date, at: time) -> datetime:
    """The instant of a wall time on the person's day: a time before their day turns is after midnight."""
    on = day + timedelta(days=1) if at < person.day_turn else day
    return datetime.combine(on, at, person.zone).astimezone(UTC)


def dose_entry(entry_id: str, slot: Slot, mg: Decimal, at: datetime | None, now: datetime, **more: object) -> Entry:
    """What is kept of a dose: contract §4, `data` of a *dose*."""
    data: dict[str, object] = {
        "plan": slot.plan_id,
        "moment": slot.moment.value if slot.moment else None,
        "mg": to_text(mg),
        "taken": bool(mg),
    }
    if at:
        data["taken_at"] = at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return Entry(entry_id, Kind.DOSE, slot.day, now, data | more)


def take(store: Store, person: Person, slot: Slot, mg: Decimal, entry_id: str, now: datetime) -> None:
    """The planned dose, now. A second tap changes nothing: the first time stands."""
    with store.write(person.id) as unit:
        of_day = entries.between(unit, person.id, Kind.DOSE, slot.day, slot.day)
        if (slot.plan_id, slot.moment.value if slot.moment else None) not in noted_doses(of_day):
            save_entry(unit, person, dose_entry(entry_id, slot, mg, now, now), now)


def take_different(
    store: Store, person: Person, slot: Slot, typed: str, typed_time: str, entry_id: str, now: datetime
) -> Refused | None:
    """Another amount than planned, or at another time. 0 is an answer too: nothing taken at this moment."""
    found = read_different(person, slot, typed, typed_time, now)
    if isinstance(found, Refused):
        return found
    mg, at = found
    with store.write(person.id) as unit:
        save_entry(unit, person, dose_entry(entry_id, slot, mg, at, now), now)
    return None


def take_extra(
    store: Store, person: Person, slot: Slot, typed: str, typed_time: str, entry_id: str, now: datetime
) -> Refused | None:
    """Something extra, noted without blame."""
    found = read_extra(person, slot, typed, typed_time, now)
    if isinstance(found, Refused):
        return found
    mg, at = found
    with store.write(person.id) as unit:
        save_entry(unit, person, dose_entry(entry_id, slot, mg, at, now, extra=True), now)
    return None


def read_different(
    person: Person, slot: Slot, typed: str, typed_time: str, now: datetime
) -> tuple[Decimal, datetime] | Refused:
    """What `take_different` would note, or everything that is wrong with it."""
    mg = Decimal(0) if typed.strip() in {"0", "0 mg"} else read_amount(typed)
    return _both(mg, read_time(person, slot.day, typed_time, now))


def read_extra(
    person: Person, slot: Slot, typed: str, typed_time: str, now: datetime
) -> tuple[Decimal, datetime] | Refused:
    """What `take_extra` would note, or everything that is wrong with it."""
    mg = read_amount(typed) or Refused.because("mg", "dose_nothing")
    return _both(mg, read_time(person, slot.day, typed_time, now))


def _both(mg: Decimal | Refused, at: datetime | Refused) -> tuple[Decimal, datetime] | Refused:
    if isinstance(mg, Refused) or isinstance(at, Refused):
        return Refused(tuple(reason for each in (mg, at) if isinstance(each, Refused) for reason in each.reasons))
    return mg, at


def read_time(person: Person, day: date, typed: str, now: datetime) -> datetime | Refused:
    """A wall time on the person's day, or now when nothing was typed. The future is refused."""
    if not typed:
        return now
    wall = read_wall_time(typed)
    if wall is None:
        return Refused.because("taken_at", "dose_time")
    at = instant_on(person, day, wall)
    return Refused.because("taken_at", "dose_future") if at > now else at


def undo(store: Store, person: Person, entry_id: str) -> bool:
    """Take back what was noted: kept as an earlier version, shown no more. False when it is not theirs."""
    with store.write(person.id) as unit:
        entry = entries.get(unit, person.id, entry_id)
        if entry is None or entry.kind is not Kind.DOSE:
            return False
        entries.supersede(unit, person.id, entry_id)
    return True

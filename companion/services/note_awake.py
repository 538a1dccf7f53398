"""One tap at night: awake. It counts in the diary of the night that is going on; the rest is told in the morning."""

from __future__ import annotations

from datetime import date, datetime

from companion.domain.codes import Refused
from companion.domain.entry import Kind
from companion.domain.night import Night, night_to_data, read_night
from companion.domain.night.begun import MOST, TAPPED, only_begun
from companion.domain.person import Person
from companion.services.log_night import KeptNight, keep_night, night_of
from companion.storage import entries
from companion.storage.unit_of_work import Store


def night_going_on(person: Person, now: datetime) -> date | None:
    """The morning on which the night of now ends; None by day."""
    return now.astimezone(person.zone).date() if person.part_of_day(now) == "night" else None


def tapped(kept: KeptNight | None) -> int:
    """How often someone tapped so far; 0 for a night of which more was told."""
    begun = kept is not None and only_begun(kept.entry.data)
    return (kept.night.awakenings or 0) if kept and begun else 0


def note_awake(store: Store, person: Person, entry_id: str, now: datetime) -> bool:
    """Once more awake. False by day, and where more of this night was told already: then its form is the place."""
    return _count(store, person, 1, entry_id, now)


def undo_awake(store: Store, person: Person, entry_id: str, now: datetime) -> bool:
    """One tap less; the last one takes the night away."""
    return _count(store, person, -1, entry_id, now)


def _count(store: Store, person: Person, more: int, entry_id: str, now: datetime) -> bool:
    day = night_going_on(person, now)
    if day is None:
        return False
    kept = night_of(store, person, day)
    times = tapped(kept) + more
    if (kept and not only_begun(kept.entry.data)) or not 0 <= times <= MOST:
        return False
    if times == 0 and kept:
        with store.write(person.id) as unit:
            found = entries.get(unit, person.id, kept.entry.id)
            if found and found.kind is Kind.NIGHT and not found.superseded:
                entries.supersede(unit, person.id, kept.entry.id)
        return True
    night = read_night({TAPPED: str(times)}, day, person.zone)
    return isinstance(night, Night) and not isinstance(keep_night(store, person, night, entry_id, now), Refused)


def begun(kept: KeptNight | None) -> bool:
    """Whether only taps of the night are there."""
    return kept is not None and only_begun(night_to_data(kept.night))

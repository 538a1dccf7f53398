"""One tap at night: awake. It counts in the diary of the night that is going on; the rest is told in the morning."""

from __future__ import annotations

from datetime import date, datetime

from companion.domain.codes import Refused
from companion.domain.entry import Entry, Kind
from companion.domain.night import night_to_data, read_night
from companion.domain.night.begun import MOST, TAPPED, only_begun
from companion.domain.person import Person
from companion.services.log_night import KeptNight
from companion.services.save_entry import save_entry
from companion.storage import entries
from companion.storage.unit_of_work import Store


def night_going_on(person: Person, now: datetime) -> date | None:
    """The morning on which the night of now ends; None by day."""
    return now.astimezone(person.zone).date() if person.part_of_day(now) == "night" else None


def begun(kept: KeptNight | None) -> bool:
    """Whether only taps of the night are there."""
    return kept is not None and only_begun(kept.entry.data)


def tapped(kept: KeptNight | None) -> int:
    """How often someone tapped so far; 0 for a night of which more was told."""
    return (kept.night.awakenings or 0) if kept and begun(kept) else 0


def note_awake(store: Store, person: Person, entry_id: str, now: datetime) -> bool:
    """Once more awake. False by day, and where more of this night was told already: then its form is the place."""
    return _count(store, person, 1, entry_id, now)


def undo_awake(store: Store, person: Person, entry_id: str, now: datetime) -> bool:
    """One tap less; the last one takes the night away. False as for `note_awake`."""
    return _count(store, person, -1, entry_id, now)


def _count(store: Store, person: Person, more: int, entry_id: str, now: datetime) -> bool:
    """One transaction: of two taps at the same instant both count, and the same form counts once."""
    day = night_going_on(person, now)
    if day is None:
        return False
    with store.write(person.id) as unit:
        standing = next(iter(entries.between(unit, person.id, Kind.NIGHT, day, day)), None)
        if standing and not only_begun(standing.data):
            return False
        times = (int(standing.data[TAPPED]) if standing else 0) + more
        if times < 0 or entries.get(unit, person.id, entry_id):
            return True
        if times == 0 and standing:
            entries.supersede(unit, person.id, standing.id)
            return True
        night = read_night({TAPPED: str(times)}, day, person.zone)
        if isinstance(night, Refused) or times > MOST:
            return False
        save_entry(unit, person, Entry(entry_id, Kind.NIGHT, day, now, night_to_data(night)), now)
    return True

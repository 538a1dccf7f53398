"""Earlier versions of a night: look at them, and bring one back as a new version. History is never rewritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from companion.domain.entry import Entry, Kind, age
from companion.domain.person import Person
from companion.services.log_night import KeptNight, kept_night
from companion.services.save_entry import Saved, save_entry
from companion.storage import entries
from companion.storage.unit_of_work import Store


@dataclass(frozen=True)
class EarlierNight:
    """`written_at`: when it was written, or when it arrived where the clock of the phone was wrong."""

    kept: KeptNight
    written_at: datetime


def earlier_nights(store: Store, person: Person, wake_date: date) -> Sequence[EarlierNight]:
    """The versions of a night that are not shown and say something else than the one that is, newest first."""
    with store.read() as unit:
        versions = entries.versions(unit, person.id, Kind.NIGHT, wake_date)
    told = [kept_night(entry, person).night for entry in versions if not entry.superseded]
    earlier: list[EarlierNight] = []
    for entry in sorted((each for each in versions if each.superseded), key=age, reverse=True):
        kept = kept_night(entry, person)
        if kept.night not in told:
            told.append(kept.night)
            earlier.append(EarlierNight(kept, age(entry)[0]))
    return earlier


def bring_back(
    store: Store, person: Person, kind: Kind, day: date, entry_id: str, new_id: str, now: datetime
) -> Saved | None:
    """Write an earlier version again, as a new entry. The same `new_id` again changes nothing.

    None where the person has no such earlier version of this kind on this day.
    """
    with store.write(person.id) as unit:
        entry = entries.get(unit, person.id, entry_id)
        if entry is None or (entry.kind, entry.day) != (kind, day) or not entry.superseded:
            return None
        return save_entry(unit, person, Entry(new_id, kind, day, now, entry.data), now)

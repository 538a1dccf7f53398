"""Keep a night, and read nights back with their figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from companion.domain.codes import Refused
from companion.domain.entry import Entry, Kind
from companion.domain.night import (
    Night,
    NightFigures,
    NightSummary,
    figures,
    night_from_data,
    night_to_data,
    read_night,
    summarise,
)
from companion.domain.person import Person
from companion.services.save_entry import save_entry
from companion.storage import entries
from companion.storage.unit_of_work import Store


@dataclass(frozen=True)
class KeptNight:
    entry: Entry
    night: Night
    figures: NightFigures


def log_night(
    store: Store, person: Person, wake_date: date, fields: Mapping[str, str], entry_id: str, now: datetime
) -> Refused | None:
    """Keep the night that ended on `wake_date`. The future cannot be filled in."""
    if wake_date > now.astimezone(person.zone).date():
        return Refused.because("", "person_future_night")
    night = read_night(fields, wake_date, person.zone)
    if isinstance(night, Refused):
        return night
    entry = Entry(entry_id, Kind.NIGHT, wake_date, now, night_to_data(night))
    with store.write() as unit:
        save_entry(unit, person, entry, now)
    return None


def kept_night(entry: Entry, person: Person) -> KeptNight:
    """An entry with its figures again. What was accepted once must be readable: anything else is a bug."""
    night = night_from_data(entry.data, entry.day, person.zone)
    if isinstance(night, Refused):
        raise ValueError(f"night {entry.id} cannot be read back: {night.reasons}")
    measured = figures(night, person.zone)
    if isinstance(measured, Refused):
        raise ValueError(f"night {entry.id} cannot be measured: {measured.reasons}")
    return KeptNight(entry, night, measured)


def nights_between(store: Store, person: Person, first: date, last: date) -> list[KeptNight]:
    with store.read() as unit:
        found = entries.between(unit, person.id, Kind.NIGHT, first, last)
    return [kept_night(entry, person) for entry in found]


def night_of(store: Store, person: Person, wake_date: date) -> KeptNight | None:
    return next(iter(nights_between(store, person, wake_date, wake_date)), None)


def week_summary(nights: list[KeptNight], last: date) -> NightSummary:
    """The means of the seven nights that end with `last`."""
    first = last - timedelta(days=6)
    return summarise((kept.night, kept.figures) for kept in nights if first <= kept.entry.day <= last)

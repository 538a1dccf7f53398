"""The sleep-wake calendar of a person: rows of nights, with the medicine that was noted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from companion.domain.entry import Kind
from companion.domain.night.calendar import CalendarRow, calendar_rows
from companion.domain.person import Person
from companion.services.log_night import KeptNight, kept_night
from companion.services.today import taken_at
from companion.storage import entries
from companion.storage.unit_of_work import Store

DAY = timedelta(days=1)


@dataclass(frozen=True)
class CalendarDay:
    """A row, and the night that is known by its wake date."""

    row: CalendarRow
    kept: KeptNight | None


def read_calendar(store: Store, person: Person, first: date, last: date) -> Sequence[CalendarDay]:
    """The rows of these wake dates, oldest first."""
    with store.read() as unit:
        nights = entries.between(unit, person.id, Kind.NIGHT, first, last + DAY)
        doses = entries.between(unit, person.id, Kind.DOSE, first - 2 * DAY, last + DAY)
    kept = {entry.day: kept_night(entry, person) for entry in nights}
    taken: list[datetime] = [at for entry in doses if entry.data.get("taken") and (at := taken_at(entry))]
    elsewhere = {day: each.zone for day, each in kept.items() if each.zone != person.zone}
    rows = calendar_rows(first, last, [each.night for each in kept.values()], taken, person.zone, elsewhere=elsewhere)
    return [CalendarDay(row, kept.get(row.wake_date)) for row in rows]

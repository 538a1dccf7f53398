"""Keep a night that was typed, and read nights back with their figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from companion.domain.codes import Refused
from companion.domain.entry import Entry, Kind
from companion.domain.night import (
    TIMES_AND_NUMBERS,
    Night,
    NightFigures,
    NightSummary,
    answers_from_drawn,
    lived_night,
    night_to_data,
    night_to_fields,
    possible_moments,
    read_night,
    summarise,
)
from companion.domain.night.one_record import ANSWERED, cleared
from companion.domain.night.row import NOTHING, QUARTER, window
from companion.domain.person import Person
from companion.services.save_entry import save_entry
from companion.storage import entries
from companion.storage.unit_of_work import Store

DRAWN: Final = "drawn"
TYPED: Final = "typed"
"""What counts where a drawing and typed answers differ: the person's answer, "" while they were not asked."""


@dataclass(frozen=True)
class KeptNight:
    """A night with its figures. `zone`: on whose clock it was lived, that of the person wherever that can be."""

    entry: Entry
    night: Night
    figures: NightFigures
    zone: ZoneInfo


def log_night(
    store: Store,
    person: Person,
    wake_date: date,
    fields: Mapping[str, str],
    entry_id: str,
    now: datetime,
    counts: str = "",
) -> Refused | None:
    """Keep the typed answers (`TYPED_FIELDS`) of the night that ended on `wake_date`, beside what was drawn of it.

    Refused where they differ from the drawing, until `counts` says which of the two stands. The future cannot be
    filled in.
    """
    kept = night_of(store, person, wake_date)
    zone = zone_of(kept, person)
    night = read_typed(zone, wake_date, fields, kept.night if kept else None, counts)
    return night if isinstance(night, Refused) else keep_night(store, person, night, entry_id, now, zone)


def zone_of(kept: KeptNight | None, person: Person) -> ZoneInfo:
    """On whose clock a night is told: what is added to one that was lived elsewhere is read as the rest of it."""
    return kept.zone if kept else person.zone


def read_typed(
    zone: ZoneInfo, wake_date: date, fields: Mapping[str, str], kept: Night | None, counts: str
) -> Night | Refused:
    """The typed night with the drawing and the marks that it has already."""
    if kept is None:
        return read_night(fields, wake_date, zone)
    before = night_to_fields(kept)
    same = all(fields.get(name, "") == before[name] for name in TIMES_AND_NUMBERS)
    carried = {"marks": before["marks"], "as_usual": "yes" if kept.as_usual and same else ""}
    if kept.drawn is None or counts == TYPED:
        return read_night({**fields, **carried}, wake_date, zone)
    drawn = carried | {"drawn": before["drawn"]}
    painted = answers_from_drawn(kept.drawn, wake_date, zone)
    if isinstance(painted, Refused):
        return painted
    if counts == DRAWN:
        return read_night({**fields, **drawn, **unanswered(painted)}, wake_date, zone)
    night = read_night({**fields, **drawn}, wake_date, zone)
    typed = read_night({**fields, **carried}, wake_date, zone)
    taken_out = cleared(typed, painted) if isinstance(typed, Night) else ()
    if not taken_out:
        return night
    return Refused((*(night.reasons if isinstance(night, Refused) else ()), *taken_out))


def unanswered(painted: Night) -> dict[str, str]:
    """Empty texts for everything that a drawing answers, so that the drawing fills it in."""
    return {name: "" for name in ANSWERED if getattr(painted, name) is not None}


def keep_night(
    store: Store, person: Person, night: Night, entry_id: str, now: datetime, zone: ZoneInfo | None = None
) -> Refused | None:
    """Keep a night as the newest version; a night that is not over yet, on the clock of `zone`, is refused."""
    refused = not_over(night, zone or person.zone, now)
    if refused:
        return refused
    entry = Entry(entry_id, Kind.NIGHT, night.wake_date, now, night_to_data(night))
    with store.write(person.id) as unit:
        save_entry(unit, person, entry, now)
    return None


def not_over(night: Night, zone: ZoneInfo, now: datetime) -> Refused | None:
    """Why a night cannot be kept yet: its day, a clock time or a painted quarter is still to come.

    A clock time may run a quarter hour ahead: it is rounded when it is told.
    """
    if night.wake_date > now.astimezone(zone).date():
        return Refused.because("", "person_future_night")
    if night.drawn:
        painted = len(night.drawn.quarters.rstrip(NOTHING)) - 1
        if window(night.wake_date, zone, night.drawn.begins).instant(painted) > now:
            return Refused.because("drawn", "night_drawn_future")
    known = possible_moments(night, zone)[0].known()
    late = [name for name, moment in known if moment > now + QUARTER]
    return Refused.because(late[-1], "night_not_over") if late else None


def kept_night(entry: Entry, person: Person) -> KeptNight:
    """An entry with its figures again. What was accepted once must be readable: anything else is a bug."""
    lived = lived_night(entry.data, entry.day, person.zone)
    if isinstance(lived, Refused):
        raise ValueError(f"night {entry.id} cannot be read back: {lived.reasons}")
    return KeptNight(entry, lived.night, lived.figures, lived.zone)


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

"""The wind-down list of a person: read it, change it, put back what was just taken off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from companion.domain.codes import Refused
from companion.domain.entry import Entry, Kind
from companion.domain.person import Person
from companion.domain.wind_down import Steps, gone, steps_from_data, steps_to_data
from companion.services import only_one
from companion.storage.unit_of_work import Store


@dataclass(frozen=True)
class WindDown:
    """`version` names the list as it was seen, "" before there is one. `gone` was taken off last, to be put back."""

    steps: Steps
    version: str = ""
    gone: Steps = ()


def steps_of(entry: Entry | None) -> Steps:
    found = steps_from_data(entry.data) if entry else ()
    if isinstance(found, Refused):
        raise ValueError(f"wind-down list {entry.id if entry else ''} cannot be read back: {found.reasons}")
    return found


def read_wind_down(store: Store, person: Person) -> WindDown:
    with store.read() as unit:
        entry = only_one.newest(unit, person, Kind.WIND_DOWN)
        if entry is None:
            return WindDown(())
        now = steps_of(entry)
        return WindDown(now, entry.id, gone(steps_of(only_one.before(unit, person, Kind.WIND_DOWN)), now))


def change_wind_down(
    store: Store, person: Person, change: Callable[[Steps], Steps | Refused], entry_id: str, now: datetime
) -> Refused | None:
    """Keep the list as `change` makes it of what it is. The same form sent twice is one change."""
    with store.write(person.id) as unit:
        found = change(steps_of(only_one.newest(unit, person, Kind.WIND_DOWN)))
        if isinstance(found, Refused):
            return found
        only_one.keep(unit, person, Kind.WIND_DOWN, steps_to_data(found), entry_id, now)
    return None


def put_back(store: Store, person: Person, version: str, entry_id: str, now: datetime) -> None:
    """The list as it was before this version; nothing where it went on since."""
    with store.write(person.id) as unit:
        standing = only_one.newest(unit, person, Kind.WIND_DOWN)
        old = only_one.before(unit, person, Kind.WIND_DOWN)
        if standing and old and standing.id == version:
            only_one.keep(unit, person, Kind.WIND_DOWN, old.data, entry_id, now)


def forget_gone(store: Store, person: Person) -> None:
    """What was taken off is kept nowhere any more."""
    with store.write(person.id) as unit:
        empty = not steps_of(only_one.newest(unit, person, Kind.WIND_DOWN))
        only_one.forget_before(unit, person, Kind.WIND_DOWN, empty=empty)

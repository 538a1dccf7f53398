"""What someone has only one of, and may change as often as they like: its newest version, and the one before.

Unlike what is noted of a day, older versions do not stay: the one before is there to put back, and goes with the next
change, or when the person says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from companion.domain.entry import Entry, Kind
from companion.domain.person import Person
from companion.storage import entries
from companion.storage.unit_of_work import Unit


def newest(unit: Unit, person: Person, kind: Kind) -> Entry | None:
    """What stands."""
    return entries.latest(unit, person.id, kind)


def before(unit: Unit, person: Person, kind: Kind) -> Entry | None:
    """The version before what stands; None where there is none."""
    old = [each for each in entries.everything(unit, person.id, kind) if each.superseded]
    return max(old, key=_order, default=None)


def keep(unit: Unit, person: Person, kind: Kind, data: Mapping[str, Any], entry_id: str, now: datetime) -> None:
    """A new version under this id. The same id again, or nothing that changed, changes nothing."""
    standing = newest(unit, person, kind)
    if entries.get(unit, person.id, entry_id) or (standing and standing.data == data):
        return
    day, written = person.day(now), now
    if standing:
        day = max(day, standing.day)
        written = max(now, standing.recorded_at + timedelta(microseconds=1))
    entries.remove(unit, person.id, kind)
    if standing:
        entries.put(unit, person.id, [replace(standing, superseded=True)])
    entries.add(unit, person.id, [Entry(entry_id, kind, day, written, data)], now)


def forget_before(unit: Unit, person: Person, kind: Kind, *, empty: bool) -> None:
    """Nothing stays but what stands; nothing at all where that is `empty`."""
    standing = newest(unit, person, kind)
    entries.remove(unit, person.id, kind)
    if standing and not empty:
        entries.put(unit, person.id, [standing])


def _order(entry: Entry) -> tuple[object, ...]:
    return (entry.day, entry.recorded_at, entry.id)

"""Whose turn it is to make the night's backup: one clock's, of all that share a database."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from companion.storage.key_tables import BackupRow
from companion.storage.unit_of_work import Unit

NIGHTLY: Final = "scheduled"


def take(unit: Unit, slot: datetime, now: datetime, until: datetime) -> bool:
    """Whether it is ours: none was made since `slot`, and nobody is busy with it. It stays ours until `until`."""
    row = unit.session.get(BackupRow, NIGHTLY) or BackupRow(name=NIGHTLY)
    if (row.at and row.at >= slot) or (row.busy_until and row.busy_until > now):
        return False
    row.busy_until = until
    unit.session.add(row)
    return True


def put_off(unit: Unit, until: datetime) -> None:
    """It did not succeed: nobody tries before then."""
    unit.session.merge(BackupRow(name=NIGHTLY, at=last(unit), busy_until=until))


def done(unit: Unit, now: datetime) -> None:
    unit.session.merge(BackupRow(name=NIGHTLY, at=now, busy_until=None))


def last(unit: Unit) -> datetime | None:
    """When the last one was made."""
    row = unit.session.get(BackupRow, NIGHTLY)
    return row.at if row else None

"""Whether the database answers, which one it is (SQLite 3.40.1 has the WAL-reset bug, facts/tech.md §0.2), whether its
schema is the newest, when a clock last went round and when it last made a backup."""

from __future__ import annotations

from datetime import datetime

from companion.storage import backup_turns, clock_rounds, health
from companion.storage.outage import OUTAGES
from companion.storage.unit_of_work import Store


def check_health(store: Store) -> tuple[str, str] | None:
    """The name of the database and its version; None when it does not answer."""
    return health.version(store)


def not_ready(store: Store) -> str | None:
    """Why no requests should come here now; None when they may."""
    try:
        return None if health.is_newest(store) else "the schema is not the newest: companion migrate"
    except OUTAGES:
        return "the database does not answer"


def last_round(store: Store) -> datetime | None:
    """When a clock last went round; None before the first time. More than two minutes ago: no clock runs."""
    with store.read() as unit:
        return clock_rounds.latest(unit)


def last_backup(store: Store) -> datetime | None:
    """When a clock last made the night's backup; None before the first."""
    with store.read() as unit:
        return backup_turns.last(unit)

"""Whether the database answers, which one it is (SQLite 3.40.1 has the WAL-reset bug, facts/tech.md §0.2), and when a
clock last went round."""

from __future__ import annotations

from datetime import datetime

from companion.storage import clock_rounds, health
from companion.storage.unit_of_work import Store


def check_health(store: Store) -> tuple[str, str] | None:
    """The name of the database and its version; None when it does not answer."""
    return health.version(store)


def last_round(store: Store) -> datetime | None:
    """When a clock last went round; None before the first time. More than two minutes ago: no clock runs."""
    with store.read() as unit:
        return clock_rounds.latest(unit)

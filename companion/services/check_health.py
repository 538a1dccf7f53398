"""Whether the database answers, and which SQLite it is (3.40.1 has the WAL-reset bug, facts/tech.md §0.2)."""

from __future__ import annotations

from companion.storage import health
from companion.storage.unit_of_work import Store


def check_health(store: Store) -> str:
    with store.read() as unit:
        return health.sqlite_version(unit)

"""Whether the database answers, and which one it is (SQLite 3.40.1 has the WAL-reset bug, facts/tech.md §0.2)."""

from __future__ import annotations

from companion.storage import health
from companion.storage.unit_of_work import Store


def check_health(store: Store) -> tuple[str, str] | None:
    """The name of the database and its version; None when it does not answer."""
    return health.version(store)

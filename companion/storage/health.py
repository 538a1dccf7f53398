"""Asking the database whether it is there."""

from __future__ import annotations

from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from companion.storage.migrate import newest
from companion.storage.unit_of_work import Store

_VERSION = {"sqlite": "SELECT sqlite_version()", "postgresql": "SHOW server_version"}


def version(store: Store) -> tuple[str, str] | None:
    """Which database answers and its version; None when none does."""
    name = store.engine.dialect.name
    try:
        with store.read() as unit:
            return name, str(unit.session.connection().execute(text(_VERSION[name])).scalar())
    except OperationalError:
        return None


def is_newest(store: Store) -> bool:
    """Whether the schema is the one that this program was written for. Raises what an outage raises."""
    with store.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_heads() == newest()

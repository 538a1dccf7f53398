"""The database engine: SQLite for one machine, PostgreSQL for many. Both give the same promises (docs/adr/0008).

- What was answered as kept is on the disk.
- What a writing transaction reads, no other one changes before it ends: no update is lost.
- A reading transaction sees one moment.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Engine, make_url
from sqlalchemy.exc import ArgumentError

from companion.storage import sqlite

_MEANT: Final = "It begins with sqlite:/// or postgresql+psycopg://."


class Unreachable(Exception):
    """The database does not answer, or not to us. The message is one line and holds no secret."""


def make_engine(database_url: str) -> Engine:
    """An engine for a database address. Raises ValueError for one that is neither of the two."""
    try:
        url = make_url(database_url)
    except (ArgumentError, ValueError):  # its text may hold the password
        raise ValueError(f"DATABASE_URL cannot be read. {_MEANT}") from None
    if url.drivername == "sqlite":
        return sqlite.make(url)
    if url.drivername != "postgresql+psycopg":
        raise ValueError(f"DATABASE_URL: {url.drivername}:// is not known here. {_MEANT}")
    from companion.storage import postgresql  # noqa: PLC0415  # its driver takes long to import: only who uses it pays

    return postgresql.make(url)


def reader(engine: Engine) -> Engine:
    """The same engine for transactions that only read: one moment, also when others write meanwhile."""
    if engine.dialect.name == "sqlite":
        return engine  # BEGIN gives that
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

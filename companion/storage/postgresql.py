"""PostgreSQL: what `BEGIN IMMEDIATE` gives on SQLite, by advisory locks that end with their transaction.

Each statement of a READ COMMITTED transaction sees what was committed before it. Once the lock is there, nobody else
changes what it is about: what was read still stands when it is written. Docs: PostgreSQL 15, §13.2.1 and §13.3.5.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

from psycopg.types.string import StrDumperUnknown
from sqlalchemy import URL, Engine, create_engine, event, text
from sqlalchemy.engine import Connection

from companion.storage.options import BESIDE, WAIT, WRITES

_HOUSE: Final = (1634624372, 1)
_OF_PERSON: Final = 1634624373
"""Names of our locks: any two numbers that others on the same database are not likely to use."""

_LIMITS = "set_config('lock_timeout', :wait, true), set_config('idle_in_transaction_session_timeout', '60s', true)"
"""A machine that vanished half way keeps nobody waiting for ever."""

_ALL = text(f"SELECT {_LIMITS}, pg_advisory_xact_lock(:house, :room)")
_BESIDE = text(f"SELECT {_LIMITS}, pg_advisory_xact_lock_shared(:house, :room)")
_ONE = text(f"SELECT {_LIMITS}, pg_advisory_xact_lock_shared(:house, :room), pg_advisory_xact_lock(:of, :person)")


def make(url: URL) -> Engine:
    """`pool_pre_ping`: a database that was started again is found again, without an error for anyone.
    `hide_parameters`: an error that is logged quotes nobody."""
    engine = create_engine(url, isolation_level="READ COMMITTED", pool_pre_ping=True, hide_parameters=True)
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _hold)
    return engine


class _Text(StrDumperUnknown):
    """PostgreSQL's text has no U+0000. Nothing we keep holds it; who asks for it finds nothing, as on SQLite."""

    def dump(self, obj: str) -> Any:
        return super().dump(obj.replace("\0", "\ufffd"))


def _settle(connection: Any, _record: object) -> None:
    connection.adapters.register_dumper(str, _Text)


def _hold(connection: Connection) -> None:
    """A writing transaction begins: alone in the house, or beside others: alone with one person, or with some rows."""
    options = connection.get_execution_options()
    person = options.get(WRITES)
    if person is None:
        return
    given = {"wait": options.get(WAIT, "5s"), "house": _HOUSE[0], "room": _HOUSE[1]}
    if person == BESIDE:
        connection.execute(_BESIDE, given)
    elif person:
        connection.execute(_ONE, given | {"of": _OF_PERSON, "person": _number(person)})
    else:
        connection.execute(_ALL, given)


def _number(person_id: str) -> int:
    """A number of 32 bits. Two people who share one wait for each other now and then, and that is all."""
    return int.from_bytes(hashlib.sha256(person_id.encode()).digest()[:4], signed=True)

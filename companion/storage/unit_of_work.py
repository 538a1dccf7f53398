"""One transaction: everything in it happens, or nothing does."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Executable
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from companion.storage import keys
from companion.storage.engine import reader
from companion.storage.options import EVERYONE, WRITES
from companion.storage.seal import Seal
from companion.storage.wrapping import Ring

T = TypeVar("T")


class Unstorable(Exception):
    """The database has a rule that this breaks: it belongs to someone else, or points at what is not there."""


class Unit:
    """An open transaction. Storage modules use `session` and `seal`; services only pass it on."""

    def __init__(self, session: Session, seal: Seal, *, reads: bool = False) -> None:
        self.session = session
        self.seal = seal
        self.reads = reads
        self.ahead: dict[Hashable, Any] = {}
        self._answers: dict[Hashable, Any] = {}

    @cached_property
    def connection(self) -> Connection:
        """The one connection of this transaction."""
        return self.session.connection()

    def rows(self, question: Executable, **values: object) -> Sequence[Any]:
        """The rows that a question finds, as they stand: many at once need no objects that the session looks after.

        What was added in this transaction is among them.
        """
        self.session.flush()
        return self.connection.execute(question, values).all()

    def once(self, question: Hashable, ask: Callable[[], T]) -> T:
        """What a question finds. A transaction that only reads sees one moment, so it asks each question once, and its
        answers go with it; one that writes asks every time."""
        if not self.reads:
            return ask()
        if question not in self._answers:
            self._answers[question] = ask()
        answer: T = self._answers[question]
        return answer

    def run(self, statement: Executable, each: Sequence[Mapping[str, Any]]) -> None:
        """The same statement, once with each of these values. Statements for many go past the session too."""
        if each:
            self.connection.execute(statement, each)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Store:
    """Opens transactions on one engine. `instance` is the folder of what belongs to this machine only."""

    def __init__(self, engine: Engine, ring: Ring, instance: Path, now: Callable[[], datetime] = _utc_now) -> None:
        self.engine = engine
        self.ring = ring
        self.instance = instance
        self.now = now
        self._reader = reader(engine)
        self._house_key: bytes | None = None
        self._here = threading.local()

    def house_key(self) -> bytes:
        """The key of marks: made when there is none yet, then the same for every process.

        Raises WrongKey when our DATA_KEY is not the one of this database.
        """
        if self._house_key is None:
            with Session(self._reader) as session:
                found = keys.house_key(session, self.ring)
            if found is None:
                with Session(self.engine) as session:
                    session.connection(execution_options={WRITES: EVERYONE})
                    keys.make_house_key(session, self.ring, self.now())
                    found = keys.house_key(session, self.ring)
                    session.commit()
            self._house_key = found
        assert self._house_key  # noqa: S101  # just made
        return self._house_key

    def forget_house_key(self) -> None:
        """Another database was put in place of this one."""
        self._house_key = None

    def _unit(self, session: Session, house_key: bytes, *, reads: bool = False) -> Unit:
        return Unit(session, Seal(session, self.ring, house_key, self.now()), reads=reads)

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """A consistent view; nothing is written. Within `one_moment` it is the view of that moment."""
        moment: Unit | None = getattr(self._here, "moment", None)
        if moment:
            yield moment
            return
        key = self.house_key()
        with Session(self._reader, expire_on_commit=False) as session:
            yield self._unit(session, key, reads=True)

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """Whatever this thread reads until the end is read in one transaction: a page that asks many services sees one
        moment, and asks nothing twice. What is written meanwhile is not seen in it."""
        with self.read() as unit:
            before, self._here.moment = getattr(self._here, "moment", None), unit
            try:
                yield
            finally:
                self._here.moment = before

    @contextmanager
    def joined(self, connection: Connection) -> Iterator[Unit]:
        """In a writing transaction that somebody else began and ends, on whatever database it is."""
        with Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as session:
            yield self._unit(session, keys.house_key(session, self.ring) or b"")
            session.commit()

    @contextmanager
    def write(self, person_id: str = EVERYONE) -> Iterator[Unit]:
        """A writing transaction, committed when the block ends well and rolled back when it raises.
        Raises Unstorable where a rule of the database says no.

        What is read in it still stands when it ends: nobody else writes meanwhile. With `person_id` others may write
        about other people; then everything that is written, and whatever decides about it, is of that person. BESIDE in
        its place: it locks the rows it is about itself.
        """
        key = self.house_key()
        with Session(self.engine, expire_on_commit=False) as session:
            session.connection(execution_options={WRITES: person_id})
            try:
                yield self._unit(session, key)
                session.commit()
            except IntegrityError as error:
                raise Unstorable(str(error.orig).splitlines()[0]) from error

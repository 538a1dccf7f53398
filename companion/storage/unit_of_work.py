"""One transaction: everything in it happens, or nothing does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, Executable
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from companion.storage.engine import reader
from companion.storage.options import EVERYONE, WRITES
from companion.storage.seal import Seal


class Unstorable(Exception):
    """The database has a rule that this breaks: it belongs to someone else, or points at what is not there."""


class Unit:
    """An open transaction. Storage modules use `session` and `seal`; services only pass it on."""

    def __init__(self, session: Session, seal: Seal) -> None:
        self.session = session
        self.seal = seal

    def rows(self, question: Executable) -> Sequence[Any]:
        """The rows that a question finds, as they stand: many at once need no objects that the session looks after."""
        return self.session.connection().execute(question).all()

    def run(self, statement: Executable, each: Sequence[Mapping[str, Any]]) -> None:
        """The same statement, once with each of these values. Statements for many go past the session too."""
        if each:
            self.session.connection().execute(statement, each)


class Store:
    """Opens transactions on one engine."""

    def __init__(self, engine: Engine, seal: Seal) -> None:
        self.engine = engine
        self._seal = seal
        self._reader = reader(engine)

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """A consistent view; nothing is written."""
        with Session(self._reader, expire_on_commit=False) as session:
            yield Unit(session, self._seal)

    @contextmanager
    def write(self, person_id: str = EVERYONE) -> Iterator[Unit]:
        """A writing transaction, committed when the block ends well and rolled back when it raises.
        Raises Unstorable where a rule of the database says no.

        What is read in it still stands when it ends: nobody else writes meanwhile. With `person_id` others may write
        about other people; then everything that is written, and whatever decides about it, is of that person. BESIDE in
        its place: it locks the rows it is about itself.
        """
        with Session(self.engine, expire_on_commit=False) as session:
            session.connection(execution_options={WRITES: person_id})
            try:
                yield Unit(session, self._seal)
                session.commit()
            except IntegrityError as error:
                raise Unstorable(str(error.orig)) from error

"""A copy put in place of the database: with the keys of its people, without anybody who was erased since, and with
what people withdrew or stopped since withdrawn and stopped.

Everything is decided before anything is changed, and changed in one transaction: whoever is killed half way has the
database of before. Servers that run go on with what was put back.
"""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.util.exc import CommandError
from sqlalchemy import Connection, delete, func, insert, inspect, select, text, update

from companion.storage import sqlite
from companion.storage.backup import TAKEN, Impossible, Tell, check_sqlite, program
from companion.storage.ended import Ended, EndedAgain
from companion.storage.files import part_of
from companion.storage.key_copies import ERASED, HOUSE, KEYS, Keys, of_database
from companion.storage.key_tables import BackupRow
from companion.storage.migrate import configuration
from companion.storage.options import EVERYONE, WAIT, WRITES
from companion.storage.sealed import tables as sealed_tables
from companion.storage.tables import Base
from companion.storage.unit_of_work import Store, Unit
from companion.storage.wrapping import Wrapped

SQLITE: Final = b"SQLite format 3\0"
POSTGRESQL: Final = b"PGDMP"
PEOPLE: Final = Base.metadata.tables["person"]
BACKUP: Final = Base.metadata.tables[str(BackupRow.__tablename__)]


EndAgain = Callable[[Unit, Ended], EndedAgain]
"""What ends again in what was put back."""


class WouldOverwrite(Exception):
    """People live in the database."""

    def __init__(self, people: int) -> None:
        super().__init__()
        self.people = people


class WithoutKeys(Exception):
    """Of so many people in the copy there are words and no key: those words would be lost."""

    def __init__(self, people: int) -> None:
        super().__init__()
        self.people = people


@dataclass(frozen=True)
class Restored:
    """When the copy was made (None: it does not say), who lives here now, who was erased since and is left out, whose
    words cannot be read, and what had ended since."""

    taken_at: datetime | None
    people: int
    erased: int
    without_words: int
    ended: EndedAgain


Finish = Callable[[Connection, Keys], Restored]


def restore(
    store: Store, path: Path, known: Keys, end_again: EndAgain, *, force: bool, without_words: bool, tell: Tell
) -> Restored:
    """Raises Impossible, WouldOverwrite or WithoutKeys; then nothing is changed."""
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError as error:
        raise Impossible(f"file: {path} cannot be read ({error.strerror}).") from error
    name = store.engine.dialect.name
    if not start.startswith(SQLITE if name == "sqlite" else POSTGRESQL):
        raise Impossible(f"file: {path} is not a backup of a database like this one ({name}).")
    with store.engine.connect() as connection:
        living = _living(connection)
        known = known.and_also(of_database(connection))
    if living and not force:
        raise WouldOverwrite(living)
    put_back = _sqlite if name == "sqlite" else _postgresql
    return put_back(store, path, known, lambda each, keys: _finish(store, each, keys, end_again, without_words), tell)


def _living(connection: Connection) -> int:
    if not inspect(connection).has_table(PEOPLE.name):
        return 0
    return int(connection.execute(select(func.count()).select_from(PEOPLE)).scalar_one())


def _finish(store: Store, connection: Connection, known: Keys, end_again: EndAgain, without_words: bool) -> Restored:
    """The copy is there: bring it to the newest schema, take out who was erased, give everyone their key, and end what
    they ended."""
    config = configuration()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise Impossible("file: this backup was made by a newer version; update first.") from error
    taken_at = connection.execute(select(BACKUP.c.at).where(BACKUP.c.name == TAKEN)).scalar()
    everyone = list(connection.execute(select(PEOPLE.c.id)).scalars())
    gone = [one for one in everyone if known.erased_since(one, taken_at)]
    for one in gone:
        connection.execute(delete(PEOPLE).where(PEOPLE.c.id == one))
    connection.execute(delete(KEYS))
    rows, lost = [], []
    for one in sorted(set(everyone) - set(gone)):
        key = known.key_of(one, store.ring)
        if key:
            wrapped = key.wrapped
            rows.append({"person_id": one, "wrapped": wrapped.text, "wrapped_with": wrapped.by, "made_at": key.made_at})
        elif _has_words(connection, one):
            lost.append(one)
    if lost and not without_words:
        raise WithoutKeys(len(lost))
    for one in lost:
        _take_words_away(connection, one)
    if rows:
        connection.execute(insert(KEYS), rows)
    connection.execute(delete(ERASED))
    if known.erased:
        connection.execute(insert(ERASED), [{"digest": digest, "at": at} for digest, at in known.erased.items()])
    connection.execute(delete(BACKUP))
    _key_of_house(store, connection, known)
    with store.joined(connection) as unit:
        ended = end_again(unit, known.ended)
    return Restored(taken_at, len(everyone) - len(gone), len(gone), len(lost), ended)


def _key_of_house(store: Store, connection: Connection, known: Keys) -> None:
    """That of the copy; where our DATA_KEY does not open it any more, the same one as it was wrapped since."""
    mine = connection.execute(select(HOUSE.c.wrapped, HOUSE.c.wrapped_with)).first()
    if mine and not store.ring.opens(Wrapped(*mine)):
        usable = [each for each in known.house if store.ring.opens(each.wrapped)]
        if not usable:
            raise Impossible("DATA_KEY: it is not the one of this backup; name the one of then in DATA_KEY_OLD.")
        wrapped = usable[0].wrapped
        connection.execute(update(HOUSE).values(wrapped=wrapped.text, wrapped_with=wrapped.by))


def _has_words(connection: Connection, person_id: str) -> bool:
    for table, columns in sealed_tables():
        for name in columns:
            here = (table.c.person_id == person_id, table.c[name].startswith("2."))
            if connection.execute(select(table.c.person_id).where(*here).limit(1)).first():
                return True
    return False


def _take_words_away(connection: Connection, person_id: str) -> None:
    """Words without a key are nothing any more: pages show the rest."""
    for table, columns in sealed_tables():
        if table.name == "mail_address":
            connection.execute(delete(table).where(table.c.person_id == person_id))
            continue
        for name in columns:
            here = (table.c.person_id == person_id, table.c[name].startswith("2."))
            connection.execute(update(table).where(*here).values({name: ""}))


# SQLite


def _sqlite(store: Store, path: Path, known: Keys, finish: Finish, tell: Tell) -> Restored:
    """Made ready aside, then copied in one step: in WAL mode that is one transaction, also for servers that run."""
    target = Path(str(store.engine.url.database))
    with part_of(target) as aside:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as copy:
            check_sqlite(copy, path)
            with closing(sqlite3.connect(aside)) as made:
                copy.backup(made)
        engine = sqlite.make(store.engine.url.set(database=str(aside)))
        try:
            with engine.connect().execution_options(**{WRITES: EVERYONE}) as connection, connection.begin():
                done = finish(connection, known)
        finally:
            engine.dispose()
        tell(aside.stat().st_size // 1_000_000)
        with closing(sqlite3.connect(aside)) as made, closing(sqlite3.connect(target, timeout=30)) as live:
            live.execute("PRAGMA synchronous=FULL")
            live.execute("PRAGMA secure_delete=ON")
            made.backup(live)
            live.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return done


# PostgreSQL


def _postgresql(store: Store, path: Path, known: Keys, finish: Finish, tell: Tell) -> Restored:
    """Everything in one transaction that is alone in the house: servers that run wait for it."""
    told = store.engine.connect().execution_options(**{WRITES: EVERYONE, WAIT: "5min"})
    with told as connection, connection.begin():
        known = known.and_also(of_database(connection))
        for name in [*Base.metadata.tables, "alembic_version"]:
            connection.execute(text(f'DROP TABLE IF EXISTS public."{name}" CASCADE'))
        with _script(path) as lines:
            _play(connection, lines, tell)
        return finish(connection, known)


@contextmanager
def _script(path: Path) -> Iterator[Iterator[str]]:
    """The statements in a copy of pg_dump. Raises Impossible when it cannot be read to its end."""
    words = [program("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(path)]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"}
    with subprocess.Popen(words, **pipes) as made:  # noqa: S603  # our own words, no shell
        assert made.stdout  # noqa: S101
        assert made.stderr  # noqa: S101
        try:
            yield iter(made.stdout)
        finally:
            made.stdout.close()
            said = made.stderr.read().strip().splitlines()
            made.wait()
        if made.returncode:
            raise Impossible(f"file: {path} cannot be read ({(said or ['no reason given'])[0]}).")


def _play(connection: Connection, lines: Iterator[str], tell: Tell) -> None:
    """What pg_restore writes: statements that end with a line, and rows after COPY until a line with a backslash and
    a point. Settings of its session are left aside."""
    driver: Any = connection.connection.driver_connection
    cursor = driver.cursor()
    statement, rows = "", 0
    for line in lines:
        if not statement and (
            not line.strip() or line.startswith(("--", "\\", "SET ", "SELECT pg_catalog.set_config"))
        ):
            continue
        statement += line
        if not line.rstrip().endswith(";"):
            continue
        if statement.startswith("COPY "):
            with cursor.copy(statement.rstrip().rstrip(";")) as copy:
                for row in lines:
                    if row == "\\.\n":
                        break
                    copy.write(row)
                    rows += 1
                    tell(rows)
        else:
            cursor.execute(statement)
        statement = ""
    cursor.close()

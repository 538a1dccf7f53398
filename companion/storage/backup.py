"""A consistent copy of the database in one file, while people write; without keys and without who was erased.

SQLite: `VACUUM INTO` in one step (an incremental backup never ends under a writer, facts/tech.md §0.10), then looked
over. PostgreSQL: `pg_dump` in its own format, read through once. Nothing is overwritten, and no half copy has a name.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from companion.storage import key_copies
from companion.storage.files import part_of, put_new
from companion.storage.key_tables import BackupRow
from companion.storage.unit_of_work import Store

LEFT_OUT: Final = ("person_key", "erased")
TAKEN: Final = "taken"

Tell = Callable[[int], None]


class Impossible(Exception):
    """It cannot be done; the message is one sentence and holds no secret."""


def back_up(store: Store, path: Path, keys_path: Path, now: datetime, tell: Tell) -> None:
    """The copy, and beside it the keys of now. Raises Impossible or FileExistsError; then there is no copy.

    The keys are written first, so that a copy that is there can always be read.
    """
    if path.exists():
        raise FileExistsError(path)
    copy = _postgresql if store.engine.dialect.name == "postgresql" else _sqlite
    try:
        with part_of(path) as part:
            copy(store, part, now, tell)
            with store.engine.connect() as connection:
                found = key_copies.of_now(connection, now)
            key_copies.write(keys_path, key_copies.as_of_now(found, keys_path))
            put_new(part, path)
    except FileExistsError:
        raise
    except (OSError, sqlite3.Error, SQLAlchemyError, key_copies.Unreadable) as error:
        raise Impossible(f"{path} could not be written ({_cause(error)}).") from error


def _cause(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(getattr(error, "orig", error)).strip().splitlines()[0]


# SQLite


def _sqlite(store: Store, part: Path, now: datetime, tell: Tell) -> None:
    source = Path(str(store.engine.url.database))
    if not source.exists():
        raise Impossible(f"DATABASE_URL: there is no database {source}.")
    with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=rw", uri=True, timeout=30)) as connection:
        connection.set_progress_handler(lambda: _watch(part, tell), 100_000)
        connection.isolation_level = None
        connection.execute("VACUUM INTO ?", (str(part),))
    with closing(sqlite3.connect(part, isolation_level=None)) as copy:
        copy.execute("PRAGMA secure_delete=ON")
        copy.execute("BEGIN")
        tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for name in tables.intersection(LEFT_OUT):
            copy.execute(f"DELETE FROM {name}")  # noqa: S608  # our own fixed words
        if BackupRow.__tablename__ in tables:
            said = now.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
            copy.execute("DELETE FROM backup")
            copy.execute("INSERT INTO backup (name, at) VALUES (?, ?)", (TAKEN, said))
        copy.execute("COMMIT")
        check_sqlite(copy, part)


def check_sqlite(connection: sqlite3.Connection, path: Path) -> None:
    """Raises Impossible when the file is damaged."""
    wrong = [line for (line,) in connection.execute("PRAGMA integrity_check") if line != "ok"]
    if wrong or connection.execute("PRAGMA foreign_key_check").fetchone():
        raise Impossible(f"{path.name.lstrip('.')}: the copy is damaged ({wrong[:1] or 'a row of nobody'}).")


def _watch(part: Path, tell: Tell) -> int:
    tell(part.stat().st_size // 1_000_000 if part.exists() else 0)
    return 0


# PostgreSQL


def _postgresql(store: Store, part: Path, now: datetime, tell: Tell) -> None:
    with store.write() as unit:  # it stands in the copy: what was erased after this instant is taken out at a restore
        unit.session.merge(BackupRow(name=TAKEN, at=now))
    words = ["--format=custom", "--no-owner", "--no-privileges", f"--file={part}"]
    words += [f"--exclude-table-data=public.{name}" for name in LEFT_OUT]
    run("pg_dump", words, store.engine, lambda: _watch(part, tell))
    run("pg_restore", ["--file=/dev/null", str(part)], None, lambda: None)  # every byte can be read again


def program(name: str) -> str:
    """Where a program of PostgreSQL is. Raises Impossible when it is not installed."""
    found = shutil.which(name)
    if found is None:
        raise Impossible(f"{name} is not installed here: install Debian's postgresql-client.")
    return found


def surroundings(engine: Engine) -> dict[str, str]:
    """How PostgreSQL's programs reach the database: in the environment, which nobody else can read."""
    url = engine.url
    given = {
        "PGHOST": url.host,
        "PGPORT": str(url.port) if url.port else None,
        "PGUSER": url.username,
        "PGPASSWORD": str(url.password) if url.password else None,
        "PGDATABASE": url.database,
    } | {f"PG{name.upper()}": value for name, value in url.query.items() if isinstance(value, str)}
    return dict(os.environ) | {name: value for name, value in given.items() if value}


def run(name: str, words: list[str], engine: Engine | None, meanwhile: Callable[[], object]) -> None:
    """A program of PostgreSQL to its end. Raises Impossible with the first line of what it said."""
    environment = surroundings(engine) if engine else None
    with subprocess.Popen(  # noqa: S603  # our own words, no shell
        [program(name), *words], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            while process.poll() is None:
                meanwhile()
                time.sleep(0.05)
        except BaseException:
            process.kill()
            raise
        said = process.stderr.read() if process.stderr else ""
    if process.returncode:
        raise Impossible(f"{name} did not succeed ({(said.strip().splitlines() or ['no reason given'])[0]}).")

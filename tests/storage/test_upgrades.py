"""From every earlier schema with people in it to the newest one: every row and every word is still there."""

from __future__ import annotations

import json
import os
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Column, Connection, MetaData, Table, insert, select

from companion.bootstrap import House, build, migrate
from companion.services.rotate_keys import seal_old_words
from companion.storage.migrate import configuration
from companion.storage.sealed import SEALED
from companion.storage.wrapping import DataKey
from tests.build import Clock, rows, settings_in
from tests.engines import SQLITE, Databases

REVISIONS = [each.revision for each in ScriptDirectory.from_config(configuration()).walk_revisions()][::-1]
OLD_SEAL = {str(row.__tablename__): columns for row, columns in SEALED.items()}
NEWER = {"person_key", "house_key", "erased", "backup"}
SECRET = "woorden van toen"


@pytest.fixture
def old(engine: str, tmp_path: Path, clock: Clock, request: pytest.FixtureRequest) -> Iterator[House]:
    """A house without any table."""
    given = {}
    if engine != SQLITE:
        databases: Databases = request.getfixturevalue("databases")
        given["database_url"] = databases.server.url(databases.server.database())
    tmp_path.joinpath("instance").mkdir()
    house = build(settings_in(tmp_path / "instance", **given), clock)
    yield house
    house.store.engine.dispose()


def upgrade(connection: Connection, revision: str) -> None:
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def sealed_then(house: House, text: str, person_id: str) -> str:
    """As words were sealed before there were keys of people."""
    nonce = os.urandom(12)
    cipher = AESGCM(DataKey(house.settings.data_key).legacy)
    return "1." + urlsafe_b64encode(nonce + cipher.encrypt(nonce, text.encode(), person_id.encode())).decode()


def value(house: House, column: Column[Any], number: int, person_id: str) -> Any:
    table = column.table.name
    if column.name in OLD_SEAL.get(table, ()) and "person_key" not in column.table.metadata.tables:
        return sealed_then(house, f"{SECRET} {table}.{column.name}", person_id)
    if column.name in OLD_SEAL.get(table, ()):
        return ""
    kind = column.type.python_type
    if kind is datetime:
        return datetime(2026, 5, 1, 12, number % 60, tzinfo=UTC if getattr(column.type, "timezone", False) else None)
    if kind is date:
        return date(2026, 5, 1)
    if kind in {bool, int, float}:
        return kind(1)
    if kind is bytes:
        return bytes([number % 256])
    return f"{column.name} {number}"[: getattr(column.type, "length", None) or 100]


def fill(house: House, connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """A row for two people in every table there is, parents first, whatever the schema is."""
    metadata = MetaData()
    metadata.reflect(connection)
    numbers = count(1)
    made: dict[str, list[dict[str, Any]]] = {}
    for table in metadata.sorted_tables:
        if table.name in {"alembic_version"} | NEWER:
            continue
        made[table.name] = [row_of(house, table, made, person, next(numbers)) for person in (0, 1)]
        connection.execute(insert(table), made[table.name])
    return {name: [dict(row) for row in connection.execute(select(metadata.tables[name])).mappings()] for name in made}


def row_of(
    house: House, table: Table, made: dict[str, list[dict[str, Any]]], person: int, number: int
) -> dict[str, Any]:
    row: dict[str, Any] = {}
    owner = made["person"][person]["id"] if "person" in made else ""
    for column in table.columns:
        parents = [key.column for key in column.foreign_keys]
        if parents:
            row[column.name] = made[parents[0].table.name][person][parents[0].name]
        elif column.name in {"data", "document", "options"}:
            row[column.name] = json.dumps({"number": number})
        else:
            row[column.name] = value(house, column, number, owner)
    return row


@pytest.mark.parametrize("revision", REVISIONS)
def test_every_row_of_every_earlier_schema_is_still_there(old: House, revision: str, engine: str) -> None:
    with old.store.engine.begin() as connection:
        upgrade(connection, revision)
        before = fill(old, connection)
    assert before["person"]
    migrate(old)
    seal_old_words(old.store)
    assert seal_old_words(old.store) == 0
    for name, earlier in before.items():
        now = {identity(row): row for row in rows(old, name)}
        assert len(now) == len(earlier), name
        for row in earlier:
            after = now[identity(row)]
            for column, was in row.items():
                same(old, name, column, was, after)


def identity(row: dict[str, Any]) -> str:
    """What tells rows of a table apart; what is sealed changes."""
    names = ("person_id", "id", "digest", "token", "name", "n", "origin", "key")
    return str([row[name] for name in names if name in row and not str(row[name]).startswith(("1.", "2."))])


def same(house: House, table: str, column: str, was: Any, after: dict[str, Any]) -> None:
    if column in OLD_SEAL.get(table, ()) and str(was).startswith("1."):
        assert after[column].startswith("2."), f"{table}.{column}"
        with house.store.read() as unit:
            assert unit.seal.open(after[column], after["person_id"]) == f"{SECRET} {table}.{column}"
        return
    now = after[column]
    if isinstance(was, datetime):
        was, now = (each.replace(tzinfo=each.tzinfo or UTC).astimezone(UTC) for each in (was, now))
    assert now == was, f"{table}.{column}"

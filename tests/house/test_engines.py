"""Both databases: every table can be made on either, and what is said to run on both does."""

from __future__ import annotations

from importlib import import_module
from inspect import getmembers, isfunction

import pytest
from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from companion.storage.tables import Base
from tests.engines import ON_BOTH
from tests.house.reading import ROOT


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=["sqlite", "postgresql"])
@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=lambda table: table.name)
def test_a_table_can_be_made_on_either_engine(dialect: Dialect, table: object) -> None:
    assert str(CreateTable(table).compile(dialect=dialect))  # type: ignore[arg-type]
    for index in table.indexes:  # type: ignore[attr-defined]
        assert str(CreateIndex(index).compile(dialect=dialect))


@pytest.mark.parametrize("module", ON_BOTH)
def test_what_is_said_to_run_on_both_engines_is_there(module: str) -> None:
    there = {name for name, _ in getmembers(import_module(module), isfunction)}
    assert set(ON_BOTH[module]) <= there


def test_the_dialect_of_one_database_is_spoken_in_its_own_file_only() -> None:
    """No words that only one of them knows: `companion/storage/sqlite.py` and `postgresql.py` hold those, and the few
    files about something that is done in another way on each."""
    there = {"sqlite", "postgresql", "among", "backup", "keys", "measures", "restore"}
    own = ("sqlalchemy.dialects", "exec_driver_sql", "PRAGMA", "pg_", "strftime('", "json_extract", "ON CONFLICT")
    for path in (ROOT / "companion").rglob("*.py"):
        if path.stem in there and path.parent.name == "storage":
            continue
        code = path.read_text()
        assert [word for word in own if word in code] == [], path

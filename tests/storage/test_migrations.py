"""The migrations from nothing make exactly the tables, and there is one way up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from companion.storage.engine import Unreachable, make_engine
from companion.storage.migrate import configuration, migrate
from companion.storage.tables import Base
from tests.engines import SQLITE, Databases


@pytest.fixture
def nothing(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A new database without any table."""
    url = f"sqlite:///{tmp_path / 'new.db'}"
    if engine != SQLITE:
        databases: Databases = request.getfixturevalue("databases")
        url = databases.server.url(databases.server.database())
    made = make_engine(url)
    yield made
    made.dispose()


def differences(engine: Engine) -> list[object]:
    """What the database has that the tables do not say, or the other way round."""
    options = {"compare_type": True, "compare_server_default": True, "render_as_batch": True}
    with engine.connect() as connection:
        found: list[object] = compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata)
    return found


def test_migrating_from_nothing_gives_the_tables(nothing: Engine) -> None:
    migrate(nothing)
    migrate(nothing)
    assert differences(nothing) == []


def test_there_is_exactly_one_head_and_one_line() -> None:
    scripts = ScriptDirectory.from_config(configuration())
    assert len(scripts.get_heads()) == len(scripts.get_bases()) == 1


def test_every_constraint_has_a_name_that_a_migration_can_use(nothing: Engine) -> None:
    migrate(nothing)
    found = inspect(nothing)
    for table in Base.metadata.tables:
        assert found.get_pk_constraint(table)["name"] == f"pk_{table}"
        assert all(str(each["name"]).startswith(f"fk_{table}_") for each in found.get_foreign_keys(table))


def test_going_down_leaves_nothing_and_up_again_works(nothing: Engine) -> None:
    migrate(nothing)
    with nothing.connect() as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        connection.commit()
    assert set(inspect(nothing).get_table_names()) <= {"alembic_version"}
    migrate(nothing)
    assert differences(nothing) == []


def test_every_table_goes_with_the_person_it_is_about(nothing: Engine) -> None:
    """Erasing leans on the foreign keys: each leads to the person and cascades, on the database as in the tables."""
    migrate(nothing)
    found = inspect(nothing)
    for name, table in Base.metadata.tables.items():
        if "person_id" in table.columns:
            keys = [key for key in found.get_foreign_keys(name) if "person_id" in key["constrained_columns"]]
            assert keys, name
            assert all(key["options"].get("ondelete") == "CASCADE" for key in keys), name


def test_whoever_cannot_reach_the_database_is_told_in_one_line(tmp_path: Path) -> None:
    for url in (
        f"postgresql+psycopg://someone:geheim@/andante?host={tmp_path}",
        f"sqlite:///{tmp_path / 'not there' / 'new.db'}",
    ):
        engine = make_engine(url)
        with pytest.raises(Unreachable) as caught:
            migrate(engine)
        engine.dispose()
        assert str(caught.value)
        assert "\n" not in str(caught.value)
        assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("url", ["", "andante", "mysql://x", "postgresql://someone:geheim@here/andante"])
def test_an_address_of_no_database_we_know_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"DATABASE_URL.*postgresql\+psycopg://") as caught:
        make_engine(url)
    assert "geheim" not in str(caught.value)

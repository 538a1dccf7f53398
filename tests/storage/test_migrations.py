"""The migrations from nothing make exactly the tables, and there is one way up."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from companion.storage.engine import make_engine
from companion.storage.migrate import configuration, migrate
from companion.storage.tables import Base


def test_migrating_from_nothing_gives_the_tables(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'new.db'}")
    try:
        migrate(engine)
        migrate(engine)
        with engine.connect() as connection:
            options = {"compare_type": True, "compare_server_default": True, "render_as_batch": True}
            assert compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata) == []
    finally:
        engine.dispose()


def test_there_is_exactly_one_head_and_one_line() -> None:
    scripts = ScriptDirectory.from_config(configuration())
    assert len(scripts.get_heads()) == len(scripts.get_bases()) == 1


def test_every_constraint_has_a_name_that_a_migration_can_use(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'new.db'}")
    try:
        migrate(engine)
        found = inspect(engine)
        for table in Base.metadata.tables:
            assert found.get_pk_constraint(table)["name"] == f"pk_{table}"
            assert all(str(each["name"]).startswith(f"fk_{table}_") for each in found.get_foreign_keys(table))
    finally:
        engine.dispose()


def test_going_down_leaves_nothing_and_up_again_works(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'new.db'}")
    try:
        migrate(engine)
        with engine.connect() as connection:
            config = configuration()
            config.attributes["connection"] = connection
            command.downgrade(config, "base")
            connection.commit()
        assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
        migrate(engine)
    finally:
        engine.dispose()

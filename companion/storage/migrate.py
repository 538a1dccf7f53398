"""Bring a database to the newest schema, through alembic's migrations."""

from __future__ import annotations

from functools import lru_cache

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from companion.settings import ROOT
from companion.storage.engine import Unreachable
from companion.storage.options import EVERYONE, WAIT, WRITES


def configuration() -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


@lru_cache
def newest() -> tuple[str, ...]:
    """The name of the newest schema, as the migrations tell it."""
    return tuple(ScriptDirectory.from_config(configuration()).get_heads())


def migrate(engine: Engine) -> None:
    """Upgrade to the head, in one transaction; of several processes at once one does it and the others wait.

    Raises Unreachable when the database does not answer.
    """
    try:
        connection = engine.connect()
    except OperationalError as error:
        raise Unreachable(str(error.orig).strip().splitlines()[0]) from error
    with connection.execution_options(**{WRITES: EVERYONE, WAIT: "5min"}), connection.begin():
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

"""What tests build a house from: a clock that stands still, a migrated database, and looks behind the walls."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import event, select

from companion.bootstrap import House, build, migrate
from companion.settings import Settings
from companion.storage.options import BESIDE, WRITES
from companion.storage.tables import Base

BRUSSELS = ZoneInfo("Europe/Brussels")
NOT_DATA = {"session", "attempt", "alembic_version", "house_key", "backup"}
"""Tables that change by looking around or by a wrong passphrase: they hold nothing of what a person keeps."""


OF_NOBODY = r"(INSERT INTO|UPDATE) erased "
"""Written about one person without their id: a digest of it."""


class Clock:
    """An instant that only moves when a test moves it."""

    def __init__(self, instant: str = "2026-11-21T21:00:00+00:00") -> None:
        self.instant = datetime.fromisoformat(instant).astimezone(UTC)

    def __call__(self) -> datetime:
        return self.instant

    def set(self, local: str, zone: ZoneInfo = BRUSSELS) -> None:
        """Stand at a wall time such as "2026-11-22 00:40"."""
        self.instant = datetime.fromisoformat(local).replace(tzinfo=zone).astimezone(UTC)

    def forward(self, **span: float) -> None:
        self.instant += timedelta(**span)


def settings_in(folder: Path, **more: Any) -> Settings:
    given: dict[str, Any] = {
        "instance": folder,
        "database_url": f"sqlite:///{folder / 'companion.db'}",
        "host_name": "Lena’s test bench",
        "host_contact": "lena@example.org",
        "secret_key": "a secret key of the tests",
        "data_key": "a data key of the tests",
    }
    return Settings(**(given | more))


@contextmanager
def open_house(
    folder: Path, now: Callable[[], datetime], empty: Path | None = None, *, migrated: bool = False, **more: Any
) -> Iterator[House]:
    """A house in a folder: its database migrated, copied from an `empty` one, or `migrated` before."""
    folder.mkdir(parents=True, exist_ok=True)
    if empty:
        shutil.copy(empty, folder / "companion.db")
    house = build(settings_in(folder, **more), now)
    if not empty and not migrated:
        migrate(house)
    event.listen(house.store.engine, "before_cursor_execute", _only_of_one)
    try:
        yield house
    finally:
        house.store.engine.dispose()


def _only_of_one(connection: Any, _cursor: Any, statement: str, given: Any, _context: Any, _many: bool) -> None:
    """A writing transaction about one person writes nothing without their id (docs/adr/0008): others may be writing."""
    person = connection.get_execution_options().get(WRITES)
    if person and person != BESIDE and statement.startswith(("INSERT", "UPDATE", "DELETE")):
        if re.match(OF_NOBODY, statement):
            return
        for each in given if isinstance(given, list) else [given]:
            assert person in (each.values() if isinstance(each, dict) else each), statement


def rows(house: House, table: str) -> list[dict[str, Any]]:
    """Every row of a table, as it stands in the database."""
    with house.store.engine.connect() as connection:
        found = connection.execute(select(Base.metadata.tables[table])).mappings().all()
    return [dict(row) for row in found]


def kept(house: House) -> dict[str, list[str]]:
    """Everything that people keep, to compare before and after."""
    return {
        name: sorted(str(sorted(row.items())) for row in rows(house, name))
        for name in Base.metadata.tables
        if name not in NOT_DATA
    }

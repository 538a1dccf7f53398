"""Rows and bytes in the database of someone who notes everything every day for a year: a night with a note, a check-in,
two doses a day and a list every two weeks. Against the entries they made, and against their export as a file."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import text

from bench.measure import Line
from bench.ten_years import ten_years
from companion.bootstrap import House, build, migrate
from companion.services.export_person import export_person
from companion.settings import Settings
from companion.storage.tables import Base

YEAR = 365
KB = 1000


def bench() -> list[Line]:
    with ten_years(YEAR) as someone, TemporaryDirectory() as folder:
        empty = build(
            Settings(instance=Path(folder), database_url=f"sqlite:///{Path(folder) / 'companion.db'}"),
            someone.house.now,
        )
        migrate(empty)
        rows = sum(_rows(someone.house, table.name) for table in Base.metadata.sorted_tables)
        entries = _rows(someone.house, "entry")
        taken = _size(someone.house) - _size(empty)
        export = len(json.dumps(export_person(someone.house.store, someone.person), ensure_ascii=False).encode())
        empty.store.engine.dispose()
    return [
        Line("person_year_rows", rows, "rows", entries),
        Line("person_year_bytes", taken / KB, "kB", export / KB),
    ]


def _rows(house: House, table: str) -> int:
    with house.store.engine.connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608  # our own names


def _size(house: House) -> int:
    with house.store.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("VACUUM")
        pages, size = (connection.exec_driver_sql(f"PRAGMA {each}").scalar() for each in ("page_count", "page_size"))
        connection.exec_driver_sql("BEGIN")
        return int(pages or 0) * int(size or 0)

"""A made population with two years of entries each on PostgreSQL: everyone is a copy of one person, made by the
database. /today of that person among them, against /today of the same person alone in another database of the server.

`BENCH_PEOPLE` says how many; without it a hundred, so that it takes half a minute. 100,000 people are some three
hundred million entries.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from flask.testing import FlaskClient
from sqlalchemy import Table, text

from bench.measure import Line
from bench.ten_years import NAME, NOW, ORIGIN, PASSPHRASE, fill
from companion.bootstrap import House, build, migrate
from companion.commands.progress import counting
from companion.settings import Settings
from companion.storage.tables import Base
from companion.web.app import create_app
from tests.cluster import Cluster, cluster

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "") or 100)
NIGHTS = 2 * 365
AT_ONCE = 100
TIMES = 300
GROWS = ("consent", "entry", "plan", "plan_version", "confirmation", "reminder")
"""The tables of which everyone has rows; phones, sessions and links are left out."""


def bench() -> list[Line]:
    with cluster() as server, _house(server) as alone, _house(server) as among:
        began = perf_counter()
        made = _copies(among)
        took = perf_counter() - began
        taken: dict[int, list[float]] = {0: [], 1: []}
        browsers = [_browser(alone), _browser(among)]
        for at in range(TIMES + 10):
            for place, browser in enumerate(browsers):
                began = perf_counter()
                answer = browser.get("/today", base_url=ORIGIN)
                if answer.status_code != 200:
                    raise SystemExit(f"/today answered {answer.status_code}")
                if at >= 10:
                    taken[place].append((perf_counter() - began) * 1000)
        size = _number(among, "SELECT pg_database_size(current_database())")
    p99 = [statistics.quantiles(taken[place], n=100)[98] for place in (1, 0)]
    p50 = [statistics.median(taken[place]) for place in (1, 0)]
    print(f"  {PEOPLE} people, {made} entries, {size / 1e6:.0f} MB, made in {took:.0f} s")
    return [
        Line("population_today_p99", p99[0], "ms", p99[1]),
        Line("population_today_p50", p50[0], "ms", p50[1]),
    ]


@contextmanager
def _house(server: Cluster) -> Iterator[House]:
    """Someone with two years behind them, in a database of their own."""
    with TemporaryDirectory() as folder:
        house = build(Settings(instance=Path(folder), database_url=server.url(server.database())), lambda: NOW)
        migrate(house)
        fill(house, NIGHTS)
        try:
            yield house
        finally:
            house.store.engine.dispose()


def _copies(house: House) -> int:
    """As many people with the same rows; how many entries there are then."""
    tell = counting("people made")
    tables = [Base.metadata.tables[name] for name in GROWS]
    with _quickly(house):
        for first in range(0, PEOPLE, AT_ONCE):
            given = {"first": first, "last": min(first + AT_ONCE, PEOPLE) - 1, "name": NAME}
            with house.store.engine.begin() as connection:
                connection.execute(text("SET LOCAL session_replication_role = replica"))  # no look at each parent
                connection.execute(text("SET LOCAL synchronous_commit = off"))
                for table in (Base.metadata.tables["person"], *tables):
                    connection.execute(text(_copy(table)), given)
            tell(int(given["last"]) + 1, PEOPLE)
    return _number(house, "SELECT count(*) FROM entry")


@contextmanager
def _quickly(house: House) -> Iterator[None]:
    """The table that grows is filled without its indexes and without the write-ahead log, and gets both back: but for
    the log, which reading does not meet."""
    engine = house.store.engine.execution_options(isolation_level="AUTOCOMMIT")
    question = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = 'entry'"
    with engine.connect() as connection:
        indexes = list(connection.execute(text(f"{question} AND indexname <> 'pk_entry'")).scalars())
        for each in Base.metadata.tables["entry"].indexes:
            connection.execute(text(f"DROP INDEX {each.name}"))
        connection.execute(text("ALTER TABLE entry DROP CONSTRAINT pk_entry"))
        connection.execute(text("ALTER TABLE entry SET UNLOGGED"))
    yield
    with engine.connect() as connection:
        connection.execute(text("SET maintenance_work_mem = '512MB'"))
        connection.execute(text("ALTER TABLE entry ADD CONSTRAINT pk_entry PRIMARY KEY (person_id, id)"))
        for definition in indexes:
            connection.execute(text(definition))
        connection.execute(text("VACUUM ANALYZE"))


def _copy(table: Table) -> str:
    """A statement that copies the rows of the first person for some others."""
    of_person = table.name == "person"
    key = "id" if of_person else "person_id"
    given = {key: "'made-' || number", "name": "'made-' || number", "name_key": "'made-' || number"}
    columns = [column.name for column in table.columns]
    changed = {key, "name", "name_key"} if of_person else {key}
    values = ", ".join(given[each] if each in changed else f"source.{each}" for each in columns)
    whose = "source.name = :name" if of_person else "source.person_id = (SELECT id FROM person WHERE name = :name)"
    return (
        f"INSERT INTO {table.name} ({', '.join(columns)}) SELECT {values} "  # noqa: S608  # names of our own tables
        f"FROM {table.name} source, generate_series(CAST(:first AS int), CAST(:last AS int)) number WHERE {whose}"
    )


def _browser(house: House) -> FlaskClient:
    client = create_app(house).test_client()
    signed = {"name": NAME, "passphrase": PASSPHRASE}
    client.post("/sign-in", data=signed, base_url=ORIGIN, headers={"Origin": ORIGIN})
    return client


def _number(house: House, query: str) -> int:
    with house.store.engine.connect() as connection:
        return int(connection.execute(text(query)).scalar_one())

"""Every table leads with the person it is about, so that PostgreSQL can be split by them (docs/operations.md)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import pytest
from sqlalchemy import Engine, inspect, text

from companion.bootstrap import House, build, migrate
from companion.domain.share import USUAL, Back, Choices
from companion.services.calendar_feed import calendar_at, make_feed, read_feed
from companion.services.demo import PEOPLE, make_demo
from companion.services.erase_person import erase_person, find_person
from companion.services.look_share import find_share
from companion.services.open_share import open_share
from companion.services.subscribe import Subscribed, subscribe
from companion.storage.tables import Base
from companion.web.app import create_app
from tests.build import Clock, rows, settings_in
from tests.engines import Databases
from tests.push_service import push_service
from tests.services.reminding import someone
from tests.web.fetcher import Browser

OF_THE_HOUSE: Final = {"person", "attempt", "push_service", "clock_round", "house_key", "erased", "backup"}
"""The people themselves, and what is about nobody: small, and the same on every part."""

OF_PEOPLE: Final = sorted(set(Base.metadata.tables) - OF_THE_HOUSE)


def test_every_table_leads_with_the_person(house: House) -> None:
    found = inspect(house.store.engine)
    others = {
        name for name in Base.metadata.tables if found.get_pk_constraint(name)["constrained_columns"][0] != "person_id"
    }
    assert others == OF_THE_HOUSE


def test_whatever_is_unique_is_so_for_one_person(house: House) -> None:
    """Asked of PostgreSQL itself: primary keys, rules and indexes."""
    question = (
        "SELECT indrelid::regclass::text AS name, pg_get_indexdef(indexrelid, 1, true) AS leads FROM pg_index "
        "JOIN pg_class ON pg_class.oid = indrelid WHERE indisunique AND relnamespace = 'public'::regnamespace"
    )
    with house.store.engine.connect() as connection:
        found = connection.execute(text(question)).all()
    assert {name for name, _ in found} >= set(OF_PEOPLE)
    assert {(name, leads) for name, leads in found if name in OF_PEOPLE} == {(each, "person_id") for each in OF_PEOPLE}


def test_every_index_for_the_rows_of_someone_leads_with_the_person(house: House) -> None:
    """The others are for what a clock or a token looks up; the table that grows has none of these."""
    indexes = inspect(house.store.engine).get_indexes("entry")
    assert [each["column_names"][0] for each in indexes] == ["person_id"]


# A house in parts


@pytest.fixture
def in_parts(engine: str, clock: Clock, tmp_path: Path, databases: Databases) -> Iterator[House]:
    """The test people in a database of their own, of which every table about people was split by person afterwards."""
    clock.set("2026-11-21 12:00")
    house = build(
        settings_in(tmp_path / "parts", database_url=databases.server.url(databases.server.database())), clock
    )
    migrate(house)
    make_demo(house.store, 1, 30, force=False, now=clock())
    before = counted(house)
    split(house.store.engine)
    assert counted(house) == before
    yield house
    house.store.engine.dispose()


def counted(house: House) -> dict[str, int]:
    return {name: len(rows(house, name)) for name in Base.metadata.tables}


def split(engine: Engine, parts: int = 4) -> None:
    """As docs/operations.md says it, for every table about people."""
    keys = {name: inspect(engine).get_foreign_keys(name) for name in OF_PEOPLE}
    with engine.begin() as connection:

        def run(words: str) -> None:
            connection.execute(text(words))

        for name in OF_PEOPLE:
            like = f"LIKE {name} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES"
            run(f"CREATE TABLE {name}_new ({like}) PARTITION BY HASH (person_id)")
            for part in range(parts):
                values = f"FOR VALUES WITH (MODULUS {parts}, REMAINDER {part})"
                run(f"CREATE TABLE {name}_{part} PARTITION OF {name}_new {values}")
            run(f"INSERT INTO {name}_new SELECT * FROM {name}")  # noqa: S608  # our own words
        for name in OF_PEOPLE:
            run(f"DROP TABLE {name} CASCADE")
            run(f"ALTER TABLE {name}_new RENAME TO {name}")
        for name in OF_PEOPLE:
            for key in keys[name]:
                run(f"ALTER TABLE {name} ADD {foreign(key)} ON DELETE CASCADE")


def foreign(key: Any) -> str:
    own, theirs = ", ".join(key["constrained_columns"]), ", ".join(key["referred_columns"])
    return f"FOREIGN KEY ({own}) REFERENCES {key['referred_table']} ({theirs})"


def test_postgresql_splits_each_of_them_by_person(in_parts: House) -> None:
    with in_parts.store.engine.connect() as connection:
        split_now = connection.execute(text("SELECT partrelid::regclass::text FROM pg_partitioned_table"))
        assert sorted(split_now.scalars()) == OF_PEOPLE
        used = connection.execute(
            text("SELECT count(DISTINCT tableoid) FROM session UNION ALL SELECT count(DISTINCT tableoid) FROM entry")
        ).scalars()
        assert max(used) > 1


def test_what_a_token_finds_is_found_in_whichever_part_it_is(in_parts: House, clock: Clock) -> None:
    for name in ("alice", "bob", "charlie"):
        person = find_person(in_parts.store, name)
        assert person
        opened = open_share(in_parts.store, person, Choices("arts", USUAL, Back.ALL, 30), str(uuid4()), clock())
        found = find_share(in_parts.store, opened.token, clock())
        assert found
        assert found.person_id == person.id
        make_feed(in_parts.store, person, clock(), renew=True)
        feed = read_feed(in_parts.store, person)
        assert feed
        assert calendar_at(in_parts.store, feed.token, "Andante", clock())


def test_a_browser_is_of_one_person_also_in_parts(in_parts: House, clock: Clock) -> None:
    """No rule of the database holds across parts: that who subscribes last has it is ours."""
    with push_service(clock) as service:
        ann, ben = (someone(in_parts, clock, service, name) for name in ("ann of the parts", "ben of the parts"))
        given = service.subscribe(in_parts.vapid.public).json()
        for each in (ann, ben, ann, ben):
            how = {"phone": "", "device": "Pixel", "hosts": (service.host,), "key": in_parts.vapid.name}
            assert isinstance(subscribe(in_parts.store, each.person, given, **how, now=clock()), Subscribed)
    assert [row["person_id"] for row in rows(in_parts, "subscription")] == [ben.person.id]


def test_pages_open_and_someone_can_be_erased(in_parts: House, clock: Clock) -> None:
    browser = Browser(create_app(in_parts), "nl")
    browser.post("/sign-in", {"name": "alice", "passphrase": PEOPLE["alice"][0]})
    for address in ("/today", "/plan", "/diary", "/history", "/reminders", "/share", "/account/access"):
        browser.get(address)
    alice = find_person(in_parts.store, "alice")
    assert alice
    erase_person(in_parts.store, alice, clock())
    for name in OF_PEOPLE:
        assert alice.id not in {row["person_id"] for row in rows(in_parts, name)}, name

"""What only PostgreSQL has: more than one writer at a time, and a server that can go away."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import InternalError, OperationalError

from companion.bootstrap import House
from companion.domain.person import Person
from companion.services.join import Joined, Joining, join
from companion.storage import plans
from companion.storage.health import version
from companion.storage.options import EVERYONE, WAIT, WRITES
from tests.build import Clock, rows
from tests.engines import Databases
from tests.web.fetcher import Browser


def someone(house: House, clock: Clock, name: str = "alice") -> Person:
    joined = join(house.store, Joining(name, "a long passphrase", True, "nl"), clock())
    assert isinstance(joined, Joined)
    return joined.person


def test_people_do_not_wait_for_each_other(house: House, clock: Clock) -> None:
    alice, bob = someone(house, clock), someone(house, clock, "bob")
    with house.store.write(alice.id), house.store.write(bob.id) as unit:
        plans.keep_draft(unit, bob.id, {"meanwhile": True}, clock())


def test_whoever_only_reads_cannot_write(house: House, clock: Clock) -> None:
    person = someone(house, clock)
    with house.store.read() as unit:
        plans.keep_draft(unit, person.id, {"x": 1}, clock())
        with pytest.raises(InternalError, match="read-only"):
            unit.session.flush()
    assert rows(house, "plan_draft") == []


def test_nobody_waits_for_ever(house: House, clock: Clock) -> None:
    """As on SQLite: five seconds for a lock. Who holds one and vanished is thrown out after a minute."""
    person = someone(house, clock)
    limits = "SELECT current_setting('lock_timeout'), current_setting('idle_in_transaction_session_timeout')"
    hasty = house.store.engine.connect().execution_options(**{WRITES: EVERYONE, WAIT: "20ms"})
    with house.store.write(person.id) as unit, hasty:
        assert tuple(unit.session.connection().execute(text(limits)).one()) == ("5s", "1min")
        with pytest.raises(OperationalError, match="lock timeout"):
            hasty.begin()


def test_the_server_of_the_tests_writes_to_the_disk_as_those_of_hosts_do(house: House) -> None:
    with house.store.engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            assert connection.execute(text(f"SHOW {setting}")).scalar() == "on", setting


def test_a_database_that_comes_back_is_found_again(
    house: House, clock: Clock, visitor: Browser, databases: Databases
) -> None:
    """Stopped without a checkpoint, as in a power cut: what was kept is there, and nobody gets an error afterwards."""
    person = someone(house, clock)
    with house.store.write(person.id) as unit:
        plans.keep_draft(unit, person.id, {"kept": True}, clock())
    databases.server.stop()
    try:
        assert version(house.store) is None
        assert visitor.client.get("/healthz").status_code == 503
    finally:
        databases.server.start()
    assert visitor.get("/healthz").get_json()["postgresql"]
    with house.store.read() as unit:
        assert plans.draft(unit, person.id) == {"kept": True}

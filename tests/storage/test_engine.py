"""What the database promises: foreign keys hold, writes are whole and none is lost."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import text

from companion.bootstrap import House
from companion.services.join import Joining, join
from companion.storage import plans
from companion.storage.engine import make_engine
from companion.storage.unit_of_work import Unstorable
from tests.build import Clock, rows


def value(house: House, pragma: str) -> object:
    with house.store.engine.connect() as connection:
        return connection.execute(text(f"PRAGMA {pragma}")).scalar()


def test_the_pragmas_are_set_on_every_connection(house: House) -> None:
    assert [value(house, name) for name in ("foreign_keys", "journal_mode", "synchronous", "busy_timeout")] == [
        1,
        "wal",
        2,
        5000,
    ]


def test_a_row_of_nobody_is_refused(house: House, clock: Clock) -> None:
    with pytest.raises(Unstorable), house.store.write() as unit:
        plans.keep_draft(unit, "nobody", {"x": 1}, clock())


def test_what_fails_half_way_leaves_nothing(house: House, clock: Clock) -> None:
    joined = join(house.store, Joining("alice", "a long passphrase", True, "nl"), clock())
    person = joined.person  # type: ignore[union-attr]

    def fail_half_way() -> None:
        with house.store.write() as unit:
            plans.keep_draft(unit, person.id, {"x": 1}, clock())
            unit.session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert rows(house, "plan_draft") == []


def test_an_instant_comes_back_as_the_same_instant(house: House, clock: Clock) -> None:
    join(house.store, Joining("alice", "a long passphrase", True, "nl"), clock())
    [person] = rows(house, "person")
    assert person["made_at"].replace(tzinfo=UTC) == datetime(2026, 11, 21, 21, 0, tzinfo=UTC)


def test_writers_at_the_same_time_lose_no_update(house: House, clock: Clock) -> None:
    joined = join(house.store, Joining("alice", "a long passphrase", True, "nl"), clock())
    person = joined.person  # type: ignore[union-attr]
    with house.store.write() as unit:
        plans.keep_draft(unit, person.id, {"count": 0}, clock())
    together, failed = Barrier(4), []

    def count_up() -> None:
        together.wait()
        try:
            for _ in range(15):
                with house.store.write() as unit:
                    seen = plans.draft(unit, person.id)["count"]
                    plans.keep_draft(unit, person.id, {"count": seen + 1}, clock())
        except Exception as error:  # noqa: BLE001, RUF100  # a thread cannot raise into the test
            failed.append(error)

    writers = [Thread(target=count_up) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    with house.store.read() as unit:
        assert plans.draft(unit, person.id) == {"count": 60}


def test_a_new_database_is_read_by_its_owner_alone(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'new.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE one (id INTEGER)")
        assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    engine.dispose()


def test_a_database_in_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    make_engine(f"sqlite:///{tmp_path / 'nowhere' / 'new.db'}").dispose()
    assert list(tmp_path.iterdir()) == []

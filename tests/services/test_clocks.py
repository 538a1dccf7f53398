"""Several clocks share the work, on both databases; a clock that is killed leaves its work to the next one."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from companion.bootstrap import House, build
from companion.domain.reminder import Kind
from companion.notify.push import Sender
from companion.services.fire_due import Round, fire_due, next_at
from companion.services.send_due import Office
from tests.build import BRUSSELS, Clock, rows, settings_in
from tests.house.reading import ROOT
from tests.push_service import Fault, PushService, push_service
from tests.services.reminding import Someone, Ticker, someone

PEOPLE = 40


def everyone(house: House, clock: Clock, service: PushService, count: int, *faults: Fault) -> list[Someone]:
    """People whose reminder is due now."""
    found = []
    clock.set("2026-11-21 08:00")
    for number in range(count):
        each = someone(house, clock, service, f"p{number}")
        each.phone(*faults)
        each.remind(Kind.DIARY, "09:00")
        found.append(each)
    clock.set("2026-11-21 09:00")
    return found


def test_two_clocks_at_once_give_each_reminder_once(
    house: House, clock: Clock, service: PushService, engine: str
) -> None:
    people = everyone(house, clock, service, PEOPLE)

    def one_clock(_: int) -> Round:
        other = build(house.settings, clock)  # an engine of its own, as in another process

        async def go() -> Round:
            async with Sender(other.vapid, (service.host,), clock) as sender:
                return await fire_due(other.store, Office(sender, "Andante"), clock, batch=4)

        try:
            return asyncio.run(go())
        finally:
            other.store.engine.dispose()

    with ThreadPoolExecutor(3) as clocks:
        done = list(clocks.map(one_clock, range(3)))
    assert [len(each.phones[0].received) for each in people] == [1] * PEOPLE
    assert sum(each.due for each in done) == sum(each.written for each in done) == PEOPLE
    assert {row["state"] for row in rows(house, "delivery")} == {"handed"}


def test_a_round_on_both_databases(house: House, clock: Clock, service: PushService, engine: str) -> None:
    """Claim, send, settle, later, forget: every statement of a round."""
    [ann] = everyone(house, clock, service, 1, Fault(status=500))
    ann.plan()
    ann.remind(Kind.DOSE, "09:00", "bedtime")
    for kind in (Kind.SYMPTOMS, Kind.STEP, Kind.SUPPLY, Kind.PRESCRIPTION):
        ann.remind(kind, "09:00")
    ticker = Ticker(house, clock, service)
    ticker.until("2026-11-21 10:00", minutes=1)
    assert sorted(each.split()[0] for each in ann.shown()) == ["diary", "dose", "symptoms"]
    clock.forward(days=40)
    ticker.round()
    assert all(row["due_at"].replace(tzinfo=UTC) > clock() - timedelta(days=1) for row in rows(house, "delivery"))


def plan_of(house: House) -> list[str]:
    """How SQLite looks for what is due."""
    asked: list[tuple[str, object]] = []

    def listen(_c: object, _u: object, statement: str, given: object, _x: object, _m: bool) -> None:
        if "next_due" in statement or "next_try_at" in statement:
            asked.append((statement, given))

    event.listen(house.store.engine, "before_cursor_execute", listen)
    next_at(house.store)
    asyncio.run(_idle(house))
    event.remove(house.store.engine, "before_cursor_execute", listen)
    found = []
    with house.store.engine.connect() as connection:
        for statement, given in asked:
            if statement.startswith("SELECT"):
                for row in connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, given):  # type: ignore[arg-type]
                    found.append(row[-1])
    return found


async def _idle(house: House) -> None:
    async with Sender(house.vapid) as sender:
        await fire_due(house.store, Office(sender, "Andante"), lambda: datetime(2026, 11, 21, 9, tzinfo=UTC))


def test_a_round_reads_only_what_the_index_says_is_due(house: House, clock: Clock, service: PushService) -> None:
    everyone(house, clock, service, 3)
    told = plan_of(house)
    assert any("ix_reminder_next_due" in each for each in told)
    assert any("ix_delivery_next_try_at" in each for each in told)
    assert not [each for each in told if each.startswith("SCAN") and "USING" not in each], told
    assert not [each for each in told if "TEMP B-TREE" in each], told


# A real process, really killed


@pytest.fixture
def real() -> Iterator[PushService]:
    with push_service() as service:
        yield service


def minutes_ago(house: House) -> None:
    """Everything that reminds was due a moment ago."""
    with house.store.engine.begin() as connection:
        past = (datetime.now(UTC) - timedelta(seconds=20)).strftime("%Y-%m-%d %H:%M:%S.%f")
        connection.exec_driver_sql("UPDATE reminder SET next_due = ?, next_local = NULL", (past,))


def process(house: House, service: PushService, *words: str) -> subprocess.Popen[str]:
    given = {
        "INSTANCE": str(house.settings.instance),
        "SECRET_KEY": house.settings.secret_key,
        "DATA_KEY": house.settings.data_key,
        "HOST_CONTACT": "lena@example.org",
        "PUSH_HOSTS": service.host,
        "PYTHONPATH": str(ROOT),
    }
    program = [sys.executable, "-c", "from companion.cli import main; main()", *words]
    return subprocess.Popen(
        program, env={**os.environ, **given}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )


def now_house(folder: Path, empty: Path) -> House:
    folder.mkdir()
    shutil.copy(empty, folder / "companion.db")
    return build(settings_in(folder))


def habit_now() -> str:
    """A minute ago on the wall in Brussels."""
    return (datetime.now(BRUSSELS) - timedelta(seconds=90)).strftime("%H:%M")


def test_a_clock_that_is_killed_while_it_sends_leaves_it_to_the_next(
    tmp_path: Path, empty_database: Path, real: PushService
) -> None:
    house = now_house(tmp_path / "instance", empty_database)
    clock = Clock(datetime.now(UTC).isoformat())
    ann = someone(house, clock, real, "ann")
    ann.phone(Fault("slow", seconds=30))
    ann.remind(Kind.APPOINTMENT, habit_now(), "one")
    minutes_ago(house)

    killed = process(house, real, "clock")
    real.wait(lambda: ann.phones[0].received, "nothing was sent", 60)
    killed.send_signal(signal.SIGKILL)
    killed.communicate(timeout=30)
    [row] = rows(house, "delivery")
    assert (row["state"], row["tries"]) == ("waiting", 1)

    with house.store.engine.begin() as connection:  # the lease is over
        past = (datetime.now(UTC) - timedelta(seconds=1)).strftime("%Y-%m-%d %H:%M:%S.%f")
        connection.exec_driver_sql("UPDATE delivery SET next_try_at = ?", (past,))
    out, err = process(house, real, "tick").communicate(timeout=60)
    assert json.loads(out)["handed"] == 1, err
    assert len(ann.phones[0].received) == 2
    assert len({each.headers["Topic"] for each in ann.phones[0].received}) == 1
    house.store.engine.dispose()


def test_a_clock_that_is_told_to_stop_finishes_what_it_sends(
    tmp_path: Path, empty_database: Path, real: PushService
) -> None:
    house = now_house(tmp_path / "instance", empty_database)
    clock = Clock(datetime.now(UTC).isoformat())
    ann = someone(house, clock, real, "ann")
    ann.phone(Fault("slow", seconds=2))
    ann.remind(Kind.APPOINTMENT, habit_now(), "one")
    minutes_ago(house)

    stopped = process(house, real, "clock")
    real.wait(lambda: ann.phones[0].received, "nothing was sent", 60)
    began = time.monotonic()
    stopped.send_signal(signal.SIGTERM)
    _, err = stopped.communicate(timeout=30)
    assert stopped.returncode == 0
    assert [line.rpartition(": ")[2] for line in err.splitlines()] == ["clock started", "clock stopped"]
    assert time.monotonic() - began < 15
    [row] = rows(house, "delivery")
    assert (row["state"], row["leased_until"]) == ("handed", None)
    house.store.engine.dispose()

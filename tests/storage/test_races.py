"""Processes and threads that do the same thing in the same instant: one of them does it, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest

from companion.bootstrap import House
from companion.domain.entry import Entry, Kind
from companion.domain.person import Person
from companion.services.erase_person import erase_person
from companion.services.join import Joined, Joining, join
from companion.services.log_night import night_of
from companion.services.note_awake import note_awake, tapped
from companion.services.record_sync import record_sync
from companion.services.save_entry import Saved, save_entry
from companion.storage import entries, people, plans
from companion.storage.health import version
from tests.build import Clock, rows
from tests.engines import SQLITE
from tests.house.reading import ROOT
from tests.sent import sent

TOGETHER = 4


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each gave; all begin at the same instant, each in a thread of its own."""
    start, given = Barrier(len(acts)), [None] * len(acts)

    def run(place: int) -> None:
        start.wait()
        try:
            given[place] = acts[place]()
        except Exception as error:  # noqa: BLE001, RUF100  # a thread cannot raise into the test
            given[place] = error  # type: ignore[call-overload]

    threads = [Thread(target=run, args=(place,)) for place in range(len(acts))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return given


def someone(house: House, clock: Clock, name: str = "alice") -> Person:
    joined = join(house.store, Joining(name, "a long passphrase", True, "nl"), clock())
    assert isinstance(joined, Joined)
    return joined.person


def test_a_name_is_given_once(house: House, clock: Clock) -> None:
    joining = Joining("alice", "a long passphrase", True, "nl")
    became = at_once(*[lambda: join(house.store, joining, clock())] * TOGETHER)
    assert sorted(type(each).__name__ for each in became) == ["Joined"] + ["Refused"] * (TOGETHER - 1), became
    assert len(rows(house, "person")) == 1


def test_a_double_tap_is_one_entry(house: House, clock: Clock) -> None:
    person = someone(house, clock)
    entry = Entry(str(uuid4()), Kind.NIGHT, date(2026, 11, 20), clock(), {"up": "06:00"})

    def tap() -> Saved:
        with house.store.write(person.id) as unit:
            return save_entry(unit, person, entry, clock())

    assert sorted(at_once(*[tap] * TOGETHER)) == [Saved.ALREADY_STORED] * (TOGETHER - 1) + [Saved.STORED]
    assert len(rows(house, "entry")) == 1


def test_of_taps_at_the_same_instant_each_counts_once(house: House, clock: Clock) -> None:
    person = someone(house, clock)
    clock.set("2026-11-22 02:40")
    ids = [str(uuid4()) for _ in range(4)]
    taps = [partial(note_awake, house.store, person, each, clock()) for each in (*ids, *ids)]
    assert at_once(*taps) == [True] * 8
    assert tapped(night_of(house.store, person, date(2026, 11, 22))) == 4


def test_two_versions_at_once_leave_one_that_stands(house: House, clock: Clock) -> None:
    person = someone(house, clock)

    def write(minute: int) -> Saved:
        entry = Entry(str(uuid4()), Kind.NIGHT, date(2026, 11, 20), clock(), {"up": f"06:{minute:02}"})
        with house.store.write(person.id) as unit:
            return save_entry(unit, person, entry, clock())

    became = at_once(*[lambda minute=minute: write(minute) for minute in range(TOGETHER)])
    assert became == [Saved.STORED] * TOGETHER
    assert sorted(row["superseded"] for row in rows(house, "entry")) == [False] + [True] * (TOGETHER - 1)


def test_one_of_two_changes_of_the_same_version_wins(house: House, clock: Clock) -> None:
    person, plan = someone(house, clock), str(uuid4())
    with house.store.write(person.id) as unit:
        plans.add(unit, person.id, plan, {"n": 0}, clock())

    def change(n: int) -> bool:
        with house.store.write(person.id) as unit:
            return plans.change(unit, person.id, plan, 1, {"n": n}, {}, "changed", clock())

    became = at_once(*[lambda n=n: change(n) for n in range(TOGETHER)])
    assert sorted(became) == [False] * (TOGETHER - 1) + [True]
    assert [row["version"] for row in rows(house, "plan_version")] == [1, 2]


def test_writers_about_one_person_and_about_everyone_lose_no_update_of_each_other(house: House, clock: Clock) -> None:
    person = someone(house, clock)
    with house.store.write(person.id) as unit:
        plans.keep_draft(unit, person.id, {"count": 0}, clock())

    def count_up(*about: str) -> None:
        for _ in range(15):
            with house.store.write(*about) as unit:
                seen = plans.draft(unit, person.id)["count"]
                plans.keep_draft(unit, person.id, {"count": seen + 1}, clock())

    one, all_of_them = lambda: count_up(person.id), count_up
    assert at_once(one, one, all_of_them, all_of_them) == [None] * 4
    with house.store.read() as unit:
        assert plans.draft(unit, person.id) == {"count": 60}


def test_erasing_while_a_phone_sends_leaves_nothing(house: House, clock: Clock) -> None:
    person = someone(house, clock)
    sends = [lambda: record_sync(house.store, person, [sent() for _ in range(20)], clock())] * 3
    became = at_once(*sends, lambda: erase_person(house.store, person))
    assert not [each for each in became if isinstance(each, Exception)], became
    for table in ("person", "consent", "entry", "session"):
        assert rows(house, table) == []


def test_a_reader_sees_one_moment(house: House, clock: Clock) -> None:
    person = someone(house, clock)
    with house.store.read() as unit:
        assert plans.draft(unit, person.id) == {}
        with house.store.write(person.id) as other:
            plans.keep_draft(other, person.id, {"later": True}, clock())
        assert plans.draft(unit, person.id) == {}
    with house.store.read() as unit:
        assert plans.draft(unit, person.id) == {"later": True}


def test_what_was_written_at_the_same_instant_stands_in_the_same_order_every_time(house: House, clock: Clock) -> None:
    person, day = someone(house, clock), date(2026, 11, 20)
    made = [Entry(str(uuid4()), Kind.DOSE, day, clock(), {"extra": True, "mg": "1"}) for _ in range(12)]
    with house.store.write(person.id) as unit:
        entries.add(unit, person.id, made, clock())
        entries.supersede(unit, person.id, made[3].id, made[7].id)
    standing = sorted({each.id for each in made} - {made[3].id, made[7].id})
    with house.store.read() as unit:
        assert [each.id for each in entries.between(unit, person.id, Kind.DOSE, day, day)] == standing
        assert [each.id for each in entries.everything(unit, person.id, Kind.DOSE)] == sorted(e.id for e in made)
        newest = entries.latest(unit, person.id, Kind.DOSE)
    assert newest
    assert newest.id == standing[-1]


def test_whoever_asks_for_what_no_text_can_hold_finds_nobody(house: House) -> None:
    with house.store.read() as unit:
        assert people.by_name(unit, "ali\0ce") is None


def test_the_health_check_names_the_database(house: House, engine: str) -> None:
    found = version(house.store)
    assert found
    assert found[0] == engine


# Two processes


def migrating(url: str, folder: Path) -> subprocess.Popen[str]:
    environment = os.environ | {"DATABASE_URL": url, "INSTANCE": str(folder), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", "from companion.cli import main; main(['migrate'])"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def test_two_processes_migrate_at_the_same_time(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    url = f"sqlite:///{tmp_path / 'companion.db'}"
    if engine != SQLITE:
        server = request.getfixturevalue("databases").server
        url = server.url(server.database())
    both = [migrating(url, tmp_path) for _ in range(2)]
    assert [each.communicate()[0] for each in both] == ['{"migrated": true}\n'] * 2

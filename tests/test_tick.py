"""`companion tick`, and the clock itself."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from datetime import UTC, datetime, timedelta
from itertools import count
from types import SimpleNamespace

import pytest

from companion import clock as clockwork
from companion.bootstrap import House
from companion.domain.person import Person
from companion.domain.reminder import Kind
from companion.services.check_health import last_round
from companion.services.demo import make_demo
from companion.services.erase_person import find_person
from companion.services.fire_due import Round
from companion.services.join import Joining, join
from companion.storage import reminders
from tests.build import Clock
from tests.push_service import push_service
from tests.services.reminding import Someone
from tests.test_cli import at_home, closed, refused, run
from tests.web.fetcher import Browser

__all__ = ["at_home", "closed"]


def alice(house: House) -> Person:
    person = find_person(house.store, "alice")
    assert person
    return person


def test_a_tick_says_what_it_did(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("tick") == 0
    said = json.loads(capsys.readouterr().out)
    assert said.pop("at").endswith("Z")
    assert set(said.values()) == {0}
    assert {"due", "written", "handed", "waiting", "lapsed"} <= set(said)


def test_a_tick_at_a_chosen_minute_reaches_the_phones_of_the_test_people(
    house: House, clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with push_service() as service:
        monkeypatch.setenv("PUSH_HOSTS", service.host)
        make_demo(house.store, 0, 1, force=False, now=clock())
        person = alice(house)
        with house.store.read() as unit:
            [dose] = [each for each in reminders.of_person(unit, person.id) if each.kind is Kind.DOSE]
        assert dose.next_due
        phone = Someone(house, clock, service, person).phone()
        early = (dose.next_due - timedelta(minutes=1)).isoformat().replace("+00:00", "Z")
        due = dose.next_due.isoformat().replace("+00:00", "Z")
        handed = []
        for at in (early, due, due):
            assert run("tick", "--at", at) == 0
            said = json.loads(capsys.readouterr().out)
            assert said["at"] == at
            handed.append(said["handed"])
    assert handed == [0, 1, 0]
    assert [each["andante"]["kind"] for each in phone.texts] == ["dose"]


def test_another_time_is_refused_where_real_people_live_and_where_nobody_does(
    house: House, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    at = "2027-01-04T20:45:00Z"
    assert refused(capsys, "tick", "--at", at).startswith("at: ")
    make_demo(house.store, 0, 1, force=False, now=clock())
    join(house.store, Joining("someone", "seven quiet yellow boats", True, "nl"), clock())
    assert refused(capsys, "tick", "--at", at).startswith("at: ")
    assert refused(capsys, "tick", "--at", "tomorrow").startswith("at: ")
    assert run("tick") == 0


def test_the_demo_people_have_reminders_that_are_on(house: House, clock: Clock) -> None:
    make_demo(house.store, 0, 1, force=False, now=clock())
    with house.store.read() as unit:
        found = {each.kind for each in reminders.of_person(unit, alice(house).id) if each.next_due}
    assert found == {Kind.DOSE, Kind.DIARY, Kind.STEP}


def test_the_health_check_says_when_a_clock_last_went_round(visitor: Browser, house: House) -> None:
    assert visitor.get("/healthz").get_json()["clock"] is None
    clockwork.round_now(house)
    assert last_round(house.store) == house.now()
    assert visitor.get("/healthz").get_json()["clock"] == "2026-11-21T21:00:00Z"


def test_a_round_that_fails_is_told_without_its_words_and_the_next_one_comes(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    words = "alice takes " + "lormet" + "azepam"

    def fails(*_: object) -> bool:
        raise RuntimeError(words)

    rounds = clockwork.Rounds(house, threading.Event())
    with monkeypatch.context() as patched:
        patched.setattr(clockwork, "keep_time", fails)
        rounds.tick()
    assert "RuntimeError" in caplog.text
    assert words not in caplog.text
    rounds.tick()
    rounds.close()
    assert last_round(house.store)


def test_a_system_clock_that_was_set_back_does_not_stop_the_rounds(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tick waits for an instant; set back by an hour, that would be an hour away."""
    looks, set_back, went = count(), threading.Event(), threading.Event()
    came: list[bool] = []

    def wall() -> float:
        """Right at the first look, an hour early from the second on."""
        if next(looks):
            set_back.set()
        return time.time() - (3600 if set_back.is_set() else 0)

    def end() -> None:
        came.append(went.wait(60))
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(clockwork, "EVERY", timedelta(hours=1))
    monkeypatch.setattr(clockwork.Rounds, "tick", lambda _: went.set() if set_back.is_set() else None)
    monkeypatch.setattr(clockwork, "time", SimpleNamespace(monotonic=time.monotonic, time=wall))
    monkeypatch.setattr(clockwork, "_full", lambda now: datetime.now(UTC))
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    ender = threading.Thread(target=end)
    ender.start()
    try:
        clockwork.run(house)
    finally:
        ender.join()
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])
    assert came == [True]


def test_what_is_told_has_every_state() -> None:
    assert {"handed", "noted", "lapsed", "gone", "failed", "waiting"} <= set(clockwork.told(Round()))

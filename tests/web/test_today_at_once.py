"""Today asks the database little; what is remembered between two pages never shows: what changed is there at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import event

from companion.bootstrap import House
from companion.domain.person import Person
from companion.services.erase_person import find_person
from companion.services.rotate_keys import rotate_keys
from companion.storage.wrapping import Ring
from companion.web.parts import fixed_part
from tests.build import Clock
from tests.people import signed_in_again
from tests.web.fetcher import Browser
from tests.web.plans import DOWN, confirm, four_days_in, plan_id, typed_rows
from tests.web.supporters import Close, supporter
from tests.web.test_diary_usual import told

MOST, USUALLY = 11, 9
"""Questions for Today: where everything on it is there to be asked for, and for somebody with a plan and a diary.
Before they were counted they were 22."""


@pytest.fixture
def plan(clock: Clock, alice: Browser) -> str:
    return four_days_in(clock, alice)


@contextmanager
def asked(house: House) -> Iterator[list[str]]:
    """The questions to the database, but those that only begin a transaction."""
    found: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith("BEGIN"):
            found.append(statement)

    event.listen(house.store.engine, "before_cursor_execute", hear)
    try:
        yield found
    finally:
        event.remove(house.store.engine, "before_cursor_execute", hear)


def person(house: House, name: str = "alice") -> Person:
    found = find_person(house.store, name)
    assert found
    return found


def check_in(browser: Browser, words: str, level: str = "3") -> None:
    browser.post("/today/check-in", {"level": level, "words": words, "entry_id": str(uuid4())})


def test_today_asks_little_of_the_database_however_much_there_is(
    app: Flask, house: House, clock: Clock, alice: Browser, plan: str
) -> None:
    clock.set("2026-11-26 08:00")
    told(alice, 22, 23, 24, 25)
    check_in(alice, "een rustige dag")
    supply = alice.open("/plan/supply")
    counts = [each.get("name", "") for each in supply.all("input") if each.get("name", "").startswith("have-")]
    assert counts
    supply.send(dict.fromkeys(counts, "9"), containing=counts[0])
    close = Close(app, supporter(house, person(house), "quiet_day", whom="Zus", language="nl").token)
    close.say()
    close.say()
    alice.open("/today")  # whatever is read once a process
    with asked(house) as questions:
        page = alice.open("/today")
    assert "een rustige dag" in page.text
    assert page.has("A kind word for you")
    assert page.has("Last night: as usual")
    assert len(questions) <= MOST, questions


def test_today_asks_less_of_the_database_on_a_plain_day(house: House, clock: Clock, alice: Browser, plan: str) -> None:
    clock.set("2026-11-26 08:00")
    told(alice, 23, 24, 25, 26)
    check_in(alice, "een rustige dag")
    alice.open("/today")
    with asked(house) as questions:
        alice.open("/today")
    assert len(questions) <= USUALLY, questions


def test_a_changed_plan_shows_on_the_next_page(alice: Browser, plan: str) -> None:
    assert "4 dec" in alice.open("/today").text
    told = alice.open(f"{plan}/stay?days=14")
    told.send(containing="version", action=f"{plan}/stay")
    page = alice.open("/today")
    assert "18 dec" in page.text
    assert "4 dec" not in page.text
    assert "4 dec" not in alice.open("/plan").text


def test_a_row_that_is_confirmed_shows_on_the_next_page(clock: Clock, alice: Browser) -> None:
    """The version of the plan is the same then: what stands confirmed is not in it."""
    clock.set("2026-11-21 20:00")
    typed_rows(alice, DOWN, start="2026-11-21")
    before = alice.open("/today")
    assert before.all("h2", class_="dose-words") == []
    assert before.all("svg", class_="stair") == []
    confirm(alice)
    after = alice.open("/today")
    assert len(after.all("h2", class_="dose-words")) == 1
    assert len(after.all("{http://www.w3.org/2000/svg}svg", class_="stair")) == 1


def test_two_people_with_the_same_plan_see_their_own(clock: Clock, alice: Browser, bob: Browser, plan: str) -> None:
    clock.set("2026-11-21 20:00")
    typed_rows(bob, DOWN, start="2026-11-21")
    confirm(bob)
    clock.set("2026-11-25 20:00")
    for browser in (alice, bob, alice):
        page = browser.get("/today").text
        own, other = (plan_id(each) for each in ((alice, bob) if browser is alice else (bob, alice)))
        assert own in page
        assert other not in page
    told = alice.open(f"{plan}/stay?days=14")
    told.send(containing="version", action=f"{plan}/stay")
    assert "4 déc" in bob.open("/today").text


def test_the_next_day_and_another_language_are_drawn_anew(clock: Clock, alice: Browser, plan: str) -> None:
    first = alice.open("/today").text
    clock.set("2026-12-10 20:00")
    later = alice.open("/today").text
    assert "7 mg" in first
    assert "Eén tablet van 5 mg" in later
    alice.post("/language", {"language": "fr", "next": "/today"})
    said = alice.get("/today").text
    assert "comprimé" in said
    assert "vandaag" not in said
    assert "Hulp nu" not in said


def test_a_night_that_is_told_otherwise_changes_what_is_usual(clock: Clock, alice: Browser) -> None:
    clock.set("2026-11-21 08:00")
    told(alice, 17, 18, 19)
    assert "22:30" in alice.open("/diary/2026-11-21/usual").text
    for day in (17, 18, 19):
        alice.open(f"/diary/2026-11-{day}?edit=1").send({"in_bed": "21:10"})
    assert "21:10" in alice.open("/diary/2026-11-21/usual").text


def test_words_open_after_their_key_was_wrapped_by_another_data_key(house: House, alice: Browser) -> None:
    check_in(alice, "woorden van vroeger")
    assert "woorden van vroeger" in alice.open("/today").text
    house.store.ring = Ring("another data key, later", ["a data key of the tests"])
    assert "woorden van vroeger" in alice.open("/today").text
    assert rotate_keys(house.store).unreadable == 0
    house.store.ring = Ring("another data key, later")
    assert "woorden van vroeger" in alice.open("/today").text


def test_words_of_one_person_are_on_no_page_of_another(alice: Browser, bob: Browser) -> None:
    check_in(alice, "alleen van alice")
    alice.open("/today")
    assert "alleen van alice" not in bob.open("/today").text
    assert "alleen van alice" in alice.open("/today").text


def test_a_session_that_ended_opens_nothing(app: Flask, alice: Browser) -> None:
    other = signed_in_again(app, "alice")
    other.open("/today")
    alice.post("/sign-out", {"where": "everywhere"})
    assert other.get("/today", expect=303).headers["Location"].startswith("/sign-in")


def test_a_part_for_everyone_gets_nothing_of_the_page(app: Flask) -> None:
    with app.test_request_context("/"):
        drawn = fixed_part("offline/line.html", someone=True)
        assert fixed_part("offline/line.html", someone=True) is drawn
        assert "/waiting" in drawn
        assert "/waiting" not in fixed_part("offline/line.html", someone=False)
        assert fixed_part("layouts/foot.html", app_name="<A>", host_name="", host_contact="").count("&lt;A&gt;") == 1
    assert json.dumps(str(drawn)).count("data-text-") > 3

"""The person's side of a link for someone close: make, change, stop, a quieter day, the words that came."""

from __future__ import annotations

import re
from datetime import datetime, time

import pytest
from flask import Flask
from sqlalchemy import text

from companion.bootstrap import House
from companion.domain.reminder import Quiet
from companion.services.kind_word_arrived import _when
from tests.build import Clock, kept, rows
from tests.web.fetcher import Browser, Page
from tests.web.supporters import Close


def made(browser: Browser, **fields: object) -> Close:
    """Make a page through the form; whoever has the address."""
    page = browser.open("/share/close/new").send(fields)  # type: ignore[arg-type]
    return Close(browser.app, token_of(page))


def token_of(page: Page) -> str:
    [address] = [each.get("value", "") for each in page.all("input", id="address")]
    assert address.startswith("http://localhost/s/close/")
    return address.rsplit("/", 1)[1]


def test_a_page_is_made_with_its_address_shown_once(alice: Browser) -> None:
    page = alice.open("/share/close/new")
    assert set(page.values()["shows"]) == {"how_to_help", "not_to_say"}
    assert not {"own_words", "remind"} & set(page.values())
    page = page.send({"whom": "Lena", "shows": ["next_step"], "own_words": True})
    address = page.address
    Close(alice.app, token_of(page)).open()
    assert page.all("svg")
    page.send(action=address)
    assert not alice.open(address).all("input", id="address")
    listed = alice.open("/share/close")
    assert "Lena" in listed.text
    assert listed.has("They may write in their own words.")


def test_the_same_form_twice_is_one_page(house: House, alice: Browser) -> None:
    page = alice.open("/share/close/new")
    page.send({"whom": "Lena"})
    page.send({"whom": "Lena"})
    assert len(rows(house, "share")) == 1


@pytest.mark.parametrize("fields", [{"whom": "x" * 61}, {"days": "7"}, {"shows": ["doses"]}, {"language": "de"}])
def test_what_is_refused_keeps_everything_typed(house: House, alice: Browser, fields: dict[str, object]) -> None:
    sent = {"whom": "Lena", "days": "30", "own_words": "yes", "shows": ["quiet_day"]} | fields
    answer = alice.post("/share/close/new", sent, expect=422)
    page = alice.follow(answer, "/share/close/new", expect=422)
    assert page.summary()
    assert page.values()["whom"] == [sent["whom"]]
    assert page.values()["own_words"] == ["yes"]
    assert not rows(house, "share")


def test_changing_works_at_once_on_the_same_address(alice: Browser) -> None:
    close = made(alice, shows=["how_to_help"])
    assert close.open().by_id("help") is not None
    change = next(
        each for each in alice.open("/share/close").links() if re.fullmatch(r"/share/close/[0-9a-f-]{36}", each)
    )
    page = alice.open(change)
    assert page.values()["shows"] == ["how_to_help"]
    page.send({"shows": ["not_to_say"], "own_words": True})
    page = close.open()
    assert page.by_id("help") is None
    assert page.by_id("not-to-say") is not None
    assert page.all("textarea")


def test_stopping_and_renewing(alice: Browser) -> None:
    close = made(alice, whom="Lena")
    page = alice.open("/share/close")
    [stop] = [form.get("action", "") for form in page.forms() if form.get("action", "").endswith("/stop")]
    page = page.send(action=stop)
    assert page.has("This link opens nothing any more.")
    close.open(expect=404)
    [renew] = [form.get("action", "") for form in page.forms() if form.get("action", "").endswith("/renew")]
    again = page.send(action=renew)
    Close(alice.app, token_of(again)).open()
    close.open(expect=404)


def test_a_quieter_day_is_a_tap_on_today_and_can_be_taken_back(alice: Browser) -> None:
    made(alice, shows=["how_to_help"])
    assert not [form for form in alice.open("/today").forms() if form.get("action") == "/share/close/quiet"]
    close = made(alice, shows=["quiet_day"])
    page = alice.open("/today").send(action="/share/close/quiet")
    assert page.address == "/today"
    assert page.has("Who supports you now sees: today is a quieter day.")
    assert close.open().by_id("quiet") is not None
    page.send(action="/share/close/quiet")
    assert close.open().by_id("quiet") is None


def test_a_kind_word_is_put_away_and_stays_kept(house: House, alice: Browser, clock: Clock) -> None:
    close = made(alice, whom="Lena", own_words=True)
    close.say("own", "Dag lieve zus")
    page = alice.open("/today")
    assert "Dag lieve zus" in page.text
    [away] = [form.get("action", "") for form in page.forms() if form.get("action", "").endswith("/seen")]
    page = page.send(action=away)
    assert "Dag lieve zus" not in page.text
    assert "Dag lieve zus" in alice.open("/share/close").text
    [word] = rows(house, "kind_word")
    first = word["seen_at"]
    clock.forward(minutes=5)
    alice.post(away)
    assert rows(house, "kind_word")[0]["seen_at"] == first


def test_today_shows_the_newest_three_and_says_that_there_are_more(alice: Browser, clock: Clock) -> None:
    close = made(alice, own_words=True)
    for n in range(4):
        close.say("own", f"Woord {n}")
        clock.forward(minutes=1)
    page = alice.open("/today")
    assert [f"Woord {n}" in page.text for n in range(4)] == [False, True, True, True]
    assert page.has("There are more kind words")


def test_a_stranger_reads_and_changes_nothing(app: Flask, house: House, alice: Browser, charlie: Browser) -> None:
    close = made(alice, whom="Lena", shows=["quiet_day"], own_words=True)
    close.say("own", "Alleen voor Alice")
    [link], [word] = rows(house, "share"), rows(house, "kind_word")
    before = kept(house)
    for then in ("", "/address", "/look"):
        charlie.get(f"/share/close/{link['id']}{then}", expect=404)
    for then in ("", "/stop", "/renew", "/address"):
        charlie.post(f"/share/close/{link['id']}{then}", {"seen": "x"}, expect=404)
    charlie.post(f"/share/close/words/{word['id']}/seen", expect=404)
    charlie.post("/share/close/quiet", {"quiet": "yes"})
    for page in ("/today", "/share/close"):
        assert "Alleen voor Alice" not in charlie.open(page).text
    assert kept(house) == before


def test_looking_at_it_oneself_is_what_they_see(alice: Browser) -> None:
    made(alice, shows=["how_to_help", "quiet_day"])
    look = next(each for each in alice.open("/share/close").links() if each.endswith("/look"))
    page = alice.open(look)
    assert page.by_id("help") is not None
    assert page.by_id("not-to-say") is None


@pytest.mark.parametrize(
    ("at", "quiet", "comes"),
    [
        ("2026-11-21 15:20", None, "2026-11-21 15:21"),
        ("2026-11-21 23:59", None, "2026-11-22 00:00"),
        ("2026-11-21 23:30", ("22:00", "08:00"), "2026-11-22 08:00"),
        ("2026-11-22 07:59", ("22:00", "08:00"), "2026-11-22 08:00"),
        ("2026-11-22 03:00", ("22:00", "08:00"), "2026-11-22 08:00"),
        ("2026-11-21 12:00", ("22:00", "08:00"), "2026-11-21 12:01"),
        ("2026-11-21 13:00", ("12:00", "14:30"), "2026-11-21 14:30"),
    ],
)
def test_a_reminder_of_a_word_waits_for_the_end_of_the_quiet_hours(
    at: str, quiet: tuple[str, str] | None, comes: str
) -> None:
    hours = Quiet(*(time.fromisoformat(each) for each in quiet)) if quiet else None
    assert _when(datetime.fromisoformat(at), hours) == datetime.fromisoformat(comes)


def test_what_an_import_brought_and_nobody_knows_stops_no_page(house: House, alice: Browser) -> None:
    close = made(alice, shows=["how_to_help"])
    close.say()
    with house.store.engine.begin() as connection:
        connection.execute(text("update share set sections = '[\"horoscope\", \"not_to_say\"]', options = '{}'"))
        connection.execute(text("update kind_word set code = 'poem'"))
    assert alice.open("/today").has("A kind word for you")
    alice.open("/share/close")
    assert close.open().by_id("not-to-say") is not None

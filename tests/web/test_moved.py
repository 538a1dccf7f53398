"""Somebody who lived through changes of the clock, and then moves: every page opens, wherever they live now."""

from __future__ import annotations

from uuid import uuid4
from zoneinfo import ZoneInfo

from flask import Flask

from companion.bootstrap import House
from tests.build import Clock
from tests.services.test_moved import AWAKE_ALL_NIGHT, BACK, FORWARD, LONGER, SHORTER, TYPED_DAY, ZONES
from tests.web.fetcher import Browser
from tests.web.shares import Reader
from tests.web.test_diary import facts
from tests.web.test_matrix import address_on, addresses, everything_marked, what

NIGHTS = {BACK.isoformat(): LONGER, FORWARD.isoformat(): SHORTER}
DAYS = (*NIGHTS, TYPED_DAY.isoformat())
WHERE = [each for each in ZONES if not each.startswith("Etc/")]
"""Places to choose on the page; the others come with a file."""

SEEN = (
    *(f"/diary/{day}{more}" for day in DAYS for more in ("", "?edit=1", "/draw", "/draw?begins=18:00")),
    *(f"/calendar?from={day}" for day in (*DAYS, "2026-10-13", "2026-03-20")),
    *(f"/history?window={window}" for window in ("day", "week", "month", "step", "all")),
)  # fmt: skip
NOW = ("/today", "/diary", "/calendar", "/history", "/offline/pages", "/account/export")


def paint(browser: Browser, day: str, drawn: str) -> None:
    sent = {
        "by": "grid",
        "drawn": drawn,
        "marks": "coffee 16:00, medicine 22:30",
        "do": "save",
        "entry_id": str(uuid4()),
    }
    browser.post(f"/diary/{day}/draw", sent)


def live(browser: Browser) -> None:
    for day, drawn in NIGHTS.items():
        paint(browser, day, drawn)
    browser.post(f"/diary/{TYPED_DAY}", AWAKE_ALL_NIGHT | {"entry_id": str(uuid4())})


def answers(browser: Browser, asked: list[str]) -> dict[str, int]:
    return {address: browser.client.get(address, base_url=browser.origin).status_code for address in asked}


def move(browser: Browser, zone: str) -> None:
    browser.post("/reminders/zone", {"zone": zone})


def test_every_page_opens_after_a_move(house: House, app: Flask, alice: Browser, charlie: Browser) -> None:
    owned = everything_marked(house, app, alice, charlie)
    live(alice)
    share = address_on(alice.open("/share/new").send({"sections": ["plan", "nights", "doses"]}))
    known = {address: methods["GET"] for address, methods in addresses(owned, "nobody").items() if "GET" in methods}
    asked = [each for each, rule in known.items() if what(rule, "GET", "owner") in {"of the owner", "of a person"}]
    asked += SEEN
    before = answers(alice, asked)
    assert len(asked) > 100
    assert {before[address] for address in SEEN} == {200}
    for zone in WHERE:
        move(alice, zone)
        assert answers(alice, asked) == before, zone
        assert Reader(app, share).show()


def test_every_page_of_today_opens_the_day_after_a_change(clock: Clock, alice: Browser) -> None:
    """Also where it is not yet, or no longer, the day on which the night was told."""
    for day, drawn in NIGHTS.items():
        clock.set(f"{day} 12:00")
        paint(alice, day, drawn)
        for zone in (
            "Asia/Tokyo",
            "America/New_York",
            "Australia/Lord_Howe",
            "Pacific/Kiritimati",
            "Pacific/Pago_Pago",
        ):
            move(alice, zone)
            for address in NOW:
                alice.get(address)
        move(alice, "Europe/Brussels")


def test_a_night_is_shown_and_painted_on_its_own_clock(alice: Browser) -> None:
    live(alice)
    address = f"/diary/{BACK}"
    before = facts(alice.open(address))
    move(alice, "Asia/Tokyo")
    assert facts(alice.open(address)) == before
    page = alice.open(f"{address}/draw")
    assert page.values()["drawn"] == [LONGER]
    paint(alice, BACK.isoformat(), "." * 40 + "b" * 5 + "s" * 35 + "." * 20)
    assert facts(alice.open(address))[0] == "10 u 00"


def test_a_night_of_another_country_moves_along_too(clock: Clock, alice: Browser) -> None:
    """In New York the clock goes back a week later than in Brussels."""
    move(alice, "America/New_York")
    clock.set("2026-11-02 12:00", ZoneInfo("America/New_York"))
    paint(alice, "2026-11-01", LONGER)
    for zone in ("Asia/Tokyo", "Europe/Brussels"):
        move(alice, zone)
        assert facts(alice.open("/diary/2026-11-01"))[0] == "9 u 00"
        for each in NOW:
            alice.get(each)

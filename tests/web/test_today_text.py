"""The quiet line on Today about something to read: one a day, in the reader’s language, and gone once it was hidden."""

from __future__ import annotations

from companion.bootstrap import House
from tests.build import Clock, rows
from tests.web.fetcher import Browser, Page
from tests.web.plans import confirm, typed_rows


def lower(browser: Browser) -> None:
    """A confirmed plan whose first lower dose is today."""
    typed_rows(browser, [({"bedtime": "7"}, "30"), ({"bedtime": "5"}, "30")], start="2026-11-21")
    confirm(browser)


def reading(page: Page) -> list[str]:
    card = page.by_id("to-read")
    return [] if card is None else [link.get("href", "") for link in card.iter("a")]


def test_today_mentions_one_text_in_the_readers_language(alice: Browser, bob: Browser) -> None:
    assert reading(alice.open("/today")) == []
    for browser in (alice, bob):
        lower(browser)
        assert reading(browser.open("/today")) == ["/learn/what-can-come-when-lowering"]


def test_hidden_it_never_comes_again_and_nothing_else_comes_that_day(clock: Clock, alice: Browser) -> None:
    lower(alice)
    page = alice.open("/today").send(action="/today/text")
    assert reading(page) == []
    clock.set("2026-11-22 09:00")
    assert reading(alice.open("/today")) == []
    alice.open("/diary/2026-11-22").send({"sol_min": "90", "waso_min": "30"})
    assert reading(alice.open("/today")) == ["/learn/a-bad-night"]


def test_hiding_is_undone_with_one_tap(house: House, alice: Browser) -> None:
    lower(alice)
    page = alice.open("/today").send(action="/today/text")
    assert page.has("This text does not show here again.")
    back = page.send(action="/today/text/again")
    assert back.has("Undone.")
    assert reading(back) == ["/learn/what-can-come-when-lowering"]
    page.send(action="/today/text/again")  # a double tap, or an old tab
    assert reading(alice.open("/today")) == ["/learn/what-can-come-when-lowering"]
    hidden = alice.open("/today").send(action="/today/text")
    assert reading(hidden) == []
    assert not [form for form in alice.open("/today").forms() if form.get("action") == "/today/text/again"]


def test_nobody_shows_it_again_for_another_and_nobody_without_consent(
    house: House, alice: Browser, charlie: Browser
) -> None:
    lower(alice)
    page = alice.open("/today").send(action="/today/text")
    [entry] = [row for row in rows(house, "entry") if row["kind"] == "set_aside"]
    charlie.post("/today/text/again", {"entry": entry["id"]}, expect=404)
    alice.post("/consent", {"purpose": []})
    assert page.send(action="/today/text/again").address == "/consent"
    assert [row for row in rows(house, "entry") if row["kind"] == "set_aside"] == [entry]


def test_what_was_mentioned_this_day_stays_until_tomorrow(clock: Clock, alice: Browser) -> None:
    lower(alice)
    assert reading(alice.open("/today")) == ["/learn/what-can-come-when-lowering"]
    alice.open("/diary/2026-11-21").send({"sol_min": "90", "waso_min": "30"})
    assert reading(alice.open("/today")) == ["/learn/what-can-come-when-lowering"]
    clock.set("2026-11-22 09:00")
    alice.open("/diary/2026-11-22").send({"sol_min": "90", "waso_min": "30"})
    assert reading(alice.open("/today")) == ["/learn/a-bad-night"]


def test_a_line_we_do_not_have_cannot_be_hidden(alice: Browser) -> None:
    alice.post("/today/text", {"text": "nothing"}, expect=404)
    alice.post("/today/text", expect=404)


def test_the_coming_days_mention_nothing(alice: Browser) -> None:
    lower(alice)
    assert reading(alice.open("/today?ahead=2026-11-23")) == []


def test_every_symptom_of_a_list_leads_to_what_there_is_to_read(alice: Browser) -> None:
    page = alice.open("/symptoms/new").send({"answers[7]": "1", "answers[14]": "2", "answers[19]": "0"})
    assert {"/learn/relaxation", "/learn/windows-and-waves", "/learn/what-these-medicines-do"} <= set(page.links())
    assert {"/learn/relaxation", "/learn/windows-and-waves"} <= set(alice.open("/symptoms").links())

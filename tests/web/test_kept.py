"""What a page says to a phone that keeps it."""

from __future__ import annotations

from tests.build import Clock
from tests.web.fetcher import Browser


def test_today_says_until_when_it_is_as_it_is(alice: Browser, clock: Clock) -> None:
    alice.get("/today")
    clock.set("2026-11-21 16:40")
    assert alice.get("/today").headers["Kept-Until"] == "2026-11-21T17:00:00Z"
    clock.set("2026-11-22 00:10")
    assert alice.get("/today").headers["Kept-Until"] == "2026-11-22T04:00:00Z"
    assert "Kept-Until" not in alice.get("/diary").headers
    assert "Kept-Until" not in alice.get("/help").headers


def test_a_today_that_says_something_once_says_no_until(alice: Browser) -> None:
    """Else it could be shown again, though what it says is over."""
    said = alice.get("/today")
    assert alice.say("Your choice is saved.") in said.get_data(as_text=True)
    assert "Kept-Until" not in said.headers
    again = alice.get("/today")
    assert alice.say("Your choice is saved.") not in again.get_data(as_text=True)
    assert "Kept-Until" in again.headers

"""The day after an urgent answer: once more, gently, a way to help; then it is over. Nothing else changes."""

from __future__ import annotations

import pytest

from companion.bootstrap import House
from tests.build import Clock, kept
from tests.web.fetcher import Browser, Page

LINE = "Yesterday you gave an answer that help can go with. You need not carry it alone."


def answer(browser: Browser, **more: str) -> None:
    """Keep a list with an urgent answer, after help was shown."""
    browser.open("/symptoms/new").send({"answers[1]": "1", "help_shown": "yes"} | more)


def says(page: Page) -> bool:
    return page.by_id("gently") is not None


@pytest.mark.parametrize(
    "urgent",
    [
        {"answers[17]": "1"},
        {"answers[18]": "2"},
        {"safety[seizure]": "earlier"},
        {"safety[suicide]": "now"},
        {"safety[confusion]": "earlier"},
    ],
)
def test_the_next_day_a_calm_line_leads_to_help_and_the_day_after_it_is_gone(
    clock: Clock, alice: Browser, urgent: dict[str, str]
) -> None:
    answer(alice, **urgent)
    assert not says(alice.open("/today"))
    clock.set("2026-11-22 04:30")  # still the same evening
    assert not says(alice.open("/today"))
    clock.set("2026-11-22 05:30")
    page = alice.open("/today")
    assert page.has(LINE)
    assert "/help" in page.links()
    clock.set("2026-11-23 05:30")
    assert not says(alice.open("/today"))


def test_it_is_over_hides_it_for_good_on_this_phone(house: House, clock: Clock, alice: Browser) -> None:
    answer(alice, **{"safety[suicide]": "earlier"})
    clock.set("2026-11-22 10:00")
    before = kept(house)
    page = alice.open("/today").send(action="/today/hide")
    assert not says(page)
    clock.set("2026-11-22 22:00")
    assert not says(alice.open("/today"))
    assert kept(house) == before


def test_an_answer_that_was_a_mistake_and_changed_says_nothing(clock: Clock, alice: Browser) -> None:
    answer(alice, **{"answers[17]": "1"})
    clock.forward(minutes=5)
    answer(alice, **{"answers[17]": "0"})
    clock.set("2026-11-22 10:00")
    assert not says(alice.open("/today"))


def test_a_bad_day_that_is_not_urgent_says_nothing(clock: Clock, alice: Browser) -> None:
    alice.open("/symptoms/new").send({f"answers[{n}]": "2" for n in range(1, 17)})
    clock.set("2026-11-22 10:00")
    assert not says(alice.open("/today"))


def test_nobody_else_is_told(clock: Clock, alice: Browser, charlie: Browser) -> None:
    answer(alice, **{"answers[17]": "1"})
    clock.set("2026-11-22 10:00")
    assert not says(charlie.open("/today"))
    charlie.post("/today/hide")
    assert says(alice.open("/today"))


def test_everything_else_on_today_is_the_same(clock: Clock, alice: Browser, charlie: Browser) -> None:
    answer(alice, **{"safety[seizure]": "now"})
    charlie.open("/symptoms/new").send({"answers[1]": "1"})
    clock.set("2026-11-22 10:00")
    theirs = [alice.open("/today"), charlie.open("/today")]
    links = [[link for link in page.links() if link != "/help"] for page in theirs]
    assert links[0] == links[1]

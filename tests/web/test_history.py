"""Dose, sleep and symptoms on one time axis."""

from __future__ import annotations

import pytest

from tests.build import Clock
from tests.web.fetcher import Browser
from tests.web.plans import confirm, programme, typed_rows

WINDOWS = ("day", "week", "month", "all")


@pytest.fixture
def lived(clock: Clock, alice: Browser) -> Browser:
    """Three weeks of a plan, a few nights and two lists."""
    clock.set("2026-11-01 20:00")
    typed_rows(alice, [({"bedtime": "7"}, "14"), ({"bedtime": "5"}, "14")], start="2026-11-01")
    confirm(alice)
    for day in ("2026-11-02", "2026-11-15", "2026-11-20", "2026-11-21"):
        clock.set(f"{day} 20:00")
        night = {"in_bed": "22:30", "lights_out": "23:00", "sol_min": "30", "final_wake": "06:00", "up": "06:40"}
        alice.open(f"/diary/{day}").send(night | {"waso_min": "45"})
    for day, level in (("2026-11-03", "1"), ("2026-11-21", "0")):
        clock.set(f"{day} 20:00")
        answers = {f"answers[{n}]": level for n in range(1, 21)} | {"answers[17]": "0", "answers[18]": "0"}
        alice.open("/symptoms/new").send(answers)
    return alice


@pytest.mark.parametrize("window", WINDOWS)
def test_every_window_opens_with_a_picture_words_and_a_table(lived: Browser, window: str) -> None:
    page = lived.open(f"/history?window={window}")
    [picture] = page.all("svg", class_="chart-picture")
    assert picture.get("role") == "img"
    assert page.all("table")
    [now] = [each for each in page.root.iter("a") if each.get("aria-current") == "true"]
    assert f"window={window}" in now.get("href", "")


def test_a_window_holds_its_days_only(lived: Browser) -> None:
    counts = {
        window: len(lived.open(f"/history?window={window}").all("rect", class_="chart-asleep")) for window in WINDOWS
    }
    assert counts == {"day": 1, "week": 3, "month": 4, "all": 4}
    points = {
        window: len(lived.open(f"/history?window={window}").all("path", class_="chart-feeling")) for window in WINDOWS
    }
    assert points == {"day": 1, "week": 1, "month": 2, "all": 2}


def test_the_table_holds_the_same_numbers(lived: Browser) -> None:
    text = lived.open("/history?window=week").text
    assert "70,4%" in text
    assert "5 mg" in text.replace("\u00a0", " ")
    assert "5 u 45" in text


@pytest.mark.parametrize("address", ["/history?window=year", "/history?window=", "/history?plan=x&window=%00"])
def test_a_window_or_plan_that_is_not_there_shows_everything(lived: Browser, address: str) -> None:
    assert len(lived.open(address).all("rect", class_="chart-asleep")) == 4


def test_an_empty_history_says_so(alice: Browser) -> None:
    for window in WINDOWS:
        page = alice.open(f"/history?window={window}")
        assert page.has("Nothing noted in these days. Your plan, nights and lists come together here.")


def test_two_medicines_are_shown_one_at_a_time(lived: Browser) -> None:
    programme(lived, start="2026-11-10")
    page = lived.open("/history?window=week")
    other = next(link for link in page.links() if "plan=" in link and "window=week" in link)
    lived.open(other)


def test_a_year_of_a_programme_opens(clock: Clock, alice: Browser) -> None:
    programme(alice, start="2025-11-21")
    confirm(alice)
    assert len(alice.open("/history?window=all").all("path", class_="chart-stair")) == 1
    alice.open("/plan")

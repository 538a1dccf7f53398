"""Dose, sleep and symptoms on one time axis."""

from __future__ import annotations

import pytest

from tests.build import Clock
from tests.web.fetcher import Browser
from tests.web.plans import confirm, plan_id, programme, typed_rows
from tests.web.read_back import note

NIGHT_BEFORE = {
    "in_bed": "22:30",
    "lights_out": "23:00",
    "sol_min": "15",
    "final_wake": "06:00",
    "up": "06:40",
    "waso_min": "45",
}

WINDOWS = ("day", "week", "month", "step", "all")


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
    assert counts == {"day": 1, "week": 3, "month": 4, "step": 3, "all": 4}
    points = {
        window: len(lived.open(f"/history?window={window}").all("path", class_="chart-feeling")) for window in WINDOWS
    }
    assert points == {"day": 1, "week": 1, "month": 2, "step": 1, "all": 2}


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


def test_a_week_leads_to_the_week_before_and_back(lived: Browser) -> None:
    page = lived.open("/history?window=week")
    [earlier] = [each.get("href", "") for each in page.root.iter("a") if "".join(each.itertext()) == "Vroeger"]
    assert "on=2026-11-14" in earlier
    page = lived.open(earlier)
    assert "8 november 2026 tot en met 14 november 2026" in page.text
    [later] = [each.get("href", "") for each in page.root.iter("a") if "".join(each.itertext()) == "Later"]
    assert "on=2026-11-21" in later
    first = lived.open("/history?window=week&on=2026-11-02")
    assert not [each for each in first.root.iter("a") if "".join(each.itertext()) == "Vroeger"]


def test_another_zoom_stays_at_the_day_one_looks_at(lived: Browser) -> None:
    page = lived.open("/history?window=month&on=2026-11-10")
    assert any("window=day" in link and "on=2026-11-10" in link for link in page.links())


def test_a_step_of_the_plan_is_named_with_its_dose_and_days(lived: Browser) -> None:
    page = lived.open("/history?window=step")
    assert "Stap 2: 5 mg per dag" in page.text
    assert "15 november 2026 tot en met 28 november 2026" in page.text
    page = lived.open("/history?window=step&on=2026-11-14")
    assert "Stap 1: 7 mg per dag" in page.text


@pytest.mark.parametrize("on", ["2026-02-30", "2030-01-01", "0001-01-01", "%00", "21-11-2026", "20261121"])
@pytest.mark.parametrize("window", WINDOWS)
def test_a_day_that_cannot_be_is_today(lived: Browser, window: str, on: str) -> None:
    assert lived.open(f"/history?window={window}&on={on}").text == lived.open(f"/history?window={window}").text


def test_what_was_taken_otherwise_stands_in_picture_table_and_words(clock: Clock, lived: Browser) -> None:
    clock.set("2026-11-20 22:00")
    note(lived.open(f"/today/dose/{plan_id(lived)}/bedtime"), {"mg": "6"})
    clock.set("2026-11-21 22:00")
    note(lived.open("/today/extra"), {"mg": "2"})
    page = lived.open("/history?window=week")
    assert len(page.all("path", class_="chart-mark-more")) == 2
    assert page.has("How to read this")
    assert "Op 2 dagen meer dan gepland." in page.text
    assert "1 mg meer" in page.text
    assert "2 mg meer" in page.text


def test_two_weeks_stand_beside_each_other_from_four_nights_in_both(clock: Clock, lived: Browser) -> None:
    page = lived.open("/history?window=week")
    assert page.has("Two weeks stand beside each other when both have at least four nights.")
    for day in ("10", "11", "12", "13", "18"):
        lived.post(f"/diary/2026-11-{day}", NIGHT_BEFORE)
    page = lived.open("/history?window=week")
    assert "5 u 49 deze week (4 nachten), 6 u 00 de week ervoor (4 nachten)" in page.text


def test_a_stay_is_in_the_picture_and_in_the_list_by_the_same_number(clock: Clock, lived: Browser) -> None:
    stay = f"/plan/{plan_id(lived)}/stay"
    lived.open(f"{stay}?days=7").send(containing="version", action=stay)
    page = lived.open("/history?window=step")
    assert len(page.all("rect", class_="chart-band-stay")) == 1
    assert "1 gebleven" in page.text


def test_without_a_plan_there_is_no_step_to_choose(alice: Browser) -> None:
    assert not any("window=step" in link for link in alice.open("/history").links())

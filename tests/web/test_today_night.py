"""Today between midnight and five: what matters then, and awake in one tap."""

from __future__ import annotations

import pytest

from companion.bootstrap import House
from tests.build import Clock, rows
from tests.web.fetcher import Browser, Page
from tests.web.plans import confirm, typed_rows


def hidden(page: Page, mark: str) -> bool:
    [part] = page.all("div", **{mark: ""}) or page.all("div", **{mark: "05:00"})
    return "hidden" in part.attrib


@pytest.fixture
def night(alice: Browser, clock: Clock) -> Browser:
    """Alice at 02:40; she took this evening’s dose at 22:00."""
    typed_rows(alice, [({"bedtime": "8"}, "30")], start="2026-11-21")
    confirm(alice)
    alice.open("/today").send(action="/today/taken")
    clock.set("2026-11-22 02:40")
    return alice


def test_at_night_only_what_matters_then(night: Browser) -> None:
    page = night.open("/today")
    assert not hidden(page, "data-by-night")
    assert hidden(page, "data-by-day")
    assert "22:00" in page.text  # taken at
    assert page.markup.count("02:40") == 1  # in the words for a page that was kept, which are hidden
    assert {"/get-up", "/learn/breathing", "/calm-note", "/learn/a-bad-night", "/help"} <= set(page.links())
    assert not hidden(night.open("/today?all=yes"), "data-by-day")


def test_at_night_only_the_last_dose_of_the_day_is_asked_for(alice: Browser, clock: Clock) -> None:
    typed_rows(
        alice, [({"morning": "5", "bedtime": "8"}, "30")], start="2026-11-21", daily={"morning": "5", "bedtime": "8"}
    )
    confirm(alice)
    clock.set("2026-11-22 02:40")
    page = alice.open("/today")
    aside = {
        field.get("value")
        for part in page.all("div", hidden="")
        for field in part.iter("input")
        if field.get("name") == "moment"
    }
    assert {field.get("value") for field in page.all("input", name="moment")} == {"morning", "bedtime"}
    assert aside == {"morning"}
    assert page.root.get("class") == "night"


@pytest.mark.parametrize("at", ["2026-11-22 05:00", "2026-11-22 12:00", "2026-11-21 23:59"])
def test_by_day_everything(night: Browser, clock: Clock, at: str) -> None:
    clock.set(at)
    page = night.open("/today")
    assert hidden(page, "data-by-night")
    assert not hidden(page, "data-by-day")


def test_where_the_day_turns_late_it_is_not_night_in_the_morning(night: Browser, clock: Clock) -> None:
    night.open("/account").send({"day_turn": "10:00"}, containing="day_turn")
    clock.set("2026-11-22 09:00")
    page = night.open("/today")
    assert hidden(page, "data-by-night")
    assert "10:00" in page.text  # until then it is still the day before


def test_awake_in_one_tap_counts_in_the_diary_and_the_rest_is_for_the_morning(
    night: Browser, clock: Clock, house: House
) -> None:
    night.open("/today").send(action="/today/awake")
    clock.forward(minutes=50)
    page = night.open("/today").send(action="/today/awake")
    assert page.address == "/today"
    assert "Genoteerd: 2 keer wakker" in page.text
    clock.set("2026-11-22 07:30")
    morning = night.open("/today")
    assert "Vannacht noteerde je: 2 keer wakker." in morning.text
    assert "/diary/2026-11-22/usual" not in morning.links()
    form = night.open("/diary/2026-11-22?edit=1")
    assert form.values()["awakenings"] == ["2"]
    kept = form.send({"in_bed": "22:30", "up": "06:40"})
    assert kept.address == "/diary/2026-11-22"
    assert "Vannacht noteerde je" not in night.open("/today").text
    assert len([each for each in rows(house, "entry") if each["kind"] == "night" and not each["superseded"]]) == 1


def test_a_double_tap_counts_once_and_a_tap_can_be_undone(night: Browser) -> None:
    page = night.open("/today")
    page.send(action="/today/awake")
    page = page.send(action="/today/awake")  # the same page again
    assert "Genoteerd: 1 keer wakker" in page.text
    page = page.send(action="/today/awake").send(action="/today/awake/undo")
    assert "Genoteerd: 1 keer wakker" in page.text
    page = page.send(action="/today/awake/undo")
    assert "Genoteerd" not in page.by_id("awake").itertext()  # type: ignore[union-attr]
    assert "Vannacht noteerde je" not in page.text


def test_an_undo_tapped_twice_takes_one_away_and_is_no_dead_end(night: Browser) -> None:
    page = night.open("/today").send(action="/today/awake")
    page.send(action="/today/awake/undo")
    again = page.send(action="/today/awake/undo")  # the same page again
    assert again.address == "/today"
    assert "Genoteerd" not in again.by_id("awake").itertext()  # type: ignore[union-attr]


def test_where_more_of_the_night_was_told_the_tap_leads_to_its_form(night: Browser) -> None:
    night.open("/diary/2026-11-22").send({"in_bed": "22:30", "awakenings": "1"})
    page = night.open("/today").send(action="/today/awake")
    assert page.address == "/diary/2026-11-22?edit=1"
    assert page.values()["awakenings"] == ["1"]


def test_by_day_a_tap_of_an_old_page_changes_nothing(night: Browser, clock: Clock, house: House) -> None:
    page = night.open("/today")
    clock.set("2026-11-22 09:00")
    before = rows(house, "entry")
    assert page.send(action="/today/awake").address == "/today"
    assert rows(house, "entry") == before

"""The sleep diary: the real nights, and everything that cannot be a night."""

from __future__ import annotations

import json
from typing import Any

import pytest

from companion.bootstrap import House
from tests.build import Clock, kept, rows
from tests.web.fetcher import Browser, Page
from tests.worked_night import WORKED

MORE = {"quality": "2", "rested": "3", "naps_min": "20", "felt_asleep_min": "240", "note": "Wind & regen <zacht>"}


def facts(page: Page) -> list[str]:
    """The big figures: time in bed, time asleep, efficiency."""
    return [" ".join("".join(each.itertext()).split()) for each in page.all("dd", class_="big")]


def filled(browser: Browser, day: str, typed: dict[str, Any], expect: int = 200) -> Page:
    return browser.open(f"/diary/{day}").send(typed, expect=expect)


def nights(house: House) -> list[dict[str, Any]]:
    return [each for each in rows(house, "entry") if each["kind"] == "night"]


def test_the_night_of_the_issue_gives_490_345_and_70_4(alice: Browser) -> None:
    page = filled(alice, "2026-11-21", WORKED)
    assert facts(page) == ["8 u 10", "5 u 45", "70,4%"]
    assert page.has("Sleep efficiency (time asleep : time in bed)")


def test_in_french_too(bob: Browser) -> None:
    assert facts(filled(bob, "2026-11-21", WORKED)) == ["8 h 10", "5 h 45", "70,4 %"]


@pytest.mark.parametrize(
    ("day", "in_bed"), [("2026-03-29", "7 u 00"), ("2026-10-25", "9 u 00"), ("2026-10-24", "8 u 00")]
)
def test_nights_on_which_the_clock_changes_last_what_they_last(alice: Browser, day: str, in_bed: str) -> None:
    assert facts(filled(alice, day, {"in_bed": "23:00", "up": "07:00"}))[0] == in_bed


def test_nothing_is_required_but_the_date(house: House, alice: Browser) -> None:
    page = filled(alice, "2026-11-20", {})
    assert facts(page) == ["–", "–", "–"]
    assert page.has("A dash means that an answer is missing. We do not guess it.")
    assert len(nights(house)) == 1


def test_a_night_without_sleep(alice: Browser) -> None:
    page = filled(alice, "2026-11-20", {"in_bed": "23:00", "up": "06:00", "no_sleep": True})
    assert facts(page) == ["7 u 00", "0 min", "0%"]
    assert alice.open("/diary/2026-11-20?edit=1").values()["no_sleep"] == ["yes"]


def test_everything_written_comes_back_as_it_was_written(house: House, alice: Browser) -> None:
    page = filled(alice, "2026-11-21", WORKED | MORE)
    assert "Wind & regen <zacht>" in page.text
    again = alice.open("/diary/2026-11-21?edit=1").values()
    assert {name: again[name] for name in WORKED | MORE} == {name: [value] for name, value in (WORKED | MORE).items()}


def test_a_note_of_several_lines_survives_being_opened_and_kept_again(
    house: House, clock: Clock, alice: Browser
) -> None:
    filled(alice, "2026-11-21", {"note": "een\r\ntwee\r\n\r\ndrie"})
    clock.forward(minutes=1)
    alice.open("/diary/2026-11-21?edit=1").send({"up": "06:00"})
    export = alice.get("/account/export").get_json()
    assert [each["data"]["note"] for each in export["nights"]] == ["een\ntwee\n\ndrie"] * 2


def test_a_changed_night_replaces_and_keeps_the_earlier_version(house: House, clock: Clock, alice: Browser) -> None:
    filled(alice, "2026-11-21", WORKED)
    clock.forward(minutes=5)
    page = alice.open("/diary/2026-11-21?edit=1").send({"up": "07:10"})
    assert facts(page)[0] == "8 u 40"
    assert sorted(each["superseded"] for each in nights(house)) == [False, True]


def test_two_changes_in_the_same_second_keep_the_last(house: House, alice: Browser) -> None:
    filled(alice, "2026-11-21", WORKED)
    page = alice.open("/diary/2026-11-21?edit=1").send({"up": "07:10"})
    assert facts(page)[0] == "8 u 40"
    assert sorted(each["superseded"] for each in nights(house)) == [False, True]


def test_pressing_keep_twice_keeps_one_night(house: House, alice: Browser) -> None:
    page = alice.open("/diary/2026-11-21")
    page.send(WORKED)
    page.send(WORKED)
    assert len(nights(house)) == 1


BAD = [
    ({"in_bed": "25:00"}, "in_bed"),
    ({"in_bed": "late"}, "in_bed"),
    ({"lights_out": "23:60"}, "lights_out"),
    ({"sol_min": "half an hour"}, "sol_min"),
    ({"sol_min": "-5"}, "sol_min"),
    ({"sol_min": "1441"}, "sol_min"),
    ({"awakenings": "3.5"}, "awakenings"),
    ({"awakenings": "100"}, "awakenings"),
    ({"waso_min": "45 min"}, "waso_min"),
    ({"waso_min": "391"}, "waso_min"),
    ({"final_wake": "6"}, "final_wake"),
    ({"up": "6.40"}, "up"),
    ({"still_trying_min": "x"}, "still_trying_min"),
    ({"still_trying_min": "41"}, "still_trying_min"),
    ({"naps_min": "²"}, "naps_min"),
    ({"felt_asleep_min": "1e2"}, "felt_asleep_min"),
    ({"note": "x" * 4001}, "note"),
]


@pytest.mark.parametrize(("wrong", "field"), BAD)
def test_what_cannot_be_a_night_is_refused_beside_its_field(
    house: House, alice: Browser, wrong: dict[str, str], field: str
) -> None:
    before = kept(house)
    typed = WORKED | MORE | wrong
    page = filled(alice, "2026-11-21", typed, expect=422)
    assert page.errors(field)
    assert page.errors(field) in page.summary()
    assert {name: page.values()[name] for name in typed} == {name: [value] for name, value in typed.items()}
    assert kept(house) == before


def test_into_bed_after_lights_out_by_the_clock_is_refused(house: House, alice: Browser) -> None:
    before = kept(house)
    page = filled(alice, "2026-11-21", WORKED | {"in_bed": "23:30"}, expect=422)
    assert page.summary()
    assert page.values()["in_bed"] == ["23:30"]
    assert kept(house) == before


@pytest.mark.parametrize("name", ["quality", "rested"])
def test_a_choice_that_is_not_offered_is_refused(house: House, alice: Browser, name: str) -> None:
    before = kept(house)
    answer = alice.post("/diary/2026-11-21", {"up": "06:40", name: "6"}, expect=422)
    page = alice.follow(answer, "/diary/2026-11-21", expect=422)
    assert page.errors(name)
    assert page.values()["up"] == ["06:40"]
    assert kept(house) == before


@pytest.mark.parametrize(
    "day", ["2026-11-22", "2027-01-01", "2026-02-30", "20261121", "2026-W47-6", "1899-12-31", "yesterday", "2026-1-1"]
)
def test_a_day_that_is_not_there_or_not_yet_is_404(house: House, alice: Browser, day: str) -> None:
    alice.get(f"/diary/{day}", expect=404)
    alice.post(f"/diary/{day}", {"up": "06:00"}, expect=404)
    assert nights(house) == []


def test_a_night_can_be_written_as_soon_as_it_is_over(clock: Clock, alice: Browser) -> None:
    clock.set("2026-11-22 03:00")
    filled(alice, "2026-11-22", {"up": "02:50"})


def test_the_last_two_weeks_with_the_means_of_the_last_seven(clock: Clock, alice: Browser) -> None:
    filled(alice, "2026-11-20", WORKED)
    filled(alice, "2026-11-21", WORKED | {"waso_min": "15"})
    page = alice.open("/diary")
    assert facts(page)[0] == "6 u 00"
    assert len([link for link in page.links() if link.startswith("/diary/2026-11-")]) >= 14
    clock.forward(days=30)
    assert alice.open("/diary").has("Fill in a night and you will see your week here.")


def test_last_night_is_on_today_in_the_morning(clock: Clock, alice: Browser) -> None:
    clock.set("2026-11-21 08:00")
    assert "/diary/2026-11-21" in alice.open("/today").links()
    filled(alice, "2026-11-21", WORKED)
    assert "5 u 45" in alice.open("/today").text


def test_what_was_written_is_sealed_in_the_database(house: House, alice: Browser) -> None:
    filled(alice, "2026-11-21", MORE)
    [night] = nights(house)
    assert "Wind" not in json.dumps(night, default=str)

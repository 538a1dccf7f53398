"""Today: this evening's dose until the person's own hour, noted with one tap and never twice."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from companion.bootstrap import House
from tests.build import Clock, kept, rows
from tests.web.fetcher import Browser, Page
from tests.web.page_checks import SVG
from tests.web.plans import confirm, plan_id, typed_rows
from tests.web.read_back import note


@pytest.fixture
def plan(clock: Clock, alice: Browser) -> str:
    """Diazepam 5 mg in the morning and 7 mg at bedtime for two weeks from 2026-11-21, confirmed."""
    typed_rows(
        alice,
        [({"morning": "5", "bedtime": "7"}, "14"), ({"bedtime": "5"}, "14")],
        start="2026-11-21",
        daily={"morning": "5", "bedtime": "10"},
    )
    plan = plan_id(alice)
    confirm(alice)
    clock.set("2026-11-21 22:50")
    return plan


def noted(house: House) -> list[dict[str, Any]]:
    """The doses that stand."""
    return [
        json.loads(each["data"]) for each in rows(house, "entry") if each["kind"] == "dose" and not each["superseded"]
    ]


def open_moments(page: Page) -> list[str]:
    """The moments whose dose can still be tapped."""
    return [each.get("value", "") for each in page.all("input", name="moment")]


def filled(page: Page) -> list[str]:
    """The moments of the doses whose button is the filled one."""
    forms = [form for form in page.root.iter("form") if form.get("action") == "/today/taken"]
    return [
        field.get("value", "")
        for form in forms
        if any("button-do" in each.get("class", "") for each in form.iter("button"))
        for field in form.iter("input")
        if field.get("name") == "moment"
    ]


def tap(page: Page, moment: str = "bedtime") -> Page:
    """Press "taken" at one moment."""
    form = next(
        form
        for form in page.root.iter("form")
        if any(each.get("name") == "moment" and each.get("value") == moment for each in form.iter("input"))
    )
    sent = {each.get("name", ""): each.get("value", "") for each in form.iter("input")}
    return page.browser.follow(page.browser.post("/today/taken", sent), "/today")


def test_a_dose_stands_in_words_and_as_pieces(alice: Browser, plan: str) -> None:
    page = alice.open("/today")
    words = [" ".join("".join(each.itertext()).split()) for each in page.all("h2", class_="dose-words")]
    assert words == [
        "Eén tablet van 5 mg · Ochtend · diazepam",
        "Eén tablet van 5 mg en één tablet van 2 mg · Voor het slapen · diazepam",
    ]
    assert [len(list(each.iter(f"{SVG}svg"))) for each in page.all("div", class_="pieces")] == [1, 2]
    assert open_moments(page) == ["morning", "bedtime"]


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        ("2026-11-22 07:30", ["morning"]),
        ("2026-11-22 13:00", []),
        ("2026-11-22 20:40", ["bedtime"]),
        ("2026-11-23 01:50", ["bedtime"]),
    ],
)
def test_the_filled_button_is_the_dose_of_this_part_of_the_day(
    clock: Clock, alice: Browser, plan: str, now: str, moment: list[str]
) -> None:
    """One tap at breakfast does not note tonight’s dose, nor one in the evening that of this morning."""
    clock.set(now)
    page = alice.open("/today")
    assert open_moments(page) == ["morning", "bedtime"]
    assert filled(page) == moment
    if moment:
        assert filled(tap(page, moment[0])) == []


def test_where_the_day_turns_late_the_dose_before_bed_is_still_that_of_now(
    clock: Clock, alice: Browser, plan: str
) -> None:
    alice.open("/account").send({"day_turn": "10:00"}, containing="day_turn")
    clock.set("2026-11-23 09:30")
    assert filled(alice.open("/today")) == ["bedtime"]


def test_one_tap_notes_the_dose_and_the_time(house: House, alice: Browser, plan: str) -> None:
    page = tap(alice.open("/today"))
    assert open_moments(page) == ["morning"]
    assert "22:50" in page.text
    assert noted(house) == [
        {"plan": plan, "moment": "bedtime", "mg": "7", "taken": True, "taken_at": "2026-11-21T21:50:00Z"}
    ]


def test_in_french_the_time_is_written_the_french_way(clock: Clock, bob: Browser) -> None:
    typed_rows(bob, [({"bedtime": "7"}, "14")], start="2026-11-21")
    confirm(bob)
    clock.set("2026-11-21 22:50")
    assert "22 h 50" in tap(bob.open("/today")).text


def test_at_twenty_to_one_it_is_still_the_evening_before(house: House, clock: Clock, alice: Browser, plan: str) -> None:
    tap(alice.open("/today"))
    clock.set("2026-11-22 00:40")
    page = alice.open("/today")
    assert page.heading == alice.say("It is night")
    assert "22:50" in page.text
    assert "bedtime" not in open_moments(page)
    clock.set("2026-11-22 04:59")
    assert "22:50" in alice.open("/today").text
    clock.set("2026-11-22 05:00")
    morning = alice.open("/today")
    assert "22:50" not in morning.text
    assert open_moments(morning) == ["morning", "bedtime"]


def test_a_dose_noted_after_midnight_belongs_to_the_evening_before(
    house: House, clock: Clock, alice: Browser, plan: str
) -> None:
    clock.set("2026-11-22 00:40")
    page = tap(alice.open("/today"))
    assert "00:40" in page.text
    [entry] = rows(house, "entry")
    assert entry["day"].isoformat() == "2026-11-21"


def test_the_day_turns_at_the_hour_of_the_person(clock: Clock, alice: Browser, plan: str) -> None:
    alice.open("/account").send({"day_turn": "00:30"}, action="/account/day")
    tap(alice.open("/today"))
    clock.set("2026-11-22 00:40")
    assert "22:50" not in alice.open("/today").text


@pytest.mark.parametrize("turn", ["12:01", "23:00", "x", "", "05:00:30", "05:00+01:00", "24:00"])
def test_an_hour_that_cannot_be_is_refused(house: House, alice: Browser, turn: str) -> None:
    before = kept(house)
    page = alice.open("/account").send({"day_turn": turn}, action="/account/day", expect=422)
    assert page.errors("day_turn")
    assert page.values("/account/day")["day_turn"] == [turn]
    assert kept(house) == before


def test_a_double_tap_notes_one_dose(house: House, alice: Browser, plan: str) -> None:
    page = alice.open("/today")
    tap(page)
    tap(page)
    assert len(rows(house, "entry")) == 1


def test_a_tap_in_two_tabs_keeps_the_first_time(house: House, clock: Clock, alice: Browser, plan: str) -> None:
    one, other = alice.open("/today"), alice.open("/today")
    tap(one)
    clock.forward(minutes=20)
    assert "22:50" in tap(other).text
    assert len(rows(house, "entry")) == 1


def test_a_page_left_open_since_yesterday_notes_nothing(house: House, clock: Clock, alice: Browser, plan: str) -> None:
    page = alice.open("/today")
    clock.set("2026-11-22 08:00")
    assert tap(page).has("A new day has begun. Here is what belongs to today.")
    assert rows(house, "entry") == []


def test_undo_takes_it_back_and_keeps_it_as_an_earlier_version(house: House, alice: Browser, plan: str) -> None:
    page = tap(alice.open("/today"))
    page = page.send(action="/today/undo")
    assert page.has("Undone.")
    assert open_moments(page) == ["morning", "bedtime"]
    [entry] = rows(house, "entry")
    assert entry["superseded"]
    tap(page)
    assert len(noted(house)) == 1


def test_a_different_amount_at_another_time(house: House, alice: Browser, plan: str) -> None:
    page = alice.open(f"/today/dose/{plan}/bedtime")
    assert {"tel:070245245", "tel:112"} <= set(page.links())
    page = note(page, {"mg": "3½", "taken_at": "22:10"})
    assert page.address == "/today"
    assert "3,5 mg" in page.text.replace("\u00a0", " ")
    assert "22:10" in page.text
    assert (noted(house)[0]["mg"], noted(house)[0]["taken_at"]) == ("3.5", "2026-11-21T21:10:00Z")


def test_changing_what_was_noted_replaces_it_and_undo_clears_it(
    house: House, clock: Clock, alice: Browser, plan: str
) -> None:
    tap(alice.open("/today"))
    clock.forward(minutes=1)
    note(alice.open(f"/today/dose/{plan}/bedtime"), {"mg": "5"})
    assert [each["mg"] for each in noted(house)] == ["5"]
    page = alice.open("/today").send(action="/today/undo")
    assert noted(house) == []
    assert open_moments(page) == ["morning", "bedtime"]


def test_nothing_taken_is_an_answer_too(house: House, alice: Browser, plan: str) -> None:
    note(alice.open(f"/today/dose/{plan}/bedtime"), {"mg": "0"})
    assert noted(house)[0]["mg"] == "0"


def test_a_time_after_midnight_belongs_to_this_evening(house: House, clock: Clock, alice: Browser, plan: str) -> None:
    clock.set("2026-11-22 00:40")
    note(alice.open(f"/today/dose/{plan}/bedtime"), {"mg": "7", "taken_at": "00:15"})
    assert noted(house)[0]["taken_at"] == "2026-11-21T23:15:00Z"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"mg": ""}, "mg"),
        ({"mg": "x"}, "mg"),
        ({"mg": "1.000"}, "mg"),
        ({"mg": "-1"}, "mg"),
        ({"mg": "05"}, "mg"),
        ({"mg": "1", "taken_at": "23:30"}, "taken_at"),
        ({"mg": "1", "taken_at": "25:00"}, "taken_at"),
        ({"mg": "1", "taken_at": "x"}, "taken_at"),
        ({"mg": "1", "taken_at": "22:10+05:00"}, "taken_at"),
        ({"mg": "1", "taken_at": "00:15"}, "taken_at"),
    ],
)
@pytest.mark.parametrize("where", ["dose", "extra"])
def test_an_amount_or_time_that_cannot_be_is_refused(
    house: House, alice: Browser, plan: str, typed: dict[str, str], field: str, where: str
) -> None:
    before = kept(house)
    address = f"/today/dose/{plan}/bedtime" if where == "dose" else "/today/extra"
    page = alice.open(address).send(typed, expect=422)
    assert page.errors(field)
    assert {name: page.values()[name] for name in typed} == {name: [value] for name, value in typed.items()}
    assert kept(house) == before


def test_something_extra_is_noted_without_blame_and_changes_no_plan(house: House, alice: Browser, plan: str) -> None:
    page = alice.open("/today/extra")
    assert page.has("Noting it helps you look back. Your plan does not change.")
    assert {"tel:070245245", "tel:112"} <= set(page.links())
    page = note(page, {"mg": "2,5"})
    assert page.has("Noted.")
    assert "2,5 mg" in page.text.replace("\u00a0", " ")
    note(alice.open("/today/extra"), {"mg": "1"})
    assert sorted(each["mg"] for each in noted(house)) == ["1", "2.5"]
    assert open_moments(alice.open("/today")) == ["morning", "bedtime"]
    assert len(rows(house, "plan_version")) == 1


def test_nothing_extra_is_not_an_extra(house: House, alice: Browser, plan: str) -> None:
    assert alice.open("/today/extra").send({"mg": "0"}, expect=422).errors("mg")


def test_an_extra_sent_twice_is_one_and_can_be_undone(house: House, alice: Browser) -> None:
    page = alice.open("/today/extra").send({"mg": "1"}, expect=422)
    assert noted(house) == []
    page.send()
    again = page.send()
    assert len(rows(house, "entry")) == 1
    assert again.send(action="/today/undo").has("Undone.")
    assert noted(house) == []


@pytest.mark.parametrize("where", ["dose", "extra"])
def test_a_time_that_was_wrong_is_put_right_without_reading_back_once_more(
    house: House, alice: Browser, plan: str, where: str
) -> None:
    address = f"/today/dose/{plan}/bedtime" if where == "dose" else "/today/extra"
    page = alice.open(address).send({"mg": "1,5", "taken_at": "23:30"}, expect=422)
    assert page.errors("taken_at")
    assert "1,5 mg = anderhalve milligram" in page.text
    assert page.send({"taken_at": "22:30"}).address == "/today"
    assert [each["mg"] for each in noted(house)] == ["1.5"]


@pytest.mark.parametrize("where", ["dose", "extra"])
def test_an_amount_and_a_time_that_are_both_wrong_are_said_together(alice: Browser, plan: str, where: str) -> None:
    address = f"/today/dose/{plan}/bedtime" if where == "dose" else "/today/extra"
    page = alice.open(address).send({"mg": "x", "taken_at": "23:30"}, expect=422)
    assert page.errors("mg")
    assert page.errors("taken_at")


def test_without_a_plan_today_offers_one_and_the_diary(alice: Browser, clock: Clock) -> None:
    clock.set("2026-11-21 09:00")
    page = alice.open("/today")
    assert {"/plan/new", "/diary/2026-11-21", "/today/extra", "/symptoms/new", "/help"} <= set(page.links())
    assert page.heading == alice.say("Good morning")


@pytest.mark.parametrize(
    ("local", "greeting"),
    [
        ("2026-11-21 04:59", "It is night"),
        ("2026-11-21 05:00", "Good morning"),
        ("2026-11-21 12:00", "Good afternoon"),
        ("2026-11-21 18:00", "Good evening"),
        ("2026-11-21 23:59", "Good evening"),
        ("2026-11-22 00:00", "It is night"),
    ],
)
def test_the_greeting_follows_the_hour(clock: Clock, alice: Browser, local: str, greeting: str) -> None:
    clock.set(local)
    assert alice.open("/today").heading == alice.say(greeting)


def test_the_list_is_offered_when_it_is_due(clock: Clock, alice: Browser, plan: str) -> None:
    ask = "Now is a good moment for the symptom list. Later is fine too."
    assert alice.open("/today").has(ask)
    alice.open("/symptoms/new").send({f"answers[{n}]": "0" for n in range(1, 21)})
    assert not alice.open("/today").has(ask)
    clock.set("2026-11-28 09:00")
    assert alice.open("/today").has(ask)


def test_what_comes_next_is_said(alice: Browser, plan: str) -> None:
    assert "5 december 2026" in alice.open("/today").text


def test_a_tap_on_a_moment_or_plan_that_is_not_there_is_404(house: House, alice: Browser, plan: str) -> None:
    before = kept(house)
    for other, moment in ((plan, "noon"), (str(uuid4()), "bedtime"), ("", "")):
        alice.post("/today/taken", {"plan": other, "moment": moment, "day": "2026-11-21"}, expect=404)
    alice.get(f"/today/dose/{plan}/noon", expect=404)
    alice.post("/today/undo", {"entry": str(uuid4())}, expect=404)
    alice.post("/today/extra", {"plan": str(uuid4()), "mg": "1"}, expect=404)
    assert kept(house) == before


def test_what_was_noted_stays_in_sight_when_the_step_of_today_changes_or_the_plan_ends(
    alice: Browser, plan: str
) -> None:
    tap(alice.open("/today"))
    plan = f"/plan/{plan}"
    alice.open(f"{plan}/rows/1").send({"bedtime": "5"}, containing="days", button="change")
    page = alice.open("/today")
    assert page.has("Already noted today")
    assert "7 mg" in page.text.replace("\u00a0", " ")
    alice.open(f"{plan}/end").send(action=f"{plan}/end")
    assert alice.open("/today").has("Already noted today")

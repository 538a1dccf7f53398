"""Every amount is read back in words before it is kept, and asked about when it could be two numbers."""

from __future__ import annotations

import pytest

from companion.bootstrap import House
from tests.build import Clock, rows
from tests.web.fetcher import Browser
from tests.web.plans import confirm, have, typed_rows, until_goal


@pytest.mark.parametrize(
    ("typed", "amount", "words"),
    [("0,5", "0.5", "een halve"), ("1½", "1.5", "anderhalf"), ("12 mg", "12", "twaalf"), ("0", "0", "nul")],
)
def test_an_amount_in_words_needs_no_account(visitor: Browser, typed: str, amount: str, words: str) -> None:
    answer = visitor.get(f"/amount?text={typed}").get_json()
    assert (answer["amount"], answer["words"]) == (amount, words)
    assert answer["said"].endswith(f" = {words}")


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("", "0,5 = een halve"),
        ("mg", "0,5\u00a0mg = een halve milligram"),
        ("ml", "0,5\u00a0ml = een halve milliliter"),
        ("%25", "0,5% = een half procent"),
        ("kg", "0,5 = een halve"),
    ],
)
def test_an_amount_keeps_the_unit_of_its_field(visitor: Browser, unit: str, said: str) -> None:
    assert visitor.get(f"/amount?text=0,5&unit={unit}").get_json()["said"] == said


def test_in_the_language_of_the_browser(bob: Browser) -> None:
    assert bob.get("/amount?text=0,5").get_json()["words"] == "un demi"
    assert bob.get("/amount?text=0,5&unit=mg").get_json()["said"] == "0,5\u00a0mg = un demi-milligramme"
    assert bob.get("/amount?text=0,5&unit=%25").get_json()["said"] == "0,5\u00a0% = un demi pour cent"


def test_two_readings_are_a_question(visitor: Browser) -> None:
    answer = visitor.get("/amount?text=1.000").get_json()
    assert answer["amount"] is None
    assert answer["readings"] == ["1", "1000"]
    assert "1000" in answer["question"]


@pytest.mark.parametrize("typed", ["", "ten", "1e3", "1" * 4000, "-1"])
def test_nonsense_is_not_understood(visitor: Browser, typed: str) -> None:
    answer = visitor.get(f"/amount?text={typed}").get_json()
    assert answer["amount"] is None
    assert answer["readings"] == []


def dose_page(browser: Browser, clock: Clock) -> str:
    clock.set("2026-11-23 21:00")
    typed_rows(browser, [({"bedtime": "5"}, "14")], start="2026-11-23")
    confirm(browser)
    [link] = [link for link in browser.open("/today").links() if link.startswith("/today/dose/")]
    return link


def test_without_a_script_a_dose_is_read_back_before_it_is_noted(house: House, alice: Browser, clock: Clock) -> None:
    page = alice.open(dose_page(alice, clock)).send({"mg": "7½"}, expect=422)
    assert "7,5 mg = zevenenhalve milligram" in page.text
    assert rows(house, "entry") == []
    assert page.values()["mg"] == ["7½"]
    assert page.send().address == "/today"
    assert len(rows(house, "entry")) == 1


def test_what_was_seen_is_noted_and_not_what_was_changed_since(house: House, alice: Browser, clock: Clock) -> None:
    page = alice.open(dose_page(alice, clock)).send({"mg": "0,5"}, expect=422)
    page = page.send({"mg": "5"}, expect=422)
    assert "5 mg = vijf milligram" in page.text
    assert rows(house, "entry") == []


def test_something_extra_is_read_back_too(house: House, alice: Browser) -> None:
    page = alice.open("/today/extra").send({"mg": "0,25"}, expect=422)
    assert "0,25 mg = een kwart milligram" in page.text
    assert page.send().address == "/today"
    assert len(rows(house, "entry")) == 1


def test_one_tap_chooses_between_two_and_keeps_everything(alice: Browser) -> None:
    page = alice.open("/plan/new?again=1").send({"medicine": "diazepam"}).send(have("diazepam", "10", "5"))
    page = page.send({"bedtime": "1.000", "morning": "5"}, expect=422)
    first, second = page.all("button", name="pick")
    assert (first.text, second.text) == ("1", "1000")
    page = page.send({"bedtime": "1.000"}, button=second.get("value", ""))
    assert page.address == "/plan/new/goal"
    assert alice.open("/plan/new/dose").values() | {} == {
        "morning": ["5"], "noon": [""], "evening": [""], "bedtime": ["1000"],
    }  # fmt: skip


def test_a_reading_that_is_chosen_goes_through_the_same_button(house: House, alice: Browser) -> None:
    typed_rows(alice, [({"bedtime": "5"}, "14")], start="2026-11-23")
    plan = rows(house, "plan")[0]["id"]
    page = alice.open(f"/plan/{plan}/rows/1?add=1")
    page = page.send({"bedtime": "05", "days": "7"}, containing="bedtime", button="add", expect=422)
    half, five = page.all("button", name="pick")
    assert five.get("value") == "bedtime=5&do=add"
    page.send(containing="bedtime", button="bedtime=5&do=add")
    assert len(alice.open("/plan").all("div", class_="plan-row")) == 2
    assert half.text == "0,5"


def test_an_amount_on_a_page_that_comes_back_is_read_back(alice: Browser) -> None:
    until_goal(alice, "diazepam", have("diazepam", "10", "5"), {"bedtime": "10"})
    page = alice.open("/plan/new/dose")
    assert "10 mg = tien milligram" in page.text


def test_a_tablet_that_stays_whole_is_never_halved(house: House, alice: Browser) -> None:
    page = alice.open("/plan/new?again=1").send({"medicine": "Qwxzyl"})
    page = page.send({"other0_form": "whole_tablet", "other0_strength": "10", "other0_split": "halves"})
    assert page.send({"bedtime": "5"}, expect=422).errors("bedtime")

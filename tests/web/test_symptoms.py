"""The symptom list: a sum only when everything is answered, and help before anything urgent is kept."""

from __future__ import annotations

import json

import pytest

from companion.bootstrap import House
from tests.build import Clock, kept, rows
from tests.web.fetcher import Browser, Page

ALL = {f"answers[{n}]": "1" for n in range(1, 21) if n not in (17, 18)} | {"answers[17]": "0", "answers[18]": "0"}
NOTHING = "Nothing is answered yet. Answer what you want to keep."


def shows_help(page: Page) -> bool:
    """Whether the help comes first, before the form."""
    return page.by_id("urgent-first") is not None


def test_twenty_questions_and_two_more_are_asked(alice: Browser) -> None:
    page = alice.open("/symptoms/new")
    names = {each.get("name") for each in page.all("input", type="radio")}
    assert names == {f"answers[{n}]" for n in range(1, 21)} | {"safety[seizure]", "safety[suicide]"}
    assert page.values().keys() == {"entry_id", "help_shown", "new"}


def test_the_sum_stands_when_everything_is_answered(alice: Browser) -> None:
    page = alice.open("/symptoms/new").send(ALL | {"new": "jeuk & <tinteling>"})
    assert alice.say("Sum: %(total)s of %(top)s") % {"total": 18, "top": 40} in page.text
    assert "jeuk & <tinteling>" in page.text
    assert page.has("Your list is kept. Nobody reads it with you.")


def test_no_sum_when_something_is_left_open(alice: Browser) -> None:
    page = alice.open("/symptoms/new").send({"answers[1]": "2"})
    assert page.has("Not everything is answered, so there is no sum. That is fine.")


@pytest.mark.parametrize(
    "urgent",
    [
        {"answers[17]": "1"},
        {"answers[17]": "2"},
        {"answers[18]": "1"},
        {"answers[18]": "2"},
        {"safety[seizure]": "now"},
        {"safety[seizure]": "earlier"},
        {"safety[suicide]": "now"},
        {"safety[suicide]": "earlier"},
    ],
)
def test_an_urgent_answer_shows_help_before_anything_is_kept(
    house: House, alice: Browser, urgent: dict[str, str]
) -> None:
    before = kept(house)
    typed = ALL | urgent | {"new": "iets"}
    page = alice.open("/symptoms/new").send(typed, expect=422)
    assert shows_help(page)
    assert "tel:112" in page.links()
    assert page.has("Is this happening now? Call 112.")
    assert page.has("Nobody reads these answers along. So do call.")
    assert kept(house) == before
    assert {name: page.values()[name] for name in typed} == {name: [value] for name, value in typed.items()}
    done = page.send()
    assert done.status == 200
    assert "tel:112" in done.links()
    assert len(rows(house, "entry")) == 1


@pytest.mark.parametrize("answers", [ALL, {"safety[seizure]": "no", "safety[suicide]": "no"}])
def test_without_an_urgent_answer_nothing_comes_between(alice: Browser, answers: dict[str, str]) -> None:
    assert not shows_help(alice.open("/symptoms/new"))
    assert "/symptoms/" in alice.open("/symptoms/new").send(answers).address


def test_an_empty_list_is_refused(house: House, alice: Browser) -> None:
    before = kept(house)
    page = alice.open("/symptoms/new").send(expect=422)
    assert page.summary() == [alice.say(NOTHING)]
    assert kept(house) == before


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"answers[3]": "3"}, "answers[3]"),
        ({"answers[3]": "-1"}, "answers[3]"),
        ({"answers[20]": "a lot"}, "answers[20]"),
        ({"safety[seizure]": "maybe"}, "safety[seizure]"),
        ({"new": "x" * 4001}, "new"),
    ],
)
def test_an_answer_that_is_not_offered_is_refused_and_the_others_stay(
    house: House, alice: Browser, wrong: dict[str, str], field: str
) -> None:
    before = kept(house)
    page = alice.follow(alice.post("/symptoms/new", ALL | wrong, expect=422), "/symptoms/new", expect=422)
    assert page.errors(field)
    assert page.values()["answers[1]"] == ["1"]
    assert page.values()["new"] == [wrong.get("new", "")]
    assert kept(house) == before


def test_keeping_twice_keeps_one_and_a_second_list_of_a_day_replaces(
    house: House, clock: Clock, alice: Browser
) -> None:
    page = alice.open("/symptoms/new")
    page.send(ALL)
    page.send(ALL)
    assert len(rows(house, "entry")) == 1
    clock.forward(hours=1)
    alice.open("/symptoms/new").send(ALL | {"answers[1]": "0"})
    assert sorted(each["superseded"] for each in rows(house, "entry")) == [False, True]


def test_a_list_after_midnight_belongs_to_the_evening_before(house: House, clock: Clock, alice: Browser) -> None:
    clock.set("2026-11-22 00:40")
    alice.open("/symptoms/new").send(ALL)
    assert rows(house, "entry")[0]["day"].isoformat() == "2026-11-21"


def test_what_is_new_is_sealed(house: House, alice: Browser) -> None:
    alice.open("/symptoms/new").send({"new": "een geheim teken"})
    assert "geheim" not in json.dumps(rows(house, "entry"), default=str)


def test_a_list_is_readable_in_the_other_language(alice: Browser) -> None:
    page = alice.open("/symptoms/new").send(ALL)
    address = page.address
    alice.language = "fr"
    page.send(action="/language", button="fr")
    assert "un peu" in alice.open(address).text

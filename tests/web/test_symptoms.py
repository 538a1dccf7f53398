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


def test_twenty_questions_and_three_more_are_asked(alice: Browser) -> None:
    page = alice.open("/symptoms/new")
    names = {each.get("name") for each in page.all("input", type="radio")}
    assert names == {f"answers[{n}]" for n in range(1, 21)} | {
        f"safety[{name}]" for name in ("seizure", "suicide", "confusion")
    }
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
        {"safety[confusion]": "now"},
        {"safety[confusion]": "earlier"},
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


@pytest.mark.parametrize(
    "answers", [ALL, {"safety[seizure]": "no", "safety[suicide]": "no", "safety[confusion]": "no"}]
)
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


def test_the_list_of_today_comes_back_filled_in_and_the_earlier_one_stays_in_the_download(
    house: House, clock: Clock, alice: Browser
) -> None:
    first = alice.open("/symptoms/new").send(ALL | {"new": "jeuk"}).address
    clock.forward(hours=1)
    page = alice.open("/symptoms/new")
    values = page.values()
    assert {name: values[name] for name in ALL} == {name: [value] for name, value in ALL.items()}
    assert values["new"] == ["jeuk"]
    assert page.has(
        "You filled in this list today. When you keep it again, this one takes its place. "
        "The earlier one stays in your download."
    )
    page.send({"answers[1]": "2"})
    answers = [(json.loads(each["data"])["answers"]["1"], each["superseded"]) for each in rows(house, "entry")]
    assert sorted(answers) == [(1, True), (2, False)]
    assert alice.open(first).has("This is an earlier version. Another list took its place.")
    clock.forward(days=1)
    assert "answers[1]" not in alice.open("/symptoms/new").values()


def test_two_questionnaires_of_one_day_stand_beside_each_other(house: House, alice: Browser) -> None:
    alice.open("/symptoms/new").send(ALL)
    alice.open("/symptoms/new/sds").send({"answers[1]": "3"})
    assert [each["superseded"] for each in rows(house, "entry")] == [False, False]


def test_the_address_of_a_questionnaire(alice: Browser) -> None:
    alice.get("/symptoms/new/nothing", expect=404)
    alice.get("/symptoms/list/nothing", expect=404)
    assert alice.get("/symptoms/new/bwsq", expect=308).headers["Location"].endswith("/symptoms/new")


def test_a_list_that_was_kept_before_there_was_a_third_question_is_read(house: House, alice: Browser) -> None:
    answers = {"instrument": "bwsq", "answers": {"1": 1}, "new": "", "safety": {"seizure": "no", "suicide": "no"}}
    alice.open("/symptoms/new").send({"answers[2]": "1"})
    [entry] = rows(house, "entry")
    with house.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE entry SET data = ?", (json.dumps(answers),))
    assert alice.open(f"/symptoms/{entry['id']}").status == 200
    assert alice.open("/symptoms").status == 200


def test_five_questions_for_looking_back_have_a_sum_and_no_verdict(alice: Browser) -> None:
    page = alice.open("/symptoms/new/sds")
    assert {each.get("name") for each in page.all("input", type="radio")} == {f"answers[{n}]" for n in range(1, 6)}
    assert page.values().keys() == {"entry_id"}
    assert "niet gevalideerd" in page.text
    assert not page.all("section", class_="urgent")
    done = page.send({f"answers[{n}]": "3" for n in range(1, 6)})
    assert alice.say("Sum: %(total)s of %(top)s") % {"total": 15, "top": 15} in done.text
    assert "onmogelijk" in done.text
    assert "niet gevalideerd" in done.text
    assert "tel:112" not in done.links()


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


def lists_of(house: House) -> list[tuple[bool, str]]:
    """Every version of what was answered, oldest first."""
    found = sorted(rows(house, "entry"), key=lambda row: (row["recorded_at"], row["superseded"]))
    return [(row["superseded"], row["data"]) for row in found if row["kind"] == "symptoms"]


def test_a_list_that_was_filled_in_again_comes_back_with_its_answers(
    house: House, clock: Clock, alice: Browser
) -> None:
    alice.open("/symptoms/new").send(ALL)
    clock.forward(minutes=5)
    page = alice.open("/symptoms/new").send({"answers[1]": "2"})
    [link] = [each for each in page.all("a") if "vroegere versie" in (each.text or "").lower()]
    clock.forward(minutes=5)
    old = alice.open(link.get("href", ""))
    assert old.has("This is an earlier version. Another list took its place.")
    for _ in range(2):  # a double tap
        back = old.send(action=f"{old.address}/again")
        assert back.has("This version is shown again. The other one is kept too.")
        assert alice.say("Sum: %(total)s of %(top)s") % {"total": 18, "top": 40} in back.text
    first, second, third = lists_of(house)
    assert (first[0], second[0], third[0]) == (True, True, False)
    assert third[1] == first[1] != second[1]
    assert alice.open("/symptoms/new").values()["answers[1]"] == ["1"]


def test_nobody_brings_back_a_list_of_another_and_none_comes_back_without_consent(
    house: House, clock: Clock, alice: Browser, charlie: Browser
) -> None:
    alice.open("/symptoms/new").send(ALL)
    first = alice.open("/symptoms/new").send({"answers[1]": "2"})
    [old] = [row["id"] for row in rows(house, "entry") if row["superseded"]]
    before = lists_of(house)
    charlie.post(f"/symptoms/{old}/again", expect=404)
    alice.post(f"{first.address}/again", expect=404)  # it counts already
    alice.post("/consent", {"purpose": ["plan"]})
    assert alice.post(f"/symptoms/{old}/again").headers["Location"].startswith("/consent")
    assert lists_of(house) == before

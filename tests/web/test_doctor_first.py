"""The questions before a layout is computed: nothing kept, no verdict, and a page to show to a doctor."""

from __future__ import annotations

import pytest

from companion.bootstrap import House
from tests.build import kept, rows
from tests.web.fetcher import Browser, Page
from tests.web.plans import asked, have, until_goal

EVERYONE = [
    "epilepsy",
    "psychosis",
    "pregnancy",
    "other_substances",
    "opioids",
    "more_than_one",
    "hard_before",
    "suicide",
]


def questions(
    browser: Browser, how: str = "pace", medicine: str = "oxazepam", strength: str = "50", daily: str = "50"
) -> Page:
    page = until_goal(browser, medicine, have(medicine, strength), {"bedtime": daily})
    page = page.send({"goal": "stop"}).send({"how": how})
    assert page.address == "/plan/new/doctor-first"
    return page


def names(page: Page) -> list[str]:
    found: list[str] = []
    for each in page.all("input", type="radio"):
        if each.get("name", "") not in found:
            found.append(each.get("name", ""))
    return found


def answer(page: Page, said: dict[str, str] | None = None, expect: int = 200, **more: str | bool) -> Page:
    return page.send(asked(page, said or {}) | more, containing="help_shown", expect=expect)


@pytest.mark.parametrize("how", ["pace", "programme"])
def test_they_come_before_anything_is_computed(alice: Browser, how: str) -> None:
    page = questions(alice, how)
    assert names(page) == EVERYONE
    assert answer(page).address == f"/plan/new/{how}"


def test_typing_rows_asks_nothing(alice: Browser) -> None:
    page = until_goal(alice, "oxazepam", have("oxazepam", "50"), {"bedtime": "100"}).send({"goal": "stop"})
    assert page.send({"how": "rows"}).address == "/plan/new/rows"


@pytest.mark.parametrize("medicine", ["clobazam", "clonazepam"])
def test_clobazam_and_clonazepam_ask_about_epilepsy_first(alice: Browser, medicine: str) -> None:
    strength = {"clobazam": "10", "clonazepam": "2"}[medicine]
    assert names(questions(alice, medicine=medicine, strength=strength, daily=strength)) == ["for_epilepsy", *EVERYONE]


@pytest.mark.parametrize("said", ["yes", "not_sure"])
@pytest.mark.parametrize("question", [name for name in EVERYONE if name != "suicide"])
def test_a_yes_keeps_computing_closed_until_the_prescriber_knows(
    house: House, alice: Browser, question: str, said: str
) -> None:
    page = questions(alice)
    before = kept(house)
    page = answer(page, {question: said})
    assert kept(house) == before
    assert "/plan/new/rows" in page.links()
    assert alice.open("/plan/new/pace").address == "/plan/new/doctor-first"
    refused = page.send(expect=422)
    assert refused.errors("knows")
    assert refused.values()[question] == [said]
    assert refused.send({"knows": True}).address == "/plan/new/pace"


def test_the_page_for_the_doctor_says_what_and_why(bob: Browser) -> None:
    page = answer(questions(bob), {"opioids": "yes", "epilepsy": "not_sure"})
    assert page.has("To show to my doctor")
    assert "tramadol" in page.text
    assert "ralentir la respiration" in page.text
    assert "oxazépam" in page.text
    assert bob.say("I am not sure.") in page.text


def test_thoughts_of_suicide_show_help_at_once(house: House, alice: Browser) -> None:
    page = questions(alice)
    before = kept(house)
    page = answer(page, {"suicide": "yes"}, expect=422)
    assert "tel:112" in page.links()
    assert "tel:1813" in page.links()
    assert page.by_id("urgent-first") is not None
    assert kept(house) == before
    assert page.send(containing="entry_id").has("To show to my doctor")


def test_an_open_question_is_asked_again(alice: Browser) -> None:
    page = questions(alice).send({"epilepsy": "no"}, containing="entry_id", expect=422)
    assert page.errors("psychosis")
    assert page.values(containing="entry_id")["epilepsy"] == ["no"]


def test_one_button_says_no_to_what_was_left_open_but_not_to_what_calls_for_help(alice: Browser) -> None:
    page = questions(alice).send(containing="entry_id", button="rest", expect=422)
    assert [name for name in EVERYONE if page.errors(name)] == ["suicide"]
    assert page.values(containing="entry_id")["epilepsy"] == ["no"]
    assert page.send({"suicide": "no"}, containing="entry_id").address == "/plan/new/pace"


def test_the_button_leaves_a_yes_a_yes(alice: Browser) -> None:
    page = questions(alice).send({"opioids": "yes", "suicide": "no"}, containing="entry_id", button="rest")
    assert page.has("To show to my doctor")
    assert page.values()["opioids"] == ["yes"]
    assert page.values()["epilepsy"] == ["no"]


def test_a_prescriber_who_knows_the_dose_is_ticked_beside_its_sum(alice: Browser) -> None:
    page = questions(alice, medicine="lormetazepam", strength="1", daily="2")
    assert answer(page, knows=True).address == "/plan/new/pace"
    page = questions(alice, medicine="lormetazepam", strength="1", daily="2")
    page = answer(page, {"epilepsy": "yes"}, knows=True)  # said of the dose alone
    assert page.has("To show to my doctor")
    assert "knows" not in page.values()
    assert not questions(alice).all("input", name="knows")  # one usual daily dose: nothing to know


@pytest.mark.parametrize(
    ("medicine", "strength", "daily", "over"),
    [
        ("oxazepam", "50", "50", "That is not more than one usual daily dose."),
        ("lormetazepam", "1", "2", "That is more than one usual daily dose."),
        ("lormetazepam", "1", "3", "That is more than two usual daily doses."),
        ("lormetazepam", "1", "4", "That is more than three usual daily doses."),
    ],
)
def test_usual_daily_doses_are_a_sum(alice: Browser, medicine: str, strength: str, daily: str, over: str) -> None:
    page = questions(alice, medicine=medicine, strength=strength, daily=daily)
    assert page.has(over)
    closed = answer(page).address == "/plan/new/doctor-first"
    assert closed == ("not" not in over)


@pytest.mark.parametrize(("medicine", "strength"), [("clonazepam", "2"), ("clotiazepam", "10"), ("cloxazolam", "2")])
def test_for_three_medicines_nothing_is_counted(alice: Browser, medicine: str, strength: str) -> None:
    page = questions(alice, medicine=medicine, strength=strength, daily=str(int(strength) * 6))
    assert page.has(
        "For this medicine we do not compare with a usual daily dose: there is none, or it is meant for another use. "
        "Ask your doctor or pharmacist."
    )
    assert answer(page).address == "/plan/new/pace"


def test_another_dose_asks_again(alice: Browser) -> None:
    answer(questions(alice))
    alice.open("/plan/new/dose").send({"bedtime": "100"})
    assert alice.open("/plan/new/pace").address == "/plan/new/doctor-first"


def test_answers_are_kept_only_when_ticked_and_go_when_asked(house: House, alice: Browser) -> None:
    answer(questions(alice), {"hard_before": "yes"})
    assert rows(house, "entry") == []
    page = answer(alice.open("/plan/new/doctor-first"), {"hard_before": "yes"}, keep=True)
    [entry] = rows(house, "entry")
    assert entry["kind"] == "doctor_first"
    assert "hard_before" in entry["data"]
    page = alice.open("/plan/new/doctor-first")
    assert page.values(containing="entry_id")["hard_before"] == ["yes"]
    form = next(form for form in page.forms() if any(b.get("value") == "take-away" for b in form.iter("button")))
    assert form.get("method") == "post"
    alice.post("/plan/new/doctor-first", {"do": "take-away"})
    page = alice.open("/plan/new/doctor-first")
    assert page.values(containing="hard_before").get("hard_before") is None
    page.send(containing="version", button="forget")
    assert rows(house, "entry") == []
    assert not alice.open("/plan/new/doctor-first").has("Your kept answers are away.")


def away(browser: Browser) -> Page:
    """The page after answers were kept and taken away."""
    answer(questions(browser), {"hard_before": "yes"}, keep=True)
    return browser.follow(browser.post("/plan/new/doctor-first", {"do": "take-away"}), "/plan/new/doctor-first")


def test_answers_that_were_taken_away_come_back_as_they_were(house: House, alice: Browser) -> None:
    answer(questions(alice), {"hard_before": "yes"}, keep=True)
    before = rows(house, "entry")
    for _ in range(2):  # a double tap
        alice.post("/plan/new/doctor-first", {"do": "take-away"})
    page = alice.open("/plan/new/doctor-first")
    assert page.has("Your kept answers are away.")
    assert [row["superseded"] for row in rows(house, "entry")] == [True]
    for _ in range(2):
        back = page.send(containing="version", button="put-back")
        assert back.values(containing="hard_before")["hard_before"] == ["yes"]
    assert rows(house, "entry") == before
    page.send(containing="version", button="forget")  # an old tab
    assert rows(house, "entry") == before


def test_keeping_others_lets_those_go_that_were_taken_away(house: House, alice: Browser) -> None:
    old = away(alice)
    answer(questions(alice), {"opioids": "yes"}, keep=True)
    [entry] = rows(house, "entry")
    assert "opioids" in str(entry["data"])
    old.send(containing="version", button="put-back")
    assert rows(house, "entry") == [entry]


def test_nobody_puts_answers_back_for_another_and_none_come_back_without_consent(
    house: House, alice: Browser, charlie: Browser
) -> None:
    page = away(alice)
    before = rows(house, "entry")
    version = page.values(containing="version")["version"][0]
    questions(charlie)
    for do in ("put-back", "forget"):
        charlie.post("/plan/new/doctor-first", {"do": do, "version": version})
    alice.post("/consent", {"purpose": ["diary"]})
    assert page.send(containing="version", button="put-back").address.startswith("/consent")
    assert [row for row in rows(house, "entry") if row["id"] == version] == before

"""A wind-down list of one's own: written by day, calm at night, and nobody keeps what is ticked."""

from __future__ import annotations

from uuid import uuid4

import pytest
from flask import Flask

from companion.bootstrap import House
from tests.build import kept, rows
from tests.people import joined
from tests.web.fetcher import Browser, Page

EDIT = "/wind-down/edit"


def shown(page: Page) -> list[str]:
    return [each.text or "" for each in page.all("span") if each.get("data-line") is not None]


def put(browser: Browser, *texts: str) -> None:
    for text in texts:
        browser.post(EDIT, {"do": "add", "text": text, "entry_id": str(uuid4())})


def step_ids(browser: Browser) -> list[str]:
    return [each.get("value", "") for each in browser.open(EDIT).all("input", name="step")]


def test_it_begins_empty_with_a_few_ideas_that_one_tap_puts_on_it(alice: Browser) -> None:
    assert shown(alice.open("/wind-down")) == []
    page = alice.open(EDIT)
    ideas = [each.get("value", "") for each in page.all("button", name="text")]
    assert len(ideas) >= 4
    made = str(uuid4())
    for _ in range(2):  # a double tap
        alice.post(EDIT, {"do": "add", "text": ideas[1], "entry_id": made})
    assert shown(alice.open("/wind-down")) == [ideas[1]]
    left = [each.get("value", "") for each in alice.open(EDIT).all("button", name="text")]
    assert left == [idea for idea in ideas if idea != ideas[1]]


def test_steps_are_worded_ordered_and_taken_off_by_their_person(alice: Browser) -> None:
    put(alice, "lamp uit", "een boek", "de kat")
    _, book, cat = step_ids(alice)
    moved = str(uuid4())
    for _ in range(2):  # a double tap moves it once
        alice.post(EDIT, {"do": "up", "step": cat, "entry_id": moved})
    alice.post(EDIT, {"do": "change", "step": book, "text": "het oude boek"})
    assert shown(alice.open("/wind-down")) == ["lamp uit", "de kat", "het oude boek"]
    alice.post(EDIT, {"do": "remove", "step": cat})
    alice.post(EDIT, {"do": "remove", "step": cat})
    page = alice.open(EDIT)
    assert "de kat" in page.text
    page.send(containing="version", button="put-back")
    assert shown(alice.open("/wind-down")) == ["lamp uit", "de kat", "het oude boek"]


def test_other_words_for_a_step_are_undone_with_one_tap(alice: Browser) -> None:
    put(alice, "lamp uit", "een boek")
    lamp, _ = step_ids(alice)
    page = alice.follow(alice.post(EDIT, {"do": "change", "step": lamp, "text": "alle lampen uit"}), EDIT)
    assert page.has("Your new words are kept.")
    for _ in range(2):  # a double tap
        page.send(containing="version")
        assert shown(alice.open("/wind-down")) == ["lamp uit", "een boek"]
    assert step_ids(alice)[0] == lamp
    page = alice.follow(alice.post(EDIT, {"do": "change", "step": lamp, "text": "lamp uit"}), EDIT)
    assert not page.all("input", name="version")  # nothing changed


def test_what_is_gone_for_good_is_kept_nowhere(house: House, alice: Browser) -> None:
    put(alice, "lamp uit")
    alice.post(EDIT, {"do": "remove", "step": step_ids(alice)[0]})
    alice.open(EDIT).send(containing="version", button="forget")
    assert rows(house, "entry") == []
    assert alice.open(EDIT).all("input", name="version") == []


@pytest.mark.parametrize("typed", ["", " ", "a" * 121])
def test_what_cannot_be_a_step_comes_back_beside_its_field(alice: Browser, typed: str) -> None:
    put(alice, "lamp uit")
    page = alice.follow(alice.post(EDIT, {"do": "add", "text": typed}, expect=422), EDIT, 422)
    assert [each.get("value") for each in page.all("input", id="f-text")] == [typed]
    step = step_ids(alice)[0]
    page = alice.follow(alice.post(EDIT, {"do": "change", "step": step, "text": "b" * 121}, expect=422), EDIT, 422)
    assert [each.get("value") for each in page.all("input", id=f"f-text-{step}")] == ["b" * 121]
    assert [each.get("value") for each in page.all("input", id="f-text")] == [""]
    assert shown(alice.open("/wind-down")) == ["lamp uit"]


def test_words_for_a_step_that_went_are_not_lost(alice: Browser) -> None:
    put(alice, "lamp uit")
    answer = alice.post(EDIT, {"do": "change", "step": str(uuid4()), "text": "lamp op de gang uit"}, expect=422)
    page = alice.follow(answer, EDIT, 422)
    assert [each.get("value") for each in page.all("input", id="f-text")] == ["lamp op de gang uit"]


def test_a_full_list_says_so_and_takes_no_more(alice: Browser) -> None:
    put(alice, *(f"stap {n}" for n in range(15)))
    assert alice.open(EDIT).all("input", id="f-text") == []
    alice.post(EDIT, {"do": "add", "text": "nog iets"}, expect=422)
    assert len(shown(alice.open("/wind-down"))) == 15


def test_ticks_have_no_name_and_stand_in_no_form(alice: Browser) -> None:
    put(alice, "lamp uit")
    page = alice.open("/wind-down")
    [tick] = [each for each in page.all("input") if each.get("type") == "checkbox"]
    assert tick.get("name") is None
    assert tick.get("autocomplete") == "off"


def test_the_words_are_text_and_nothing_else(alice: Browser) -> None:
    put(alice, '<b>"lamp"</b> & boek')
    assert shown(alice.open("/wind-down")) == ['<b>"lamp"</b> & boek']
    assert alice.open(EDIT).status == 200


def test_nothing_is_kept_without_consent(app: Flask, house: House) -> None:
    charlie = joined(app, "charlie", purposes=())
    before = kept(house)
    assert charlie.post(EDIT, {"do": "add", "text": "lamp uit"}).headers["Location"].startswith("/consent")
    assert kept(house) == before
    assert charlie.open("/wind-down").status == 200


def test_nobody_reads_the_list_of_another(alice: Browser, charlie: Browser) -> None:
    put(alice, "lamp uit")
    step = step_ids(alice)[0]
    charlie.post(EDIT, {"do": "remove", "step": step})
    charlie.post(EDIT, {"do": "change", "step": step, "text": "x"}, expect=422)
    assert shown(charlie.open("/wind-down")) == []
    assert shown(alice.open("/wind-down")) == ["lamp uit"]


def test_an_answer_nobody_offered_is_not_found(alice: Browser) -> None:
    alice.post(EDIT, {"do": "burn"}, expect=404)
    alice.post("/calm-note/edit", {"do": "burn"}, expect=404)

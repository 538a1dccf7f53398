"""A note that someone wrote on a calm day, on a hard night."""

from __future__ import annotations

import pytest
from flask import Flask

from companion.bootstrap import House
from tests.build import kept, rows
from tests.people import PASSPHRASES, joined
from tests.web.fetcher import Browser

EDIT = "/calm-note/edit"
NOTE = "Het gaat voorbij.\nBel morgen <Lena>."


def write(browser: Browser, words: str = NOTE) -> None:
    browser.open(EDIT).send({"words": words}, containing="words")


def read(browser: Browser) -> str:
    return "".join("".join(each.itertext()) for each in browser.open("/calm-note").all("p", class_="note"))


def test_it_is_written_read_and_changed(alice: Browser) -> None:
    assert read(alice) == ""
    write(alice)
    assert read(alice) == NOTE
    page = alice.open(EDIT)
    assert [each.text for each in page.all("textarea")] == [NOTE]
    write(alice, "Eén nacht zegt weinig.")
    assert read(alice) == "Eén nacht zegt weinig."


def test_it_is_taken_away_and_put_back(house: House, alice: Browser) -> None:
    write(alice)
    page = alice.open(EDIT).send(containing="version")
    assert page.address == "/calm-note"
    assert page.has("Your note is away.")
    assert read(alice) == ""
    alice.open("/calm-note").send(containing="version", button="put-back")
    assert read(alice) == NOTE
    alice.open(EDIT).send(containing="version")
    alice.open("/calm-note").send(containing="version", button="forget")
    assert not alice.open("/calm-note").has("Your note is away.")
    assert rows(house, "entry") == []


def test_other_words_are_undone_with_one_tap(alice: Browser, charlie: Browser) -> None:
    write(alice)
    page = alice.open(EDIT).send({"words": "Iets anders."}, containing="words")
    assert page.has("Your new words are kept.")
    version = page.values(containing="version")["version"][0]
    charlie.post(EDIT, {"do": "put-back", "version": version})
    assert (read(alice), read(charlie)) == ("Iets anders.", "")
    for _ in range(2):  # a double tap
        page.send(containing="version")
        assert read(alice) == NOTE
    assert not alice.open("/calm-note").has("Your new words are kept.")
    write(alice, "Nog iets anders.")
    page.send(containing="version")  # an old tab
    assert read(alice) == "Nog iets anders."


def test_the_first_words_and_the_same_words_have_nothing_to_undo(alice: Browser) -> None:
    for _ in range(2):
        page = alice.open(EDIT).send({"words": NOTE}, containing="words")
        assert not page.all("input", name="version")


def test_an_old_tab_takes_nothing_away_that_was_written_since(alice: Browser) -> None:
    write(alice)
    old = alice.open(EDIT)
    write(alice, "Iets nieuws.")
    old.send(containing="version")
    assert read(alice) == "Iets nieuws."


@pytest.mark.parametrize("typed", ["", "a" * 1001])
def test_what_cannot_be_kept_comes_back_as_it_was_typed(alice: Browser, typed: str) -> None:
    write(alice)
    page = alice.follow(alice.post(EDIT, {"do": "keep", "words": typed}, expect=422), EDIT, 422)
    assert [each.text or "" for each in page.all("textarea")] == [typed]
    assert read(alice) == NOTE


def test_nothing_is_kept_without_consent(app: Flask, house: House) -> None:
    charlie = joined(app, "charlie", purposes=())
    before = kept(house)
    assert charlie.post(EDIT, {"do": "keep", "words": NOTE}).headers["Location"].startswith("/consent")
    assert kept(house) == before


def test_nobody_reads_the_note_of_another(alice: Browser, charlie: Browser) -> None:
    write(alice)
    assert read(charlie) == ""


def test_it_is_sealed_and_goes_with_its_person(house: House, alice: Browser) -> None:
    write(alice)
    assert "Lena" not in str(rows(house, "entry"))
    alice.open("/account/erase").send({"passphrase": PASSPHRASES["alice"], "sure": "yes"})
    assert rows(house, "entry") == []

"""Get up now: one calm screen of the night, without a clock, and the ways to it."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from companion.i18n.catalogues import LANGUAGES
from tests.people import newcomer
from tests.web.fetcher import Browser

CLOCK = re.compile(r"\d\d?[:h]\d\d|\d\d?\u00a0?h\u00a0?\d\d")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_for_everyone_and_shows_no_clock(app: Flask, language: str) -> None:
    page = newcomer(app, language).open("/get-up")
    assert page.has("Sleepy? Back to bed. As often as you need.")
    assert not CLOCK.search(page.text)
    assert {"/help", "/learn/breathing", "/learn/a-bad-night"} <= set(page.links())
    assert not {"/wind-down", "/calm-note"} & set(page.links())


def test_who_is_signed_in_finds_their_own_words_from_there(alice: Browser) -> None:
    page = alice.open("/get-up")
    assert not CLOCK.search(page.text)
    assert {"/wind-down", "/calm-note", "/help"} <= set(page.links())


@pytest.mark.parametrize("address", ["/wind-down", "/calm-note", "/get-up"])
def test_the_screens_of_the_night_say_no_hour_even_without_network(alice: Browser, address: str) -> None:
    page = alice.open(address)
    assert page.root.get("class") == "night"
    assert not any("kept-from" in each.get("class", "") for each in page.all("p"))


@pytest.mark.parametrize("address", ["/learn/a-bad-night", "/learn", "/today"])
def test_it_is_found_from_where_someone_is_at_night(alice: Browser, address: str) -> None:
    assert "/get-up" in alice.open(address).links()


def test_the_bad_night_page_leads_to_the_list_and_the_note(alice: Browser, visitor: Browser) -> None:
    assert {"/wind-down", "/calm-note"} <= set(alice.open("/learn/a-bad-night").links())
    assert not {"/wind-down", "/calm-note"} & set(visitor.open("/learn/a-bad-night").links())


def test_everything_of_the_night_is_kept_on_the_phone(alice: Browser) -> None:
    listed = alice.get("/offline/pages").get_json()["keep"]
    for address in ("/get-up", "/wind-down", "/calm-note"):
        assert address in listed
        assert "Kept-As" in alice.get(address).headers
    worker = alice.get("/service-worker.js").get_data(as_text=True)
    assert "/get-up?language=nl" in worker
    assert "/get-up?language=fr" in worker


def test_the_parts_of_the_worker_name_nothing_twice(alice: Browser) -> None:
    """They are put one behind the other: of two functions with one name only the last would be there."""
    worker = alice.get("/service-worker.js").get_data(as_text=True)
    begins, ends = worker.index("const BOX = "), worker.index("})();")  # what is inside has its own names
    outside = worker[:begins] + worker[ends:]
    names = re.findall(r"^(?:async )?(?:function|const|let) (\w+)", outside, re.MULTILINE)
    assert len(names) > 30
    assert [name for name in names if names.count(name) > 1] == []

"""The language: guessed, switched, remembered, and a person's own."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.people import newcomer
from tests.web.fetcher import Browser, Page


def switched(page: Page, language: str) -> Page:
    page.browser.language = language
    return page.send(action="/language", button=language)


@pytest.mark.parametrize(
    ("accepts", "language"),
    [
        ("fr-BE,fr;q=0.9,nl;q=0.5", "fr"),
        ("nl-BE", "nl"),
        ("de,fr;q=0.3", "fr"),
        ("en-US,en", "nl"),
        ("", "nl"),
        ("fr-LU;q=abc, ;;", "nl"),
    ],
)
def test_the_language_is_guessed_from_the_browser(visitor: Browser, accepts: str, language: str) -> None:
    visitor.accepts, visitor.language = accepts, language
    visitor.open("/")


def test_a_choice_is_remembered_whatever_the_browser_says(visitor: Browser) -> None:
    page = switched(visitor.open("/learn"), "fr")
    assert page.address == "/learn"
    visitor.open("/")
    switched(visitor.open("/help"), "nl")
    visitor.accepts = "fr"
    visitor.open("/")


def test_every_page_offers_the_other_language(visitor: Browser) -> None:
    for address in ("/", "/help", "/join", "/nowhere"):
        page = visitor.open(address, expect=404 if address == "/nowhere" else 200)
        [button] = page.all("button", name="language")
        assert (button.get("value"), button.get("lang"), button.get("aria-label")) == ("fr", "fr", "FR, Français")


def test_the_language_goes_with_the_person_and_not_with_the_browser(app: Flask, alice: Browser, bob: Browser) -> None:
    switched(alice.open("/today"), "fr")
    again = newcomer(app, "nl")
    page = again.open("/sign-in")
    again.language = "fr"
    page.send({"name": "alice", "passphrase": "seven quiet yellow boats"})
    again.open("/account")
    bob.accepts = "nl"
    bob.open("/today")


def test_the_language_stays_after_signing_out(alice: Browser) -> None:
    switched(alice.open("/today"), "fr")
    alice.post("/sign-out")
    alice.accepts = "nl"
    alice.open("/")


def test_a_language_that_is_not_there_is_refused(visitor: Browser) -> None:
    for language in ("de", "", "../nl"):
        visitor.follow(visitor.post("/language", {"language": language}, expect=422), "/language", expect=422)
    visitor.open("/")

"""The first page, before anyone signs in."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

import pytest

from companion.web.assets import stylesheet_text
from companion.web.offline import version
from tests.web.fetcher import Browser


@pytest.mark.parametrize(
    "address", ["/", "/about", "/privacy", "/accessibility", "/help", "/learn", "/join", "/sign-in", "/recover"]
)
def test_what_a_newcomer_may_read_opens_without_signing_in(visitor: Browser, address: str) -> None:
    assert visitor.open(address).heading


def test_the_first_page_says_what_this_is_and_is_not_and_who_runs_it(visitor: Browser) -> None:
    page = visitor.open("/")
    assert page.has("What this is not")
    assert page.has("Never stop all at once on your own.")
    assert {"/join", "/sign-in", "/help", "/learn"} <= set(page.links())
    assert "Lena’s test bench" in page.markup
    assert "lena@example.org" in page.markup


def test_help_has_every_number_and_no_login(visitor: Browser) -> None:
    assert {"tel:112", "tel:1813", "tel:106", "tel:070245245"} <= set(visitor.open("/help").links())
    visitor.language = visitor.accepts = "fr"
    assert {"tel:112", "tel:080032123", "tel:107", "tel:070245245"} <= set(visitor.open("/help").links())


def test_help_says_what_to_do_after_an_abrupt_stop(visitor: Browser) -> None:
    page = visitor.open("/help")
    assert page.has("Did you stop suddenly, or run out?")
    assert page.has("Call your doctor today.")


def test_someone_signed_in_goes_to_today(alice: Browser) -> None:
    assert alice.get("/", expect=303).headers["Location"] == "/today"


def test_the_manifest_is_in_the_language_and_carries_the_name(visitor: Browser) -> None:
    dutch, french = (visitor.get(f"/manifest.webmanifest?language={each}").get_json() for each in ("nl", "fr"))
    assert (dutch["name"], dutch["lang"], french["lang"]) == ("Andante", "nl", "fr")
    assert visitor.get("/manifest.webmanifest").get_json()["lang"] == "nl"
    assert visitor.get("/manifest.webmanifest?language=xx").get_json()["lang"] == "nl"
    for icon in dutch["icons"]:
        visitor.get(icon["src"]).close()


def test_the_house_answers_whether_it_stands(visitor: Browser) -> None:
    assert visitor.get("/healthz").get_json()["status"] == "ok"


SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)">')


def test_a_page_brings_its_styles_until_a_phone_keeps_them(visitor: Browser) -> None:
    """A first visit waits for one answer; a worker of this version, which has the file, says so."""

    def asked(version: str | None) -> str:
        headers = {"Kept-Version": version} if version else {}
        return visitor.client.get("/", headers=headers, base_url=visitor.origin).get_data(as_text=True)

    for first in (asked(None), asked("000000000000")):
        assert SHEET.findall(first) == []
        assert first.count("<style>") == 1
        [style] = re.findall(r"<style>(.*?)</style>", first, re.DOTALL)
        assert style == stylesheet_text()
        named = b64encode(sha256(style.encode()).digest()).decode()
        assert f"'sha256-{named}'" in visitor.get("/").headers["Content-Security-Policy"]
    later = asked(version())
    assert "<style" not in later
    [sheet] = SHEET.findall(later)
    answer = visitor.get(sheet)
    assert answer.mimetype == "text/css"
    assert answer.get_data(as_text=True) == stylesheet_text()
    assert "immutable" in answer.headers["Cache-Control"]
    visitor.get("/style-000000000000.css", expect=404)


def test_the_one_script_in_a_page_is_the_one_that_the_policy_names(alice: Browser, visitor: Browser) -> None:
    """It hides a page whose lock fell before anything is painted. Nothing else may run that stands in a page."""
    answer = alice.get("/plan")
    [script] = re.findall(r"<script>(.*?)</script>", answer.get_data(as_text=True), re.DOTALL)
    named = b64encode(sha256(script.encode()).digest()).decode()
    assert f"script-src 'self' 'sha256-{named}';" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "<script>" not in visitor.get("/").get_data(as_text=True)


@pytest.mark.parametrize("address", ["/nowhere", "/learn/nothing-of-the-kind", "/static/nothing.css"])
def test_what_is_not_here_says_so_calmly(visitor: Browser, address: str) -> None:
    assert visitor.open(address, expect=404).heading == visitor.say("This page is not here")


def test_a_wrong_method_is_answered_calmly(visitor: Browser) -> None:
    answer = visitor.post("/help", expect=405)
    assert "GET" in answer.headers["Allow"]
    assert visitor.follow(answer, "/help", expect=405).heading


def test_every_text_opens(visitor: Browser) -> None:
    for language in ("nl", "fr"):
        visitor.language = visitor.accepts = language
        texts = [link for link in visitor.open("/learn").links() if link.startswith("/learn/")]
        assert len(texts) >= 6
        for text in texts:
            visitor.open(text)


def test_the_preview_opens_in_both_languages(visitor: Browser) -> None:
    for language in ("nl", "fr"):
        visitor.language = visitor.accepts = language
        visitor.open("/preview")

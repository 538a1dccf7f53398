"""The first page, before anyone signs in."""

from __future__ import annotations

import pytest

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


def test_the_stylesheet_is_one_file_that_browsers_may_keep(visitor: Browser) -> None:
    page = visitor.open("/")
    [sheet] = [each.get("href", "") for each in page.root.iter("link") if each.get("rel") == "stylesheet"]
    answer = visitor.get(sheet)
    assert answer.mimetype == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]
    visitor.get("/style-000000000000.css", expect=404)


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

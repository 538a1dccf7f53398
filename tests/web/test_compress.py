"""What a slow phone gets: the same answer, smaller."""

from __future__ import annotations

import gzip

import brotli
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from companion.web.assets import stylesheet_hash, stylesheet_text
from companion.web.compress import SECRET
from tests.web.fetcher import Browser


def got(browser: Browser, address: str, accepts: str) -> TestResponse:
    return browser.client.get(address, headers={"Accept-Encoding": accepts, "Accept-Language": "nl"})


@pytest.mark.parametrize("accepts", ["gzip, deflate, br", "br;q=1.0, gzip;q=0.8"])
def test_brotli_comes_first(visitor: Browser, accepts: str) -> None:
    style = got(visitor, f"/style-{stylesheet_hash()}.css", accepts)
    assert style.headers["Content-Encoding"] == "br"
    assert "Accept-Encoding" in style.headers["Vary"]
    assert brotli.decompress(style.data).decode() == stylesheet_text()
    assert "immutable" in style.headers["Cache-Control"]


def test_gzip_for_those_without_brotli_and_plain_for_the_rest(visitor: Browser) -> None:
    plain = got(visitor, "/learn", "identity")
    small = got(visitor, "/learn", "gzip")
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(small.data) == plain.data
    assert len(small.data) * 2 < len(plain.data)
    assert small.headers["Content-Security-Policy"] == plain.headers["Content-Security-Policy"]


def sent(browser: Browser, address: str, typed: dict[str, str], accepts: str) -> TestResponse:
    headers = {"Accept-Encoding": accepts, "Accept-Language": "nl", "Origin": browser.origin}
    return browser.client.post(address, data=typed, headers=headers)


@pytest.mark.parametrize("typed", [{"name": "lente"}, {}])
def test_a_form_that_comes_back_and_a_page_that_is_not_there_are_smaller_too(
    visitor: Browser, typed: dict[str, str]
) -> None:
    for answer in (sent(visitor, "/join", typed, "br"), got(visitor, "/nowhere", "br")):
        assert answer.status_code in {404, 422}
        assert answer.headers["Content-Encoding"] == "br"
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert int(answer.headers["Content-Length"]) == len(answer.data)
        assert b"</html>" in brotli.decompress(answer.data)
    plain = got(visitor, "/nowhere", "identity")
    assert "Content-Encoding" not in plain.headers
    assert plain.status == got(visitor, "/nowhere", "gzip").status == "404 NOT FOUND"


def test_a_form_about_a_secret_that_comes_back_stays_as_it_is(alice: Browser) -> None:
    answer = sent(alice, "/account/codes", {"passphrase": "not mine at all"}, "br")
    assert answer.status_code == 422
    assert "Content-Encoding" not in answer.headers


def test_an_answer_of_another_version_is_not_kept(visitor: Browser) -> None:
    answer = got(visitor, "/style-000000000000.css", "br")
    assert (answer.status_code, answer.headers.get("Content-Encoding")) == (404, None)
    assert got(visitor, f"/style-{stylesheet_hash()}.css", "br").status_code == 200


def test_a_page_that_shows_a_secret_stays_as_it_is(alice: Browser) -> None:
    assert "Content-Encoding" not in got(alice, "/reminders/calendar", "br").headers
    assert got(alice, "/today", "br").headers["Content-Encoding"] == "br"


def test_the_pages_with_secrets_exist(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} >= SECRET

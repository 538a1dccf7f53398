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


def test_an_answer_of_another_version_is_not_kept(visitor: Browser) -> None:
    assert got(visitor, "/style-000000000000.css", "br").status_code == 404
    assert got(visitor, f"/style-{stylesheet_hash()}.css", "br").status_code == 200


def test_a_page_that_shows_a_secret_stays_as_it_is(alice: Browser) -> None:
    assert "Content-Encoding" not in got(alice, "/reminders/calendar", "br").headers
    assert got(alice, "/today", "br").headers["Content-Encoding"] == "br"


def test_the_pages_with_secrets_exist(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} >= SECRET

"""Noting an amount without a script: it comes back in words, and is noted when the same form is sent again."""

from __future__ import annotations

from tests.web.fetcher import Page, Values


def note(page: Page, typed: Values) -> Page:
    """Type an amount, read it back in words, press once more."""
    read = page.send(typed, expect=422)
    assert read.summary() == []
    assert read.by_id("read") is not None
    assert read.values()["seen-mg"] != [""]
    return read.send()

"""The booklet as it is read from its file."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from companion.domain.booklet import PAGES, booklet_from, place_of

FRONT: dict[str, Any] = {"title": "T", "subtitle": "S", "sources": ["BENZONET"], "reviewed": date(2026, 11, 22)}


def text(pages: int) -> str:
    return "\n".join(f"# Blad {n}\n\nWoorden.\n\n## Onder\n\nMeer." for n in range(pages))


def test_a_page_is_its_heading_and_everything_below_it() -> None:
    found = booklet_from("nl", FRONT, text(PAGES))
    assert [page.heading for page in found.pages] == [f"Blad {n}" for n in range(PAGES)]
    assert found.pages[3].markdown == "Woorden.\n\n## Onder\n\nMeer."


@pytest.mark.parametrize("pages", [0, PAGES - 1, PAGES + 1])
def test_other_than_ten_pages_are_our_bug(pages: int) -> None:
    with pytest.raises(ValueError, match="10 whole pages"):
        booklet_from("nl", FRONT, text(pages))


@pytest.mark.parametrize("front", [{}, FRONT | {"leaf": "other"}, FRONT | {"sources": []}])
def test_a_front_matter_that_is_not_whole_is_our_bug(front: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="front matter"):
        booklet_from("nl", front, text(PAGES))


def test_a_place_stands_alone_and_is_one_we_have() -> None:
    assert place_of("[[calendar]]") == "calendar"
    assert place_of("Een gewone zin.") == ""
    with pytest.raises(ValueError, match="no place"):
        place_of("[[elsewhere]]")

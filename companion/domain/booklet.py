"""The booklet for a waiting room: ten pages of plain text in one language, with places to write on.

A page is a heading and blocks. A place (`[[steps]]`, `[[lines]]`, `[[calendar]]`, `[[help]]`) stands alone in its
block. Source of the idea, a written minimal intervention: Gorgels 2005 and the IVM FTO-module (facts, instruments, 6).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

PAGES: Final = 10
PLACES: Final = {"steps", "lines", "calendar", "help"}
FRONT: Final = {"title", "subtitle", "sources", "reviewed"}


@dataclass(frozen=True)
class BookletPage:
    heading: str
    markdown: str
    """What stands below the heading; headings in it begin at the second level."""


@dataclass(frozen=True)
class Booklet:
    language: str
    title: str
    subtitle: str
    sources: tuple[str, ...]
    """Short names, as in `docs/sources.md`."""
    reviewed: date
    pages: tuple[BookletPage, ...]


def booklet_from(language: str, front: Mapping[str, Any], text: str) -> Booklet:
    """The booklet of a parsed front matter and its text. Raises ValueError where it is not whole: our bug."""
    if set(front) != FRONT or not front["sources"]:
        raise ValueError(f"the front matter of the booklet in {language} has too much or too little")
    parts = ("\n" + text.strip()).split("\n# ")[1:]
    pages = tuple(BookletPage(*(each.strip() for each in part.partition("\n")[::2])) for part in parts)
    if len(pages) != PAGES or not all(page.heading and page.markdown for page in pages):
        raise ValueError(f"the booklet in {language} has not {PAGES} whole pages")
    return Booklet(language, front["title"], front["subtitle"], tuple(front["sources"]), front["reviewed"], pages)


def place_of(text: str) -> str:
    """The place that a paragraph stands for, "" for words. Raises ValueError for one we do not have."""
    if not (text.startswith("[[") and text.endswith("]]")):
        return ""
    name = text[2:-2]
    if name not in PLACES:
        raise ValueError(f"the booklet has no place called {name}")
    return name

"""What there is to read, from `content/<language>/<slug>.md`. No database: reading needs nothing to work."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final
from unicodedata import normalize

from companion.domain import article_search
from companion.domain.article import Article, article_from, in_order
from companion.domain.article_search import Shelf, words_of

_ENDING: Final = ".md"
_FENCE: Final = "+++\n"


@cache
def articles(language: str) -> tuple[Article, ...]:
    """Every article in this language, by title; none where we have no content in it.

    Raises ValueError when an article is not whole.
    """
    folder = files("companion") / "content" / language
    if not folder.is_dir():
        return ()
    found = (_read(language, file) for file in folder.iterdir() if file.name.endswith(_ENDING))
    return tuple(sorted(found, key=_by_title))


def article(language: str, slug: str) -> Article | None:
    """The article with this slug, None where there is none."""
    return next((known for known in articles(language) if known.slug == slug), None)


@cache
def in_leaves(language: str) -> tuple[Article, ...]:
    """Every article in the order of the clover; none where we have no content in this language."""
    known = articles(language)
    return in_order(known, _toml("clover.toml")) if known else ()


def search(language: str, typed: str) -> tuple[Article, ...]:
    """The articles that fit what somebody typed, best first."""
    return article_search.search(shelf(language), typed)


def asks_for_help(language: str, typed: str) -> bool:
    """Whether a word was typed that Help now should stand above."""
    words = set(words_of(_toml("search.toml").get(language, {}).get("help", "")))
    return not words.isdisjoint(words_of(typed))


@cache
def shelf(language: str) -> Shelf:
    """The articles with their words, and with the other words that people type for them."""
    also = _toml("search.toml").get(language, {"stop": ""})
    return article_search.shelve(in_leaves(language), also, also["stop"])


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((files("companion") / "content" / name).read_text(encoding="utf-8"))


def _by_title(known: Article) -> str:
    """É stands with e, as in a dictionary."""
    return normalize("NFKD", known.title).casefold()


def _read(language: str, file: Traversable) -> Article:
    parts = file.read_text(encoding="utf-8").split(_FENCE, 2)
    if len(parts) != 3 or parts[0]:
        raise ValueError(f"{language}/{file.name} does not begin with its front matter between +++ lines")
    slug = file.name.removesuffix(_ENDING)
    return article_from(language, slug, tomllib.loads(parts[1]), parts[2])

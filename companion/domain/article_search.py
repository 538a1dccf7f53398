"""Finding an article by what somebody typed, at night and with one thumb: accents, endings and slips are forgiven.

Words in the title, the summary and the headings count more than words in the text, as in BM25F (Robertson and
Zaragoza, *The Probabilistic Relevance Framework*, 2009); rare words count more than common ones.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from companion.domain.article import Article
from companion.domain.medicine_names import slips

MOST = 8
"""Results at most: more is a list to read, not an answer."""

_WORD = re.compile(r"[a-z0-9]+")
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_TITLE, _ALSO, _SUMMARY, _HEADINGS, _TEXT = 8.0, 8.0, 4.0, 3.0, 1.0
_SAME, _BEGINS, _ENDING, _SLIP = 1.0, 0.8, 0.7, 0.4
_ENOUGH = 0.15
"""What is found far less well than the best is left out."""


@dataclass(frozen=True)
class Shelf:
    """The articles of one language, with the weight of every word in each of them."""

    articles: Sequence[Article]
    weights: Sequence[Mapping[str, float]]
    stop: frozenset[str]

    def words_for(self, slug: str) -> str:
        """The words of an article that count most, for a phone that searches its list without network."""
        at = [article.slug for article in self.articles].index(slug)
        return " ".join(sorted(word for word, weight in self.weights[at].items() if weight > _TEXT))


def words_of(text: str) -> list[str]:
    """The words of a text, in small letters without accents; an apostrophe parts them."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    return _WORD.findall("".join(ch for ch in plain if not unicodedata.combining(ch)))


def shelve(articles: Iterable[Article], also: Mapping[str, str], stop: str) -> Shelf:
    """`also`: other words people type for an article, by slug. `stop`: words that say nothing."""
    known = tuple(articles)
    silent = frozenset(words_of(stop))
    return Shelf(known, tuple(_weights(each, also.get(each.slug, ""), silent) for each in known), silent)


def search(shelf: Shelf, typed: str) -> tuple[Article, ...]:
    """The articles that fit what was typed best, best first; none where nothing was typed or nothing fits."""
    asked = list(dict.fromkeys(words_of(typed)))
    said = [word for word in asked if word not in shelf.stop] or asked
    scores = [0.0] * len(shelf.articles)
    for word in said:
        found = _found(shelf, word)
        rare = math.log(1 + len(shelf.articles) / (1 + sum(1 for each in found if each)))
        scores = [score + each * rare for score, each in zip(scores, found, strict=True)]
    best = max(scores, default=0.0)
    ranked = sorted(zip(scores, shelf.articles, strict=True), key=lambda pair: -pair[0])
    return tuple(article for score, article in ranked if score > 0 and score >= best * _ENOUGH)[:MOST]


def _found(shelf: Shelf, word: str) -> list[float]:
    """How well one word fits each article; near-misses by a slip only where nothing else has it."""
    literal = [_best(weights, word, _likeness) for weights in shelf.weights]
    return literal if any(literal) else [_best(weights, word, _slip_likeness) for weights in shelf.weights]


def _best(weights: Mapping[str, float], word: str, likeness: Callable[[str, str], float]) -> float:
    return max((weight * likeness(word, known) for known, weight in weights.items()), default=0.0)


def _likeness(typed: str, known: str) -> float:
    """The same word, its beginning, or another ending of it ("rijden", "rijd"; "dormir", "dormez")."""
    if typed == known:
        return _SAME
    if len(typed) >= 4 and known.startswith(typed):
        return _BEGINS
    shared = next((at for at, (one, other) in enumerate(zip(typed, known, strict=False)) if one != other), None)
    shared = min(len(typed), len(known)) if shared is None else shared
    return _ENDING if shared >= 4 and max(len(typed), len(known)) - shared <= 3 else 0.0


def _slip_likeness(typed: str, known: str) -> float:
    """One slip in 4 to 7 letters, two in more; less than four letters are too few to tell."""
    allowed = 0 if len(typed) < 4 else 1 if len(typed) < 8 else 2
    if not allowed or abs(len(typed) - len(known)) > allowed + 1:
        return 0.0
    return _SLIP if slips(typed, known) <= allowed else 0.0


def _weights(article: Article, also: str, stop: Collection[str]) -> Mapping[str, float]:
    """Every word of an article with the weight of the best place it stands in."""
    places = (
        (_TEXT, article.markdown),
        (_HEADINGS, " ".join(_HEADING.findall(article.markdown))),
        (_SUMMARY, article.summary),
        (_ALSO, also),
        (_TITLE, article.title),
    )
    return {word: weight for weight, text in places for word in words_of(text) if word not in stop}

"""An article to read: short, in one language, with its sources. The leaves are those of the clover, and its soil.

Source of the leaves: BENZONET, the clover model (own pace, knowing, each other, other ways), in a soil of people around
someone and an environment without stigma.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast, get_args

Leaf = Literal["pace", "knowing", "together", "other", "soil"]

LEAVES: tuple[Leaf, ...] = get_args(Leaf)
"""In the order of the clover; the soil comes last."""

FRONT = frozenset({"leaf", "title", "summary", "minutes", "sources", "reviewed"})
"""What stands above the text of every article."""


@dataclass(frozen=True)
class Article:
    """One article in one language. The same slug is the same article in the other language."""

    slug: str
    language: str
    leaf: Leaf
    title: str
    summary: str
    """One sentence."""
    minutes: int
    """How long a tired person reads, in whole minutes."""
    sources: tuple[str, ...]
    """Short names, as they stand in `facts/` or the seeds."""
    reviewed: date
    markdown: str
    """Without a heading of the first level: the title is that."""


def article_from(language: str, slug: str, front: Mapping[str, Any], text: str) -> Article:
    """The article of a parsed front matter and its text. Raises ValueError where it is not whole: our bug."""
    if set(front) != FRONT:
        odd = ", ".join(sorted(set(front) ^ FRONT))
        raise ValueError(f"the front matter of {language}/{slug} has too much or too little: {odd}")
    article = Article(
        slug=slug,
        language=language,
        leaf=cast(Leaf, front["leaf"]),
        title=front["title"],
        summary=front["summary"],
        minutes=front["minutes"],
        sources=tuple(front["sources"]),
        reviewed=front["reviewed"],
        markdown=text.strip(),
    )
    problem = _problem(article)
    if problem:
        raise ValueError(f"{language}/{slug}: {problem}")
    return article


def leaves(articles: Iterable[Article]) -> tuple[tuple[Leaf, tuple[Article, ...]], ...]:
    """Every leaf in the order of the clover, with its articles in the order given; a leaf may be empty."""
    known = tuple(articles)
    return tuple((leaf, tuple(article for article in known if article.leaf == leaf)) for leaf in LEAVES)


def in_order(articles: Iterable[Article], order: Mapping[str, Sequence[str]]) -> tuple[Article, ...]:
    """The articles leaf by leaf as `order` says, by slug. Raises ValueError where the two differ: our bug."""
    by_slug = {article.slug: article for article in articles}
    placed = [(leaf, slug) for leaf in LEAVES for slug in order[leaf]]
    if sorted(placed) != sorted((article.leaf, article.slug) for article in by_slug.values()):
        raise ValueError("an article stands in no leaf, in two, or in another than it says")
    return tuple(by_slug[slug] for _, slug in placed)


def neighbours(articles: Sequence[Article], article: Article) -> tuple[Article | None, Article | None]:
    """The one before and the one after in the same leaf; None at its ends."""
    leaf = [each for each in articles if each.leaf == article.leaf]
    at = leaf.index(article)
    return (leaf[at - 1] if at else None), (leaf[at + 1] if at + 1 < len(leaf) else None)


def _problem(article: Article) -> str:
    """What may not reach a reader; "" when nothing."""
    if article.leaf not in LEAVES:
        return f"{article.leaf!r} is not one of {', '.join(LEAVES)}"
    if not (article.title and article.summary and article.markdown):
        return "no title, no summary or no text"
    if article.minutes < 1:
        return "nobody reads in less than a minute"
    if not article.sources or not all(article.sources):
        return "a text without a source"
    if any(line.startswith("# ") for line in article.markdown.splitlines()):
        return "headings in the text begin at the second level"
    return ""

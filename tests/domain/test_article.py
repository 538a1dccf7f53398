"""An article is whole or it does not exist, and the leaves are always the four of the clover."""

from datetime import date
from typing import Any

import pytest

from companion.domain.article import LEAVES, Article, article_from, in_order, leaves, neighbours


def front(**changed: Any) -> dict[str, Any]:
    whole = {
        "leaf": "knowing",
        "title": "Wat deze medicijnen doen",
        "summary": "Eerst helpen ze.",
        "minutes": 2,
        "sources": ["BENZOCARE", "BENZONET"],
        "reviewed": date(2026, 11, 21),
    }
    return whole | changed


def article(slug: str = "what", **changed: Any) -> Article:
    return article_from("nl", slug, front(**changed), "\nEen tekst.\n\n## Iets kleins\n\nDoe het.\n")


def test_an_article_is_its_front_matter_and_its_text() -> None:
    assert article() == Article(
        slug="what",
        language="nl",
        leaf="knowing",
        title="Wat deze medicijnen doen",
        summary="Eerst helpen ze.",
        minutes=2,
        sources=("BENZOCARE", "BENZONET"),
        reviewed=date(2026, 11, 21),
        markdown="Een tekst.\n\n## Iets kleins\n\nDoe het.",
    )


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"leaf": "five"}, "nl/what: 'five' is not one of pace, knowing, together, other, soil"),
        ({"title": ""}, "no title"),
        ({"summary": ""}, "no summary"),
        ({"minutes": 0}, "less than a minute"),
        ({"sources": []}, "without a source"),
        ({"sources": [""]}, "without a source"),
        ({"author": "me"}, "too much or too little: author"),
    ],
)
def test_an_article_that_is_not_whole_is_a_bug_in_the_content(changed: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        article(**changed)


@pytest.mark.parametrize("key", sorted(front()))
def test_nothing_above_the_text_may_be_left_out(key: str) -> None:
    rest = {name: value for name, value in front().items() if name != key}
    with pytest.raises(ValueError, match=f"too much or too little: {key}"):
        article_from("nl", "what", rest, "Een tekst.")


def test_a_text_may_not_be_empty_and_does_not_repeat_the_heading_of_the_page() -> None:
    with pytest.raises(ValueError, match="no text"):
        article_from("nl", "what", front(), " \n")
    with pytest.raises(ValueError, match="second level"):
        article_from("nl", "what", front(), "Een tekst.\n\n# Nog een titel\n")


def test_the_leaves_stand_in_the_order_of_the_clover_and_keep_the_order_given() -> None:
    last, first, alone = article("z"), article("a"), article("p", leaf="pace")
    assert leaves([last, alone, first]) == (
        ("pace", (alone,)),
        ("knowing", (last, first)),
        ("together", ()),
        ("other", ()),
        ("soil", ()),
    )
    assert [leaf for leaf, _ in leaves([])] == list(LEAVES)


ORDER: dict[str, list[str]] = {"pace": ["p"], "knowing": ["z", "a"], "together": [], "other": [], "soil": []}


def test_the_order_of_the_clover_is_that_of_the_file_whatever_the_titles() -> None:
    p, z, a = article("p", leaf="pace"), article("z"), article("a")
    assert in_order([a, p, z], ORDER) == (p, z, a)


@pytest.mark.parametrize(
    "known",
    [
        [article("p", leaf="pace"), article("z")],
        [article("p", leaf="pace"), article("z"), article("a"), article("more")],
        [article("p"), article("z"), article("a")],
    ],
)
def test_an_article_that_stands_elsewhere_than_it_says_is_a_bug_in_the_content(known: list[Article]) -> None:
    with pytest.raises(ValueError, match="stands in no leaf"):
        in_order(known, ORDER)


def test_one_reads_on_within_a_leaf() -> None:
    p, z, a = known = in_order([article("p", leaf="pace"), article("z"), article("a")], ORDER)
    assert neighbours(known, p) == (None, None)
    assert neighbours(known, z) == (None, a)
    assert neighbours(known, a) == (z, None)

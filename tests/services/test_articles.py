"""The articles themselves: the same ones in both languages, short, sourced, well set, and kind at the end."""

import re
from datetime import date

import pytest

from companion.domain.article import LEAVES, Article
from companion.services.articles import article, articles, in_leaves
from tests.house.claims import find_claims
from tests.house.typography import findings

FIRST_READING = {
    "what-these-medicines-do",
    "never-stop-suddenly",
    "what-can-come-when-lowering",
    "a-bad-night",
    "your-sleep-diary",
    "talking-to-your-doctor",
}
SMALL_THING = {"nl": "Iets kleins om te doen", "fr": "Une petite chose à faire"}
EVERY = [known for language in SMALL_THING for known in articles(language)]

_WORD = re.compile(r"\w[\w’·-]*")
_LINK = re.compile(r"\]\(([^)]*)\)")
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_CALLABLE = re.compile(r"\b(?:112|10[678]|1813|1733|0\d{2,3}[ .]\d{2})\b|tel:")


def named(known: Article) -> str:
    return f"{known.language}/{known.slug}"


def by_slug(language: str) -> dict[str, Article]:
    return {known.slug: known for known in articles(language)}


every_article = pytest.mark.parametrize("known", EVERY, ids=named)


def test_the_first_reading_is_there() -> None:
    assert set(by_slug("nl")) >= FIRST_READING
    assert {known.leaf for known in articles("nl")} == set(LEAVES)


def test_every_article_exists_in_both_languages_in_the_same_leaf_with_the_same_sources() -> None:
    dutch, french = by_slug("nl"), by_slug("fr")
    assert set(dutch) == set(french)
    for slug, known in dutch.items():
        other = french[slug]
        assert (known.leaf, known.minutes, known.sources, known.reviewed) == (
            *(other.leaf, other.minutes, other.sources, other.reviewed),
        )
        assert known.title != other.title


@every_article
def test_an_article_is_short(known: Article) -> None:
    words = len(_WORD.findall(known.markdown))
    assert 150 <= words <= 350
    assert known.minutes * 100 < words < known.minutes * 200
    assert known.summary.endswith(".")
    assert len(_WORD.findall(known.summary)) <= 20


@every_article
def test_an_article_names_its_sources_and_when_it_was_read(known: Article) -> None:
    assert len(set(known.sources)) == len(known.sources) >= 2
    assert all(len(source) < 50 for source in known.sources)
    assert known.reviewed >= date(2026, 11, 21)


@every_article
def test_an_article_ends_in_one_small_thing_to_do(known: Article) -> None:
    headings = _HEADING.findall(known.markdown)
    assert headings[-1] == SMALL_THING[known.language]
    assert headings.count(headings[-1]) == 1
    small = known.markdown.rpartition(f"## {headings[-1]}")[2]
    assert 5 < len(_WORD.findall(small)) < 60
    assert "\n- " not in small


@every_article
def test_a_link_leads_to_urgent_help_or_to_another_article(known: Article) -> None:
    addresses = {"/help"} | {f"/learn/{slug}" for slug in by_slug(known.language)}
    assert set(_LINK.findall(known.markdown)) <= addresses - {f"/learn/{known.slug}"}


@every_article
def test_numbers_to_call_stand_on_the_urgent_page_alone(known: Article) -> None:
    assert not _CALLABLE.search(known.markdown)


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize(
    "slug", ["never-stop-suddenly", "what-can-come-when-lowering", "a-bad-night", "talking-to-your-doctor"]
)
def test_where_it_can_become_urgent_help_is_one_tap_away(language: str, slug: str) -> None:
    assert "](/help)" in by_slug(language)[slug].markdown


@every_article
def test_an_article_is_well_set_and_claims_nothing(known: Article) -> None:
    for text in (known.title, known.summary, known.markdown):
        assert findings(text, known.language) == []
        assert find_claims(text, known.language) == []


@every_article
def test_nobody_is_told_how_much_to_take(known: Article) -> None:
    """No amounts of medicine at all: a text is the same for everyone."""
    assert not re.search(r"\d\s*(?:mg|ml)\b", known.markdown)
    assert not re.search(r"\d\s*(?:%|procent|pour cent)", known.markdown.replace("75%", "").replace("75\u00a0%", ""))


def test_an_article_is_found_by_its_slug() -> None:
    found = article("fr", "a-bad-night")
    assert found is not None
    assert (found.slug, found.language) == ("a-bad-night", "fr")
    assert article("fr", "nothing") is None
    assert article("fr", "../nl/a-bad-night") is None


def test_a_language_we_have_no_articles_in_has_none() -> None:
    assert articles("de") == ()


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_articles_stand_by_title(language: str) -> None:
    titles = [known.title for known in articles(language)]
    assert titles == sorted(titles, key=str.casefold)


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_article_has_its_place_in_the_clover_the_same_in_both_languages(language: str) -> None:
    assert [known.slug for known in in_leaves(language)] == [known.slug for known in in_leaves("nl")]
    assert len(in_leaves(language)) == len(articles(language))
    assert in_leaves("de") == ()


def test_a_price_a_phone_number_or_a_rule_stands_with_its_date() -> None:
    for slug in ("first-line-psychologist", "reimbursed-programme", "stories"):
        assert "21 november 2026" in " ".join(by_slug("nl")[slug].markdown.split())
        assert "21 novembre 2026" in " ".join(by_slug("fr")[slug].markdown.split())

"""Every article reads easily by the formula of its language, and the table that says so is current."""

import pytest

from companion.domain.article import Article
from tests.house.reading_ease import LISTS, TABLE, TARGETS, Ease, count, ease, every_article, table


@pytest.mark.parametrize(
    ("word", "language", "syllables"),
    [
        ("slaap", "nl", 1),
        ("medicijn", "nl", 3),
        ("huisarts", "nl", 2),
        ("dosissen", "nl", 3),
        ("mm", "nl", 1),
        ("table", "fr", 1),
        ("nuits", "fr", 1),
        ("médecin", "fr", 3),
        ("l’eau", "fr", 1),
        ("je", "fr", 1),
        ("aujourd’hui", "fr", 3),
    ],
)
def test_syllables_are_counted_by_their_vowels(word: str, language: str, syllables: int) -> None:
    assert count(word, language) == syllables


def test_the_formulas_are_the_published_ones() -> None:
    assert ease("Ik slaap. Ik slaap niet meer.", "nl") == Ease(6, 2, 6, round(206.84 - 0.93 * 3 - 77, 1))
    assert ease("Je dors. Je ne dors pas.", "fr") == Ease(6, 2, 6, round(207 - 1.015 * 3 - 73.6, 1))


def test_a_list_is_read_line_by_line_and_a_link_by_its_words() -> None:
    assert ease("- een\n- twee\n- drie", "nl").sentences == 3
    assert ease("[Hulp nu](/help).", "nl").words == 2
    assert ease("", "nl").words == 0


def test_longer_words_and_sentences_read_less_easily() -> None:
    assert ease("Je mag blijven.", "nl").score > ease("Je behandelingsovereenkomst gedoogt uitstel.", "nl").score
    assert ease("Je dors. Je lis.", "fr").score > ease("Je dors je lis.", "fr").score


@pytest.mark.parametrize(("known", "found"), list(every_article()), ids=lambda each: getattr(each, "slug", ""))
def test_an_article_reaches_its_target(known: Article, found: Ease) -> None:
    assert found.score >= TARGETS[known.language] - (10 if known.slug in LISTS else 0)


def test_the_table_is_current() -> None:
    assert TABLE.read_text(encoding="utf-8") == table()

"""Everyday questions, as people type them at night: the right page is among the first results."""

import pytest

from companion.services.articles import articles, search, shelf

FIRST = 2
"""How far down the right page may stand."""

ASKED = {
    "nl": [
        ("ik lig wakker", "a-bad-night"),
        ("mag ik rijden", "driving"),
        ("vergeten in te nemen", "talk-to-your-pharmacist"),
        ("alcohol", "caffeine-and-alcohol"),
        ("hoofdpijn", "what-can-come-when-lowering"),
        ("chauffer", "driving"),
        ("zwanger", "pregnancy"),
        ("paniekaanval", "anxiety-without-a-pill"),
        ("mijn man weet het niet", "talk-to-your-partner"),
        ("wat kost een psycholoog", "first-line-psychologist"),
        ("hoelang duurt het", "what-can-come-when-lowering"),
        ("ik ben gevallen", "older-and-falls"),
        ("ik moet geopereerd worden", "hospital"),
        ("op vakantie met het vliegtuig", "travelling"),
        ("middagdutje", "naps"),
        ("piekeren", "worry-time"),
        ("ben ik verslaafd", "shame"),
        ("capsules van de apotheek terugbetaald", "reimbursed-programme"),
        ("tramadol", "other-medicines"),
        ("mag ik ineens stoppen", "never-stop-suddenly"),
        ("slaapdagbeok", "your-sleep-diary"),
        ("het laatste beetje", "the-last-step"),
        ("hoe zeg ik het tegen mijn dokter", "talking-to-your-doctor"),
        ("TRILLEN en zweten", "what-can-come-when-lowering"),
        ("verhaalen van anderen", "stories"),
    ],
    "fr": [
        ("je ne dors pas", "a-bad-night"),
        ("puis-je conduire ?", "driving"),
        ("oublié de prendre", "talk-to-your-pharmacist"),
        ("alcool", "caffeine-and-alcohol"),
        ("mal de tête", "what-can-come-when-lowering"),
        ("chaufeur", "driving"),
        ("enceinte", "pregnancy"),
        ("crise d'angoisse", "anxiety-without-a-pill"),
        ("mon mari ne sait rien", "talk-to-your-partner"),
        ("prix d’un psychologue", "first-line-psychologist"),
        ("combien de temps ça dure", "what-can-come-when-lowering"),
        ("je suis tombée", "older-and-falls"),
        ("operation a l'hopital", "hospital"),
        ("vacances en avion", "travelling"),
        ("sieste", "naps"),
        ("je rumine", "worry-time"),
        ("suis-je accro", "shame"),
        ("gélules remboursées", "reimbursed-programme"),
        ("tramadol", "other-medicines"),
        ("arrêter d’un coup", "never-stop-suddenly"),
        ("carnet de someil", "your-sleep-diary"),
        ("dernier quart", "the-last-step"),
        ("parler à mon medecin", "talking-to-your-doctor"),
        ("tremblements", "what-can-come-when-lowering"),
        ("temoignage", "stories"),
    ],
}


@pytest.mark.parametrize(
    ("language", "typed", "slug"), [(language, *asked) for language, all_asked in ASKED.items() for asked in all_asked]
)
def test_an_everyday_question_finds_its_page(language: str, typed: str, slug: str) -> None:
    assert slug in [known.slug for known in search(language, typed)][:FIRST]


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_article_is_found_by_its_own_title(language: str) -> None:
    for known in articles(language):
        assert known in search(language, known.title)[:FIRST], known.title


@pytest.mark.parametrize("typed", ["", "   ", "?!", "xyzzy", "\ud800", "a" * 200])
def test_what_fits_nothing_finds_nothing(typed: str) -> None:
    assert search("nl", typed) == ()


def test_only_words_that_say_nothing_are_still_looked_for() -> None:
    assert search("nl", "ik wil niet meer") is not None
    assert len(search("fr", "le la les")) <= 8


def test_the_other_words_are_those_of_articles_we_have() -> None:
    for language in ("nl", "fr"):
        assert all(shelf(language).words_for(known.slug) for known in articles(language))


def test_a_language_we_have_no_articles_in_finds_nothing() -> None:
    assert search("de", "alkohol") == ()

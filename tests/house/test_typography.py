"""French and Dutch as a careful printer would set them, in everything people read."""

from itertools import chain

import pytest

from tests.house.reading import LANGUAGES, catalogue_texts, content_texts
from tests.house.typography import findings

N = "\u00a0"
T = "\u202f"


def rules(text: str, language: str) -> set[str]:
    return {finding.rule for finding in findings(text, language)}


# The finder itself


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Est-ce maintenant ?", "narrow no-break space before ; ! ?"),
        ("Est-ce maintenant?", "narrow no-break space before ; ! ?"),
        (f"Est-ce maintenant{N}?", "narrow no-break space before ; ! ?"),
        ("Attendez\n!", "narrow no-break space before ; ! ?"),
        ("<strong>Attention</strong> !", "narrow no-break space before ; ! ?"),
        ("un ; deux", "narrow no-break space before ; ! ?"),
        ("Dose : un", "no-break space before :"),
        ("Dose: un", "no-break space before :"),
        (f"Dose{T}: un", "no-break space before :"),
        ("%(name)s: un", "no-break space before :"),
        ("«oui»", "no-break space inside « »"),
        (f"«{N}oui »", "no-break space inside « »"),
        (f"« oui{N}»", "no-break space inside « »"),
        ("l'heure", "real apostrophe"),
        ('le "soir"', "« » instead of straight quotes"),
        ("1 mg", "no-break space before mg, ml, %"),
        ("1mg", "no-break space before mg, ml, %"),
        ("%(mg)s mg", "no-break space before mg, ml, %"),
        ("25 %% de moins", "no-break space before mg, ml, %"),
        ("25%", "no-break space before mg, ml, %"),
    ],
)
def test_french_that_is_not_well_set_is_found(text: str, rule: str) -> None:
    assert rules(text, "fr") == {rule}


@pytest.mark.parametrize(
    "text",
    [
        f"Est-ce maintenant{T}? Oui{T}! Bien{T}; merci{T}?!",
        f"Ce soir{N}: un comprimé et demi de 1{N}mg.",
        f"«{N}Ça va{T}?{N}»",
        f"%(mg)s{N}mg, 25{N}%%, 10{T}%",
        "Couché à 22:45, levé à 21 h 45",
        "Lisez https://exemple.be/a?b=c;d ou preventionsuicide.be/aide?x=1, écrivez à aide@exemple.be",
        '<a href="/help?now" title="c\'est">Aide maintenant</a>',
        "Poids&nbsp;: l’heure&#8239;! «&nbsp;oui&nbsp;»",
        "De %(first)s:%(last)s à {count}",
        "Tapez `a: b?` ici (?)",
        "De l’aide, d’abord",
    ],
)
def test_french_that_is_well_set_is_left_alone(text: str) -> None:
    assert findings(text, "fr") == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('de "dosis"', "curly quotes and apostrophes"),
        ("'s avonds", "curly quotes and apostrophes"),
        ("foto's", "curly quotes and apostrophes"),
        ("1 mg", "no-break space before mg, ml"),
        ("2,5mg", "no-break space before mg, ml"),
        ("%(mg)s mg", "no-break space before mg, ml"),
        ("10 ml", "no-break space before mg, ml"),
        ("25 %", "% right after its number"),
        (f"%(percent)s{N}%% minder", "% right after its number"),
    ],
)
def test_dutch_that_is_not_well_set_is_found(text: str, rule: str) -> None:
    assert rules(text, "nl") == {rule}


@pytest.mark.parametrize(
    "text",
    [
        "“Bedoel je 1 of 1000?” ‘s avonds’ ’s morgens; foto’s: ja!",
        f"een halve tablet van 1{N}mg, %(mg)s{N}mg, 25%, %(percent)s%% minder",
        "Om 21:45, zie https://voorbeeld.be/a?b='c'",
        "<a href=\"/help\" title='nu'>Hulp nu</a> &quot;",
        "Ik heb %s %d nachten",
    ],
)
def test_dutch_that_is_well_set_is_left_alone(text: str) -> None:
    assert findings(text, "nl") == []


def test_a_finding_shows_where() -> None:
    [finding] = findings("Vanavond neem je 1 mg voor het slapen.", "nl")
    assert "1 mg" in finding.excerpt


# What people read


def test_everything_in_dutch_and_french_is_well_set() -> None:
    read = [text for text in content_texts() if text.where.startswith(("directory.toml", "instruments"))]
    assert {text.language for text in read} == set(LANGUAGES)
    assert [
        f"{text.where}: {finding.rule}: {finding.excerpt!r}"
        for text in chain(read, catalogue_texts())
        if text.language in LANGUAGES
        for finding in findings(text.text, text.language)
    ] == []

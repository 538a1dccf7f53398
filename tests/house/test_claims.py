"""No claim that would make this a medical device, no word that hurts: in anything people read (issue 2)."""

from pathlib import Path

import pytest

from tests.house.claims import Rule, find_claims, rules_of
from tests.house.reading import Text, catalogue_texts, content_texts, readme, static_texts

ALL = ("nl", "fr", "en")
RULES = [(language, rule) for language in ALL for rule in rules_of(language).rules]


def offences(text: Text) -> list[str]:
    """What is wrong with a text; one for everyone is read in every language."""
    return [
        f"{text.where}: {finding.found!r} ({finding.kind}, rather: {finding.reason})"
        for language in ([text.language] if text.language else ALL)
        for finding in find_claims(text.text, language)
    ]


# The finder itself


@pytest.mark.parametrize(("language", "rule"), RULES, ids=lambda value: getattr(value, "example", value))
def test_every_rule_finds_its_example(language: str, rule: Rule) -> None:
    assert (rule.kind, rule.reason) in [
        (finding.kind, finding.reason) for finding in find_claims(rule.example, language)
    ]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "VEILIG  AFBOUWEN"),
        ("nl", "veilig\u00a0<em>minderen</em>"),
        ("nl", "Je kunt **veilig** en rustig stoppen."),
        ("nl", "Andante behandelt niet alleen slapeloosheid."),
        ("nl", "Andante behandelt je slaap, niet je arts."),
        ("nl", "Minderen is niet eng: het is zonder risico."),
        ("nl", "Ik ben geen verslaafde."),
        ("fr", "Un sevrage\u00a0s\u00fbr"),
        ("fr", "Andante gue\u0301rit."),
        ("fr", "Cela pr\u00e9vient l\u2019apparition des sympt\u00f4mes de manque."),
        ("fr", "Andante soigne, votre m\u00e9decin ne le fait pas."),
        ("fr", "Ce n\u2019est pas un \u00e9chec."),
        ("en", "It does not only help, it treats insomnia."),
        ("en", "Not a detox."),
    ],
)
def test_a_planted_claim_or_word_is_found(language: str, sentence: str) -> None:
    assert find_claims(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Dit is geen medisch hulpmiddel."),
        ("nl", "Andante behandelt niets en geneest niets."),
        ("nl", "Andante geneest je slapeloosheid niet."),
        ("nl", "Er is geen garantie dat het lukt."),
        ("nl", "Plots stoppen is niet zonder risico."),
        ("nl", "Bel de arts die je behandelt."),
        ("nl", "Klachten die vaak voorkomen bij het minderen (ontwenningsklachten)."),
        ("nl", "Vraag je huisarts naar het afbouwprogramma."),
        ("nl", "Je geneesmiddel, je wachtzin vergeten, de DrugLijn."),
        ("nl", "Andante vervangt je arts niet en geeft geen advies over een dosis."),
        ("fr", "Ceci n\u2019est pas un dispositif m\u00e9dical."),
        ("fr", "Andante ne traite pas et ne gu\u00e9rit pas."),
        ("fr", "Arr\u00eater d\u2019un coup n\u2019est pas sans risque."),
        ("fr", "Votre m\u00e9decin traitant, votre traitement, votre m\u00e9dicament."),
        ("fr", "Des sympt\u00f4mes peuvent appara\u00eetre (sympt\u00f4mes de sevrage)."),
        ("fr", "Le programme de sevrage progressif de l\u2019INAMI."),
        ("fr", "Phrase de passe oubli\u00e9e ?"),
        ("fr", "Xanax Retard 0,5 mg, comprim\u00e9 retard"),
        ("en", "This is not a medical device."),
        ("en", "It does not treat, cure or prevent anything."),
        ("en", "Never stop suddenly: call your doctor today."),
        ("en", "Sign-in failed. Forgotten your passphrase?"),
    ],
)
def test_an_honest_sentence_is_left_alone(language: str, sentence: str) -> None:
    assert find_claims(sentence, language) == []


def test_planted_texts_are_found_wherever_they_stand(tmp_path: Path) -> None:
    po = tmp_path / "translations" / "nl" / "LC_MESSAGES"
    po.mkdir(parents=True)
    (po / "messages.po").write_text('msgid "Safe tapering"\nmsgstr "Veilig afbouwen"\n', encoding="utf-8")
    (tmp_path / "nl").mkdir()
    (tmp_path / "nl" / "slaap.md").write_text("# Slaap\n\nEen terugval.\n", encoding="utf-8")
    (tmp_path / "lines.toml").write_text('[[line]]\nname.fr = "Sans risque"\n', encoding="utf-8")
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "offline.html").write_text("<p>Sevrage s\u00fbr</p>", encoding="utf-8")

    found = [offences(text) for text in catalogue_texts(tmp_path)]
    assert len(found) == 2
    assert all(found)
    planted = {text.where: bool(offences(text)) for text in content_texts(tmp_path)}
    assert planted["nl/slaap.md"]
    assert planted["lines.toml/line/name/fr"]
    assert all(offences(text) for text in static_texts(tmp_path))


# What people read


def test_the_content_makes_no_claim() -> None:
    texts = list(content_texts())
    assert any("directory.toml" in text.where for text in texts)
    assert [offence for text in texts for offence in offences(text)] == []


def test_the_catalogues_make_no_claim() -> None:
    assert [offence for text in catalogue_texts() for offence in offences(text)] == []


def test_static_texts_make_no_claim() -> None:
    assert [offence for text in static_texts() for offence in offences(text)] == []


def test_the_readme_makes_no_claim() -> None:
    claims = [
        f"{found.found!r}: {found.reason}"
        for text in readme()
        for found in find_claims(text.text, "en")
        if found.kind == "claim"
    ]
    assert claims == []

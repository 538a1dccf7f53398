"""The grammar of medicines.csv, and what may never be said with more certainty than it has."""

import re
from decimal import Decimal

import pytest

from companion.domain.medicine import Medicine, Strength, may_be_divided, product_options
from companion.domain.medicine_row import medicine_from_row, scored_from, strengths_from

ROW = {
    "inn": "prazepam",
    "nl": "prazepam",
    "fr": "prazépam",
    "brands_be": "Lysanxia",
    "strengths_mg": "10;20;15/ml@drops",
    "forms": "tablet; oral drops 15 mg/ml",
    "scored": "unknown in BE: CH tablets divisible (found, foreign)",
    "confidence": "medium",
}


def medicine(**columns: str) -> Medicine:
    return medicine_from_row(ROW | columns)


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("0.25", Strength(Decimal("0.25"), "tablet", per_ml=False, confirmed=True)),
        ("27?", Strength(Decimal("27"), "tablet", per_ml=False, confirmed=False)),
        ("3@retard", Strength(Decimal("3"), "retard", per_ml=False, confirmed=True)),
        ("2.5@orodispersible", Strength(Decimal("2.5"), "orodispersible", per_ml=False, confirmed=True)),
        ("15/ml@drops", Strength(Decimal("15"), "drops", per_ml=True, confirmed=True)),
        ("0.75/ml@drops?", Strength(Decimal("0.75"), "drops", per_ml=True, confirmed=False)),
        ("1/ml@suspension", Strength(Decimal("1"), "suspension", per_ml=True, confirmed=True)),
    ],
)
def test_a_strength_is_read_as_the_grammar_says(text: str, strength: Strength) -> None:
    assert strengths_from(text) == (strength,)


def test_strengths_stand_side_by_side_and_may_be_absent() -> None:
    assert [strength.amount for strength in strengths_from("1; 2.5;5@sublingual")] == [
        Decimal("1"),
        Decimal("2.5"),
        Decimal("5"),
    ]
    assert strengths_from("") == ()


@pytest.mark.parametrize(
    "text", ["ten", "1,5", "1@powder", "0", "-1", "15/ml", "1@drops", "1??", "1 mg", "1/ml@retard"]
)
def test_a_strength_outside_the_grammar_is_a_bug_in_the_content(text: str) -> None:
    with pytest.raises(ValueError, match="strength"):
        strengths_from(text)


def test_capsules_are_known_from_the_forms_column() -> None:
    some = strengths_from("5;10;50", "hard capsule 5 and 10; film-coated tablet 50")
    assert [strength.form for strength in some] == ["capsule", "capsule", "tablet"]
    assert [strength.form for strength in strengths_from("10?;20?", "capsule (NL product only)")] == ["capsule"] * 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("yes: two equal halves (found)", "known_scored"),
        ("no: capsule", "not_scored"),
        ("mixed: capsules no; 50 mg tablet unknown", "mixed"),
        ("unknown (coated)", "unknown"),
        ("unknown in BE: line on NL Mylan and FR Actavis (found, foreign)", "unknown"),
    ],
)
def test_dividing_is_a_code_and_a_foreign_score_line_stays_unknown(text: str, code: str) -> None:
    assert scored_from(text) == code


@pytest.mark.parametrize(("column", "text"), [("scored", "perhaps"), ("confidence", "?"), ("brands_be", "(historic)")])
def test_a_row_with_an_unknown_word_is_a_bug_in_the_content(column: str, text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        medicine(**{column: text})


def test_brands_are_separated_from_the_remarks_about_them() -> None:
    oxazepam = medicine(inn="oxazepam", nl="oxazepam", fr="oxazépam", brands_be="Oxazepam generics; Seresta (historic)")
    assert [(brand.name, brand.status, brand.remark) for brand in oxazepam.brands] == [
        ("Oxazepam", "generic", "generics"),
        ("Seresta", "historic", "historic"),
    ]
    assert oxazepam.brand_names == ("Seresta",)
    assert not oxazepam.older


@pytest.mark.parametrize("brands", ["Akton (historic, marketing not confirmed)", "none found (NL: Normison)"])
def test_a_medicine_without_a_belgian_name_of_today_is_an_older_one(brands: str) -> None:
    assert medicine(brands_be=brands).older


def test_an_old_substance_name_beside_an_old_brand_is_not_a_second_brand() -> None:
    columns = {
        "inn": "flunitrazepam",
        "brands_be": "Rohypnol / Flunitrazepam (historic, marketing not confirmed)",
    }
    assert medicine(**columns).brand_names == ("Rohypnol",)


def test_the_french_name_is_given_in_french_and_with_a_real_apostrophe() -> None:
    row = medicine(nl="ethylloflazepaat", fr="loflazépate d'éthyle")
    assert (row.name("fr"), row.name("nl")) == ("loflazépate d’éthyle", "ethylloflazepaat")


@pytest.mark.parametrize(
    ("columns", "check"),
    [
        ({}, False),
        ({"confidence": "medium"}, True),
        ({"confidence": "low"}, True),
        ({"strengths_mg": "5;10?"}, True),
        ({"scored": "unknown"}, True),
        ({"scored": "mixed: Teva yes"}, True),
    ],
)
def test_anything_unconfirmed_asks_to_check_with_the_pharmacist(columns: dict[str, str], check: bool) -> None:
    certain = {"strengths_mg": "5", "scored": "yes: two equal halves (found)", "confidence": "high"}
    assert medicine(**certain | columns).check_with_pharmacist is check


def test_drops_never_say_how_much_is_in_a_drop() -> None:
    drops = product_options(medicine())[-1]
    assert (drops.form, drops.strength, drops.mg_per_ml, drops.check) == ("drops", None, "15", True)


@pytest.mark.parametrize(
    ("strength", "form", "never_divide"),
    [
        ("1", "tablet", False),
        ("1@retard", "tablet", True),
        ("1@orodispersible", "tablet", True),
        ("1@sublingual", "tablet", True),
        ("1@capsule", "capsule", True),
        ("1/ml@suspension", "liquid", False),
    ],
)
def test_an_option_speaks_the_words_of_the_contract(strength: str, form: str, never_divide: bool) -> None:
    [option] = product_options(medicine(strengths_mg=strength, scored="yes: found"))
    assert (option.strength, option.form, option.never_divide, option.check) == (
        "1",
        form,
        never_divide,
        False,
    )
    assert option.may_be_divided is (strength == "1")


def test_an_unconfirmed_strength_is_offered_with_its_mark() -> None:
    [sure, unsure] = product_options(medicine(strengths_mg="0.50;2?"))
    assert [(option.strength, option.check) for option in (sure, unsure)] == [("0.5", False), ("2", True)]


@pytest.mark.parametrize("scored", ["no: capsule", "mixed: some", "unknown"])
def test_dividing_is_only_hinted_at_when_a_belgian_text_says_so(scored: str) -> None:
    row = medicine(strengths_mg="1", scored=scored)
    assert not may_be_divided(row, row.strengths[0])


def test_a_name_of_ones_own_has_no_options() -> None:
    assert product_options(None) == ()

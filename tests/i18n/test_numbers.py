import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.i18n.numbers import amount_words, measured_words, whole_words
from tests.i18n.number_parser import number


@pytest.mark.parametrize(
    ("amount", "nl", "fr"),
    [
        ("0", "nul", "zéro"),
        ("0.5", "een halve", "un demi"),
        ("0.25", "een kwart", "un quart"),
        ("0.75", "drie kwart", "trois quarts"),
        ("1", "één", "un"),
        ("1.5", "anderhalf", "un et demi"),
        ("2.5", "tweeënhalf", "deux et demi"),
        ("3.5", "drieënhalf", "trois et demi"),
        ("7.5", "zevenenhalf", "sept et demi"),
        ("12.5", "twaalfenhalf", "douze et demi"),
        ("37.5", "zevenendertig en een half", "trente-sept et demi"),
        ("1.25", "één en een kwart", "un et un quart"),
        ("12.75", "twaalf en drie kwart", "douze et trois quarts"),
        ("0.125", "nul komma één twee vijf", "zéro virgule un deux cinq"),
        ("1.8", "één komma acht", "un virgule huit"),
        ("0.05", "nul komma nul vijf", "zéro virgule zéro cinq"),
        ("10", "tien", "dix"),
        ("17", "zeventien", "dix-sept"),
        ("21", "eenentwintig", "vingt et un"),
        ("22", "tweeëntwintig", "vingt-deux"),
        ("71", "eenenzeventig", "septante et un"),
        ("80", "tachtig", "quatre-vingts"),
        ("81", "eenentachtig", "quatre-vingt-un"),
        ("93", "drieënnegentig", "nonante-trois"),
        ("100", "honderd", "cent"),
        ("101", "honderdeen", "cent un"),
        ("200", "tweehonderd", "deux cents"),
        ("280", "tweehonderdtachtig", "deux cent quatre-vingts"),
        ("1000", "duizend", "mille"),
        ("1001", "duizend één", "mille un"),
        ("2300", "tweeduizend driehonderd", "deux mille trois cents"),
        ("80000", "tachtigduizend", "quatre-vingt mille"),
        ("200000", "tweehonderdduizend", "deux cent mille"),
        # words that could be heard as another number are said digit by digit
        ("20.25", "twintig komma twee vijf", "vingt virgule deux cinq"),
        ("100.5", "honderd komma vijf", "cent virgule cinq"),
    ],
)
def test_says_an_amount_as_people_do(amount: str, nl: str, fr: str) -> None:
    assert (amount_words(Decimal(amount), "nl"), amount_words(Decimal(amount), "fr")) == (nl, fr)


@pytest.mark.parametrize(
    ("amount", "unit", "nl", "fr"),
    [
        ("0", "mg", "nul milligram", "zéro milligramme"),
        ("0.25", "mg", "een kwart milligram", "un quart de milligramme"),
        ("0.5", "mg", "een halve milligram", "un demi-milligramme"),
        ("0.75", "mg", "drie kwart milligram", "trois quarts de milligramme"),
        ("0.125", "mg", "nul komma één twee vijf milligram", "zéro virgule un deux cinq milligramme"),
        ("1", "mg", "één milligram", "un milligramme"),
        ("1.25", "mg", "één en een kwart milligram", "un milligramme et un quart"),
        ("1.5", "mg", "anderhalve milligram", "un milligramme et demi"),
        ("1.8", "mg", "één komma acht milligram", "un virgule huit milligramme"),
        ("2", "mg", "twee milligram", "deux milligrammes"),
        ("2.5", "mg", "tweeënhalve milligram", "deux milligrammes et demi"),
        ("12.75", "mg", "twaalf en drie kwart milligram", "douze milligrammes et trois quarts"),
        ("20.25", "mg", "twintig komma twee vijf milligram", "vingt virgule deux cinq milligrammes"),
        ("37.5", "mg", "zevenendertig en een halve milligram", "trente-sept milligrammes et demi"),
        ("80", "mg", "tachtig milligram", "quatre-vingts milligrammes"),
        ("0.1", "ml", "nul komma één milliliter", "zéro virgule un millilitre"),
        ("0.5", "ml", "een halve milliliter", "un demi-millilitre"),
        ("0.5", "%", "een half procent", "un demi pour cent"),
        ("12.5", "%", "twaalfenhalf procent", "douze et demi pour cent"),
    ],
)
def test_says_an_amount_with_its_unit(amount: str, unit: str, nl: str, fr: str) -> None:
    assert (measured_words(Decimal(amount), unit, "nl"), measured_words(Decimal(amount), unit, "fr")) == (nl, fr)


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_words_with_a_unit_say_back_the_number_for_every_hundredth_below_a_hundred(language: str) -> None:
    for hundredths in range(100_00):
        words = measured_words(Decimal(hundredths) / 100, "mg", language)
        bare = re.sub("(-| de )?milligram(mes?)?", "", words).replace("  ", " ").strip()
        bare = bare if bare == "een halve" else bare.replace("halve", "half")
        assert number(bare, language) == Fraction(hundredths, 100), words


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_words_say_back_the_number_for_every_hundredth_below_a_hundred(language: str) -> None:
    for hundredths in range(100_00):
        words = amount_words(Decimal(hundredths) / 100, language)
        assert number(words, language) == Fraction(hundredths, 100), words


@pytest.mark.parametrize("language", ["nl", "fr"])
@settings(max_examples=400, deadline=None, derandomize=True)
@given(whole=st.integers(0, 999_999), part=st.sampled_from([0, 250_000, 500_000, 750_000]) | st.integers(0, 999_999))
def test_words_say_back_any_number(language: str, whole: int, part: int) -> None:
    amount = whole + Decimal(part) / 10**6
    assert number(amount_words(amount, language), language) == Fraction(amount)


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_no_two_whole_numbers_sound_the_same(language: str) -> None:
    words = [whole_words(number, language) for number in [*range(20_000), *range(20_000, 1_000_000, 997)]]
    assert len({word.replace("-", " ") for word in words}) == len(words)


@pytest.mark.parametrize("amount", ["-1", "1000000", "999999.5e1"])
def test_says_nothing_outside_its_range(amount: str) -> None:
    with pytest.raises(ValueError, match="999999"):
        amount_words(Decimal(amount), "nl")
    with pytest.raises(ValueError, match="999999"):
        whole_words(1_000_000, "fr")

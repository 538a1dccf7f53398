from decimal import Decimal
from fractions import Fraction

import pytest

from companion.domain.pieces import pieces_for
from companion.domain.product import Form, Piece, Product, Split
from companion.i18n.dose_words import dose_words, pieces_short
from tests.i18n.number_parser import number

Pieces = list[Piece]


def tablet(strength: str, piece: str, count: int = 1) -> Piece:
    return Piece(Decimal(strength), Form.TABLET, Decimal(piece), count)


def other(form: Form, strength: str, count: int = 1, piece: str = "1") -> Piece:
    return Piece(Decimal(strength), form, Decimal(piece), count)


def spaced(text: str) -> str:
    """`_` stands for a no-break space."""
    return text.replace("_", "\u00a0")


@pytest.mark.parametrize(
    ("pieces", "nl", "fr"),
    [
        ([tablet("1", "1"), tablet("1", "0.5")], "anderhalve tablet van 1_mg", "un comprimé et demi de 1_mg"),
        ([tablet("1", "0.5")], "een halve tablet van 1_mg", "un demi-comprimé de 1_mg"),
        ([tablet("2", "0.25")], "een kwart tablet van 2_mg", "un quart de comprimé de 2_mg"),
        ([tablet("2", "0.5"), tablet("2", "0.25")], "drie kwart tablet van 2_mg", "trois quarts de comprimé de 2_mg"),
        ([tablet("7.5", "1")], "één tablet van 7,5_mg", "un comprimé de 7,5_mg"),
        ([tablet("10", "1", 2)], "twee tabletten van 10_mg", "deux comprimés de 10_mg"),
        (
            [tablet("10", "1", 2), tablet("10", "0.5")],
            "tweeënhalve tablet van 10_mg",
            "deux comprimés et demi de 10_mg",
        ),
        (
            [tablet("1", "1"), tablet("1", "0.5"), tablet("1", "0.25")],
            "één en drie kwart tablet van 1_mg",
            "un comprimé et trois quarts de 1_mg",
        ),
        (
            [tablet("5", "1"), tablet("2", "0.5")],
            "één tablet van 5_mg en een halve tablet van 2_mg",
            "un comprimé de 5_mg et un demi-comprimé de 2_mg",
        ),
        (
            [tablet("10", "1"), tablet("5", "1"), tablet("2", "1", 2)],
            "één tablet van 10_mg, één tablet van 5_mg en twee tabletten van 2_mg",
            "un comprimé de 10_mg, un comprimé de 5_mg et deux comprimés de 2_mg",
        ),
        (
            [tablet("1", "1", 13), tablet("1", "0.5")],
            "dertien tabletten en een halve tablet van 1_mg",
            "treize comprimés et demi de 1_mg",
        ),
        ([other(Form.CAPSULE, "5", 2)], "twee capsules van 5_mg", "deux gélules de 5_mg"),
        ([other(Form.CAPSULE, "5", 21)], "eenentwintig capsules van 5_mg", "vingt et une gélules de 5_mg"),
        ([other(Form.MADE_CAPSULE, "1.8")], "één capsule van 1,8_mg", "une gélule de 1,8_mg"),
        ([other(Form.DROPS, "0.1", 12)], "12 druppels", "12 gouttes"),
        ([other(Form.DROPS, "0.1")], "1 druppel", "1 goutte"),
        ([other(Form.LIQUID, "1", 1, "2.5")], "2,5_ml", "2,5_ml"),
        (
            [tablet("10", "1"), other(Form.DROPS, "0.1", 5)],
            "één tablet van 10_mg en 5 druppels",
            "un comprimé de 10_mg et 5 gouttes",
        ),
        (
            [other(Form.DROPS, "0.5", 3), other(Form.DROPS, "0.1", 1)],
            "3 druppels van 0,5_mg en 1 druppel van 0,1_mg",
            "3 gouttes de 0,5_mg et 1 goutte de 0,1_mg",
        ),
        (
            [other(Form.LIQUID, "2", 1, "1"), other(Form.LIQUID, "1", 1, "0.5")],
            "1_ml van 2_mg/ml en 0,5_ml van 1_mg/ml",
            "1_ml de 2_mg/ml et 0,5_ml de 1_mg/ml",
        ),
        ([], "niets", "rien"),
    ],
)
def test_says_a_dose_as_people_do(pieces: Pieces, nl: str, fr: str) -> None:
    assert (dose_words(pieces, "nl"), dose_words(pieces, "fr")) == (spaced(nl), spaced(fr))


@pytest.mark.parametrize(
    ("pieces", "nl", "fr"),
    [
        ([tablet("1", "1"), tablet("1", "0.5")], "een hele en een halve", "un entier et un demi"),
        (
            [tablet("1", "1", 2), tablet("1", "0.5"), tablet("1", "0.25")],
            "twee hele, een halve en een kwart",
            "deux entiers, un demi et un quart",
        ),
        ([other(Form.DROPS, "0.1", 12)], "12 druppels", "12 gouttes"),
        ([], "niets", "rien"),
    ],
)
def test_says_the_pieces_as_they_come_out_of_the_box(pieces: Pieces, nl: str, fr: str) -> None:
    assert (pieces_short(pieces, "nl"), pieces_short(pieces, "fr")) == (nl, fr)


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_tablets_said_are_the_tablets_meant(language: str) -> None:
    noun = {"nl": "tablet", "fr": "comprimé"}[language]
    for quarters in range(1, 161):
        pieces = pieces_for([Product(Form.TABLET, Decimal(1), Split.QUARTERS)], Decimal(quarters) / 4)
        assert pieces
        said = dose_words(pieces, language).removesuffix(spaced({"nl": " van 1_mg", "fr": " de 1_mg"}[language]))
        words = said.replace("halve", "half").replace(f"demi-{noun}", "demi").replace(f" de {noun}", "")
        for ending in ("ten", "s", ""):
            words = words.replace(f" {noun}{ending}", "")
        assert number(words, language) == Fraction(quarters, 4), said


def test_more_pieces_than_there_are_words_for_are_still_said() -> None:
    assert dose_words([tablet("0.000001", "1", 2_000_000)], "fr").startswith("2000000 comprimés")

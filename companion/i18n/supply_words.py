"""How much of which product, in figures: "57 tabletten van 1 mg", "9 gélules de 1,6 mg"; and pieces in a small space.

Amounts to take are said in words (`dose_words`); amounts to have are counted, so they are figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from companion.domain.product import Form, Piece
from companion.i18n.dose_words import dose_words
from companion.i18n.format import NBSP, amount, number

_NAMES = {
    "nl": {
        Form.TABLET: ("tablet", "tabletten"),
        Form.CAPSULE: ("capsule", "capsules"),
        Form.MADE_CAPSULE: ("capsule", "capsules"),
        Form.DROPS: ("druppel", "druppels"),
        Form.LIQUID: ("ml", "ml"),
    },
    "fr": {
        Form.TABLET: ("comprimé", "comprimés"),
        Form.CAPSULE: ("gélule", "gélules"),
        Form.MADE_CAPSULE: ("gélule", "gélules"),
        Form.DROPS: ("goutte", "gouttes"),
        Form.LIQUID: ("ml", "ml"),
    },
}
_OF = {"nl": "van", "fr": "de"}
_DROPS = {"nl": "dr.", "fr": "gttes"}
_PARTS = {Decimal("0.25"): "¼", Decimal("0.5"): "½", Decimal("0.75"): "¾"}


def kind_words(form: Form, strength: Decimal, language: str) -> str:
    """The product without a number, for "your … last until": "tabletten van 1 mg", "druppels van 0,1 mg"."""
    return f"{_NAMES[language][form][1]} {_of(form, strength, language)}"


def count_words(form: Form, strength: Decimal, count: Decimal, language: str) -> str:
    """The product with its number: "57 tabletten van 1 mg", "1 gélule de 1,6 mg", "30 ml van 2 mg/ml"."""
    one, many = _NAMES[language][form]
    singular = count == 1 if language == "nl" else count < 2
    return f"{number(count, language)}{NBSP}{one if singular else many} {_of(form, strength, language)}"


def pieces_compact(pieces: Sequence[Piece], language: str) -> list[tuple[str, str]]:
    """A dose for a small box on paper, and each part in words for the key beside it.

    [("1½×10", "anderhalve tablet van 10 mg"), ("12 dr.", "twaalf druppels")]: what stands after × are the mg.
    """
    parts: list[tuple[str, str]] = []
    for (form, strength), same in groupby(pieces, key=lambda piece: (piece.form, piece.strength)):
        group = list(same)
        units = sum((piece.units for piece in group), Decimal(0))
        if form is Form.LIQUID:
            short = f"{number(units, language)}{NBSP}ml"
        elif form is Form.DROPS:
            short = f"{number(units, language)}{NBSP}{_DROPS[language]}"
        else:
            short = f"{_mixed(units)}×{number(strength, language)}"
        parts.append((short, dose_words(group, language)))
    return parts


def _mixed(units: Decimal) -> str:
    whole, part = divmod(units, 1)
    return f"{int(whole) if whole or not part else ''}{_PARTS.get(part, '')}"


def _of(form: Form, strength: Decimal, language: str) -> str:
    per_ml = "/ml" if form is Form.LIQUID else ""
    return f"{_OF[language]} {amount(strength, language)}{per_ml}"

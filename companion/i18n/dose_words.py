"""A dose in words, as people say it: "anderhalve tablet van 1 mg", "un comprimé et demi de 1 mg".

Words: `design/words.md` (een hele · een halve · een kwart; un entier · un demi · un quart). Decimal comma and a
no-break space before the unit in both languages; French is singular below 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from companion.domain.amount import to_text
from companion.domain.product import Form, Piece
from companion.i18n.numbers import MOST, amount_words, whole_words

NBSP = "\u00a0"

_AND = {"nl": "en", "fr": "et"}
_OF = {"nl": "van", "fr": "de"}
_NOTHING = {"nl": "niets", "fr": "rien"}
_QUARTERS = {Decimal("0.25"): "quarter", Decimal("0.5"): "half", Decimal("0.75"): "three quarters"}


def dose_words(pieces: Sequence[Piece], language: str) -> str:
    """What to take at one moment, every product with its strength, `language` nl or fr; "niets" for no pieces.

    Drops and ml are said without a strength unless the dose mixes two of them. Raises KeyError for another language.
    """
    forms = [piece.form for piece in pieces]
    parts = []
    for (form, strength), same in groupby(pieces, key=lambda piece: (piece.form, piece.strength)):
        amount = sum((piece.units for piece in same), Decimal(0))
        parts.append(_part(form, strength, amount, language, alone=forms.count(form) == 1))
    return _joined(parts, language) or _NOTHING[language]


def pieces_short(pieces: Sequence[Piece], language: str) -> str:
    """Only the pieces, without strengths: "een hele en een halve", "un entier et un demi"; for one product.

    Counted as they come out of the box, so that nobody has to work out how "anderhalf" is made.
    """
    return _joined([_short(piece, language) for piece in pieces], language) or _NOTHING[language]


def _part(form: Form, strength: Decimal, amount: Decimal, language: str, *, alone: bool) -> str:
    if form is Form.TABLET:
        return f"{_tablets(amount, language)} {_OF[language]} {_decimal(strength)}{NBSP}mg"
    if form in (Form.CAPSULE, Form.MADE_CAPSULE):
        return f"{_capsules(int(amount), language)} {_OF[language]} {_decimal(strength)}{NBSP}mg"
    per = "mg/ml" if form is Form.LIQUID else "mg"
    which = "" if alone else f" {_OF[language]} {_decimal(strength)}{NBSP}{per}"
    if form is Form.LIQUID:
        return f"{_decimal(amount)}{NBSP}ml{which}"
    singular, plural = {"nl": ("druppel", "druppels"), "fr": ("goutte", "gouttes")}[language]
    return f"{_decimal(amount)} {singular if amount < 2 else plural}{which}"


def _tablets(amount: Decimal, language: str) -> str:
    whole, part = divmod(amount, 1)
    return {"nl": _dutch_tablets, "fr": _french_tablets}[language](int(whole), _QUARTERS.get(part, ""))


def _dutch_tablets(whole: int, part: str) -> str:
    parts = {"quarter": "een kwart", "half": "een halve", "three quarters": "drie kwart"}
    if not part:
        return f"{_count(whole, 'nl')} {'tablet' if whole == 1 else 'tabletten'}"
    if not whole:
        return f"{parts[part]} tablet"
    if part == "half" and whole <= 12:
        return f"{amount_words(whole + Decimal('0.5'), 'nl').removesuffix('f')}ve tablet"
    if whole <= 12:
        return f"{_count(whole, 'nl')} en {parts[part]} tablet"
    return f"{_count(whole, 'nl')} tabletten en {parts[part]} tablet"


def _french_tablets(whole: int, part: str) -> str:
    alone = {
        "quarter": "un quart de comprimé",
        "half": "un demi-comprimé",
        "three quarters": "trois quarts de comprimé",
    }
    after = {"quarter": "et un quart", "half": "et demi", "three quarters": "et trois quarts"}
    if not whole:
        return alone[part]
    tablets = f"{_count(whole, 'fr')} {'comprimé' if whole == 1 else 'comprimés'}"
    return f"{tablets} {after[part]}" if part else tablets


def _capsules(count: int, language: str) -> str:
    if language == "nl":
        return f"{_count(count, 'nl')} {'capsule' if count == 1 else 'capsules'}"
    words = _count(count, "fr")
    feminine = f"{words}e" if words.endswith("un") else words
    return f"{feminine} {'gélule' if count == 1 else 'gélules'}"


def _short(piece: Piece, language: str) -> str:
    if piece.form is not Form.TABLET:
        return _part(piece.form, piece.strength, piece.units, language, alone=True)
    single, several = {
        "nl": {"1": ("een hele", "hele"), "1/2": ("een halve", "halve"), "1/4": ("een kwart", "kwart")},
        "fr": {"1": ("un entier", "entiers"), "1/2": ("un demi", "demis"), "1/4": ("un quart", "quarts")},
    }[language][piece.piece_text]
    return single if piece.count == 1 else f"{_count(piece.count, language)} {several}"


def _count(number: int, language: str) -> str:
    """In words as far as words go."""
    return whole_words(number, language) if number <= MOST else str(number)


def _joined(parts: Sequence[str], language: str) -> str:
    """ "a, b en c"."""
    return f" {_AND[language]} ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def _decimal(amount: Decimal) -> str:
    return to_text(amount).replace(".", ",")

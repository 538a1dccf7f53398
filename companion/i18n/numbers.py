"""Numbers in words, Dutch and Belgian French (septante, nonante), so that a person can check what was understood.

Written for reading back an amount ("0,5 mg = een halve milligram / un demi-milligramme"): whole numbers, halves and
quarters in words; every other amount digit by digit. Larger amounts with a half or a quarter are said digit by digit
too where the words could be heard as another number ("vingt et un quart", "honderd en een half").
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from companion.domain.amount import to_text

MOST = 999_999
"""The largest whole number in words."""

_DUTCH_SMALL = [
    "nul",
    "één",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
]
_DUTCH_TENS = ["-", "-", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"]
_FRENCH_SMALL = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
_FRENCH_TENS = ["-", "-", "vingt", "trente", "quarante", "cinquante", "soixante", "septante", "quatre-vingt", "nonante"]

_MARK = {"nl": "komma", "fr": "virgule"}
_HALF, _QUARTER, _THREE_QUARTERS = Decimal("0.5"), Decimal("0.25"), Decimal("0.75")
_ALONE: Mapping[str, Mapping[Decimal, str]] = {
    "nl": {_HALF: "een halve", _QUARTER: "een kwart", _THREE_QUARTERS: "drie kwart"},
    "fr": {_HALF: "un demi", _QUARTER: "un quart", _THREE_QUARTERS: "trois quarts"},
}
_AFTER: Mapping[str, Mapping[Decimal, str]] = {
    "nl": {_HALF: "en een half", _QUARTER: "en een kwart", _THREE_QUARTERS: "en drie kwart"},
    "fr": {_HALF: "et demi", _QUARTER: "et un quart", _THREE_QUARTERS: "et trois quarts"},
}
_CLEAR_BELOW: Mapping[Decimal, int] = {_HALF: 100, _QUARTER: 20, _THREE_QUARTERS: 20}
"""From this whole number on, the part is said digit by digit."""

UNITS: Mapping[str, Mapping[str, str]] = {
    "mg": {"nl": "milligram", "fr": "milligramme"},
    "ml": {"nl": "milliliter", "fr": "millilitre"},
    "%": {"nl": "procent", "fr": "pour cent"},
}

_DUTCH_ONE_WORD_BELOW = 13
"""zevenenhalf, twaalfenhalf; then dertien en een half."""


def amount_words(amount: Decimal, language: str) -> str:
    """An amount from 0 to 999999.999999 in words, `language` nl or fr: "anderhalf", "un et demi".

    Raises ValueError for an amount outside, KeyError for another language.
    """
    whole, part = divmod(amount, 1)
    if not 0 <= amount < MOST + 1:
        raise ValueError("an amount from 0 to 999999")
    if not part:
        return whole_words(int(whole), language)
    if not whole and part in _ALONE[language]:
        return _ALONE[language][part]
    if part in _CLEAR_BELOW and whole < _CLEAR_BELOW[part]:
        return _with_part(int(whole), part, language)
    digits = " ".join(whole_words(int(digit), language) for digit in to_text(part).removeprefix("0."))
    return f"{whole_words(int(whole), language)} {_MARK[language]} {digits}"


def measured_words(amount: Decimal, unit: str, language: str) -> str:
    """An amount in words with its unit, so that half a milligram is never heard as half a tablet.

    `unit` is mg, ml or %: "anderhalve milligram", "un milligramme et demi", "twaalfenhalf procent". Raises ValueError
    for an amount outside, KeyError for another unit or language.
    """
    return {"nl": _dutch_measured, "fr": _french_measured}[language](amount, UNITS[unit][language])


def _dutch_measured(amount: Decimal, unit: str) -> str:
    """ "een halve milligram", but "een half procent"."""
    words = amount_words(amount, "nl")
    if unit == UNITS["%"]["nl"]:
        words = "een half" if words == _ALONE["nl"][_HALF] else words
    elif words.endswith("half"):
        words = f"{words.removesuffix('f')}ve"
    return f"{words} {unit}"


def _french_measured(amount: Decimal, unit: str) -> str:
    """ "un demi-milligramme", "deux milligrammes et demi", "un quart de milligramme": plural from two on."""
    words = amount_words(amount, "fr")
    whole, part = divmod(amount, 1)
    if unit == UNITS["%"]["fr"]:
        return f"{words} {unit}"
    if not whole and part in _ALONE["fr"]:
        return f"{words}-{unit}" if part == _HALF else f"{words} de {unit}"
    several = f"{unit}s" if whole > 1 else unit
    if part in _CLEAR_BELOW and whole < _CLEAR_BELOW[part]:
        return f"{whole_words(int(whole), 'fr')} {several} {_AFTER['fr'][part]}"
    return f"{words} {several}"


def whole_words(number: int, language: str) -> str:
    """A whole number from 0 to 999999 in words: "tweeëntwintig", "septante et un"."""
    if not 0 <= number <= MOST:
        raise ValueError("a whole number from 0 to 999999")
    return {"nl": _dutch, "fr": _french}[language](number)


def _with_part(whole: int, part: Decimal, language: str) -> str:
    if language == "nl" and part == _HALF and whole < _DUTCH_ONE_WORD_BELOW:
        return "anderhalf" if whole == 1 else f"{_joined_to_en(_dutch(whole))}half"
    return f"{whole_words(whole, language)} {_AFTER[language][part]}"


def _joined_to_en(word: str) -> str:
    """`tweeën`, `drieën`, `zesen`: a diaeresis where two e's meet."""
    return f"{word}ën" if word.endswith("e") else f"{word}en"


def _dutch(number: int) -> str:
    """One word up to a thousand, then a space after "duizend" (Groene Boekje 6.9); 1 alone is "één"."""
    thousands, rest = divmod(number, 1000)
    if not thousands:
        return _dutch_below_thousand(number)
    before = "" if thousands == 1 else _dutch_below_thousand(thousands)
    return f"{before}duizend" + (f" {_dutch_below_thousand(rest)}" if rest else "")


def _dutch_below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _dutch_below_hundred(number)
    before = "" if hundreds == 1 else _DUTCH_SMALL[hundreds]
    after = _dutch_below_hundred(rest).replace("één", "een") if rest else ""
    return f"{before}honderd{after}"


def _dutch_below_hundred(number: int) -> str:
    if number < len(_DUTCH_SMALL):
        return _DUTCH_SMALL[number]
    tens, ones = divmod(number, 10)
    if not ones:
        return _DUTCH_TENS[tens]
    return _joined_to_en(_DUTCH_SMALL[ones].replace("één", "een")) + _DUTCH_TENS[tens]


def _french(number: int) -> str:
    """ "cent" and "quatre-vingt" take an s at the end only, never before "mille"."""
    thousands, rest = divmod(number, 1000)
    if not thousands:
        return _french_below_thousand(number)
    before = "" if thousands == 1 else f"{_french_below_thousand(thousands, before_mille=True)} "
    return f"{before}mille" + (f" {_french_below_thousand(rest)}" if rest else "")


def _french_below_thousand(number: int, *, before_mille: bool = False) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _french_below_hundred(number, before_mille=before_mille)
    before = "" if hundreds == 1 else f"{_FRENCH_SMALL[hundreds]} "
    if not rest:
        return f"{before}cent" + ("" if hundreds == 1 or before_mille else "s")
    return f"{before}cent {_french_below_hundred(rest, before_mille=before_mille)}"


def _french_below_hundred(number: int, *, before_mille: bool) -> str:
    if number < len(_FRENCH_SMALL):
        return _FRENCH_SMALL[number]
    tens, ones = divmod(number, 10)
    if number == 80:
        return "quatre-vingt" if before_mille else "quatre-vingts"
    if not ones:
        return _FRENCH_TENS[tens]
    return f"{_FRENCH_TENS[tens]}{' et ' if ones == 1 and tens != 8 else '-'}{_FRENCH_SMALL[ones]}"

"""Words back to numbers, written apart from `companion.i18n.numbers`: it only knows how Dutch and French count."""

from __future__ import annotations

from fractions import Fraction

DUTCH = {
    "nul": 0, "een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8,
    "negen": 9, "tien": 10, "elf": 11, "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16,
    "zeventien": 17, "achttien": 18, "negentien": 19,
}  # fmt: skip
DUTCH_TENS = {
    "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70, "tachtig": 80,
    "negentig": 90,
}  # fmt: skip
FRENCH = {
    "zéro": 0, "un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20,
    "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70, "nonante": 90,
}  # fmt: skip
PARTS = {
    "een half": Fraction(1, 2), "een halve": Fraction(1, 2), "een kwart": Fraction(1, 4), "drie kwart": Fraction(3, 4),
    "demi": Fraction(1, 2), "un demi": Fraction(1, 2), "un quart": Fraction(1, 4), "trois quarts": Fraction(3, 4),
}  # fmt: skip


def number(words: str, language: str) -> Fraction:
    """The number that `words` say. Raises KeyError or ValueError for words that say none."""
    whole = {"nl": dutch, "fr": french}[language]
    mark, and_word = {"nl": (" komma ", " en "), "fr": (" virgule ", " et ")}[language]
    if words in PARTS:
        return PARTS[words]
    if mark in words:
        before, after = words.split(mark)
        digits = "".join(str(whole(digit)) for digit in after.split())
        assert len(digits) == len(after.split())
        return whole(before) + Fraction(int(digits), 10 ** len(digits))
    if language == "nl" and words == "anderhalf":
        return Fraction(3, 2)
    if language == "nl" and words.endswith("half") and " " not in words:
        return whole(words.removesuffix("half").removesuffix("n").removesuffix("e").removesuffix("ë")) + Fraction(1, 2)
    before, together, part = words.rpartition(and_word)
    if together and part in PARTS:
        return whole(before) + PARTS[part]
    return Fraction(whole(words))


def dutch(words: str) -> int:
    head, thousand, tail = words.partition("duizend")
    if thousand:
        return (dutch(head) if head else 1) * 1000 + (dutch(tail.removeprefix(" ")) if tail else 0)
    head, hundred, tail = words.partition("honderd")
    if hundred:
        return (DUTCH[head] if head else 1) * 100 + (dutch(tail) if tail else 0)
    if words in DUTCH:
        return DUTCH[words]
    for tens, value in DUTCH_TENS.items():
        if words.endswith(tens):
            ones = words.removesuffix(tens)
            if not ones:
                return value
            joint = "ën" if ones.endswith("ën") else "en"
            stem = ones.removesuffix(joint)
            assert stem.endswith("e") == (joint == "ën"), f"diaeresis in {words}"
            return value + DUTCH[stem]
    raise ValueError(words)


def french(words: str, *, final: bool = True) -> int:
    head, thousand, tail = words.partition("mille")
    if thousand:
        thousands = french(head.strip(), final=False) if head else 1
        return thousands * 1000 + (french(tail.strip()) if tail else 0)
    total = 0
    tokens = words.replace("-", " ").split()
    for place, token in enumerate(tokens):
        last = place == len(tokens) - 1
        if token in ("cent", "cents"):
            assert (token == "cents") == (final and last and total > 1), f"s of cent in {words}"
            total = max(total, 1) * 100
        elif token in ("vingt", "vingts") and total % 100 == 4:
            assert (token == "vingts") == (final and last), f"s of vingt in {words}"
            total += 76
        elif token == "et":
            assert tokens[place + 1] == "un"
        else:
            total += FRENCH[token]
    return total

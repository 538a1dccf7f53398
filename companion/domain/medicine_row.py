"""Reading a row of `content/medicines.csv` into a `Medicine`. Grammar: "Belgian facts", part 1.

What the grammar does not know raises ValueError: that is a bug in the content, not a refusal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import cast, get_args

from companion.domain.medicine import Brand, Confidence, Medicine, Scored, Strength, StrengthForm
from companion.domain.medicine_names import folded

_SCORED: Mapping[str, Scored] = {
    "yes": "known_scored",
    "no": "not_scored",
    "mixed": "mixed",
    "unknown": "unknown",
}
_STRENGTH = re.compile(r"(?P<amount>\d{1,6}(?:\.\d{1,6})?)(?P<per_ml>/ml)?(?:@(?P<form>[a-z]+))?(?P<unconfirmed>\?)?")
_CAPSULES = re.compile(r"capsules?\b(?P<which>[^;]*)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_REMARK = re.compile(r"(?P<names>[^(]*?)\s*(?:\((?P<remark>.*)\))?")


def medicine_from_row(row: Mapping[str, str]) -> Medicine:
    """A row of `medicines.csv`, by the column names of its header."""
    inn, nl, fr = row["inn"], row["nl"], row["fr"].replace("'", "’")
    return Medicine(
        inn=inn,
        nl=nl,
        fr=fr,
        brands=_brands(row["brands_be"], frozenset(map(folded, (inn, nl, fr)))),
        strengths=strengths_from(row["strengths_mg"], row["forms"]),
        scored=scored_from(row["scored"]),
        confidence=_confidence(row["confidence"]),
    )


def strengths_from(text: str, forms: str = "") -> tuple[Strength, ...]:
    """The column `strengths_mg` (grammar: Belgian facts, 1): `0.5;1@retard;15/ml@drops;0.75/ml@drops?`.

    `;` separates, `@…` gives the form, `/ml` makes it a concentration, a trailing `?` means not confirmed.
    Without `@` it is a tablet, unless the column `forms` says that this strength is a capsule.
    """
    return tuple(_strength(part.strip(), forms) for part in text.split(";") if part.strip())


def _strength(text: str, forms: str) -> Strength:
    match = _STRENGTH.fullmatch(text)
    if match is None:
        raise ValueError(f"strength {text!r} is not in the grammar of medicines.csv")
    amount = Decimal(match["amount"])
    form = match["form"] or _unmarked_form(amount, forms)
    per_ml = match["per_ml"] is not None
    if form not in get_args(StrengthForm):
        raise ValueError(f"form {form!r} of strength {text!r} is unknown")
    if amount <= 0 or per_ml != (form in ("drops", "suspension")):
        raise ValueError(f"strength {text!r} is not an amount of this form")
    return Strength(amount, cast(StrengthForm, form), per_ml, confirmed=match["unconfirmed"] is None)


def _unmarked_form(amount: Decimal, forms: str) -> StrengthForm:
    """Capsule when `forms` says so: of this strength ("hard capsule 5 and 10") or of all ("capsule")."""
    capsules = _CAPSULES.search(forms)
    if capsules is None:
        return "tablet"
    which = [Decimal(number) for number in _NUMBER.findall(capsules["which"])]
    return "capsule" if not which or amount in which else "tablet"


def scored_from(text: str) -> Scored:
    """The column `scored`, of which the first word decides: "unknown in BE: scored abroad" stays unknown."""
    first = re.match(r"[a-z]*", text)
    word = first.group() if first else ""
    if word not in _SCORED:
        raise ValueError(f"scored {text!r} starts with no known word")
    return _SCORED[word]


def _confidence(text: str) -> Confidence:
    if text not in get_args(Confidence):
        raise ValueError(f"confidence {text!r} is unknown")
    return cast(Confidence, text)


def _brands(text: str, substance: frozenset[str]) -> tuple[Brand, ...]:
    """The column `brands_be`: `Xanax; Alprazolam generics; Seresta (historic)`, each name once."""
    found: dict[str, Brand] = {}
    for part in text.split(";"):
        for brand in _brands_of_part(part.strip(), substance):
            found.setdefault(folded(brand.name), brand)
    return tuple(found.values())


def _brands_of_part(part: str, substance: frozenset[str]) -> list[Brand]:
    match = _REMARK.fullmatch(part)
    if match is None or not match["names"]:
        raise ValueError(f"brand {part!r} has no name")
    names, remark = match["names"], match["remark"] or ""
    if names == "none found":
        country, _, name = remark.partition(": ")
        return [Brand(name, "abroad", country)]
    if remark.startswith("historic"):
        old = [name for name in names.split(" / ") if folded(name) not in substance]
        return [Brand(name, "historic", remark) for name in old]
    return [_brand(names, remark, substance)]


def _brand(name: str, remark: str, substance: frozenset[str]) -> Brand:
    """A trade name, or the substance sold under its own name ("Clobazam oral suspension (epilepsy)")."""
    first, _, rest = name.partition(" ")
    if folded(first) in substance:
        return Brand(first, "generic", ", ".join(filter(None, (rest, remark))))
    return Brand(name, "listed", remark)

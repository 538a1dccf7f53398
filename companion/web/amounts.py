"""Amounts read back in words before they are kept, and asked about where they could be two numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, Flask, jsonify, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.wrappers import Response

from companion.domain.amount import read_amount, to_text
from companion.domain.codes import Refused
from companion.i18n.format import measured, number
from companion.i18n.numbers import UNITS, amount_words, measured_words
from companion.web.forms import readings, text, worded
from companion.web.locale import current_language

pages = Blueprint("amounts", __name__)
PICK = "pick"
"""The name of a button that chooses one of two readings: its value is the fields to change, as in an address."""

NOT_READ_YET = Refused(())
"""Nothing is wrong: the page comes back once with the amount in words, before it is kept."""


def prepare(app: Flask) -> None:
    app.before_request(take_pick)
    app.add_template_filter(read_back, "read_back")
    app.add_template_filter(words_of, "amount_words")


def take_pick() -> None:
    """A reading was chosen: it stands in its field as if it had been typed, and everything else stays."""
    typed = request.method == "POST" and request.mimetype == "application/x-www-form-urlencoded"
    picked = request.form.get(PICK) if typed else None
    if picked:
        fields = request.form.to_dict(flat=False) | {name: [value] for name, value in parse_qsl(picked)}
        del fields[PICK]
        request.__dict__["form"] = ImmutableMultiDict(
            [(name, value) for name, values in fields.items() for value in values]
        )


def read_back(typed: str, unit: str = "mg") -> str:
    """What an amount was understood as, "0,5 mg = een halve milligram"; "" when nothing was, or nothing was typed.

    `unit` is that of the field; "" for what is counted.
    """
    amount = read_amount(typed)
    return "" if isinstance(amount, Refused) else said(amount, unit)


def said(amount: Decimal, unit: str) -> str:
    language = current_language()
    shown = measured(amount, unit, language) if unit else number(amount, language)
    return f"{shown} = {words_of(amount, unit)}"


def words_of(amount: Decimal | str, unit: str = "mg") -> str:
    """An amount in words with its unit; without one for what is counted."""
    exact, language = Decimal(amount), current_language()
    return measured_words(exact, unit, language) if unit else amount_words(exact, language)


def unread(field: str) -> bool:
    """Whether an amount was understood that the person has not seen in words yet."""
    amount = read_amount(text(field))
    return not isinstance(amount, Refused) and text(f"seen-{field}") != to_text(amount)


@pages.get("/amount")
def amount() -> Response:
    """`{"amount", "words", "said"}`, or the question with both readings; an amount of null is not understood."""
    found = read_amount(request.args.get("text", ""))
    unit = request.args.get("unit", "")
    unit = unit if unit in UNITS else ""
    if not isinstance(found, Refused):
        return jsonify({"amount": to_text(found), "words": words_of(found, unit), "said": said(found, unit)})
    [reason] = found.reasons
    answer: dict[str, Any] = {"amount": None, "words": "", "question": worded(reason), "readings": readings(reason)}
    return jsonify(answer)

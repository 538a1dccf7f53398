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
from companion.i18n.format import number
from companion.i18n.numbers import amount_words
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


def read_back(typed: str) -> str:
    """What an amount was understood as, "0,5 = een halve"; "" when it is not understood or nothing was typed."""
    amount = read_amount(typed)
    return "" if isinstance(amount, Refused) else said(amount)


def said(amount: Decimal) -> str:
    language = current_language()
    return f"{number(amount, language)} = {amount_words(amount, language)}"


def unread(field: str) -> bool:
    """Whether an amount was understood that the person has not seen in words yet."""
    amount = read_amount(text(field))
    return not isinstance(amount, Refused) and text(f"seen-{field}") != to_text(amount)


@pages.get("/amount")
def amount() -> Response:
    """`{"amount", "words", "said"}`, or the question with both readings; an amount of null is not understood."""
    found = read_amount(request.args.get("text", ""))
    language = current_language()
    if not isinstance(found, Refused):
        words = amount_words(found, language)
        return jsonify({"amount": to_text(found), "words": words, "said": said(found)})
    [reason] = found.reasons
    answer: dict[str, Any] = {"amount": None, "words": "", "question": worded(reason), "readings": readings(reason)}
    return jsonify(answer)

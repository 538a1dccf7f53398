"""What someone typed and what is wrong with it, kept together until it is right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode
from uuid import UUID, uuid4

from flask import request
from werkzeug.datastructures import MultiDict

from companion.domain.amount import read_amount, to_text
from companion.domain.codes import Reason, Refused
from companion.i18n.format import clock, date_full, number
from companion.i18n.reasons import sentence
from companion.web.locale import current_language, translate

_NUMBER = re.compile(r"\d+(\.\d+)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{2}:\d{2}")


def text(name: str) -> str:
    """A field of the request as it was typed, without spaces around it."""
    return request.form.get(name, "").strip()


def entry_id() -> str:
    """The id made with the form, so that the same form sent twice is one entry; a new one when there is none."""
    try:
        return str(UUID(text("entry_id")))
    except ValueError:
        return str(uuid4())


def worded(reason: Reason) -> str:
    """The sentence for a reason in the language of this request, numbers with a decimal comma."""
    language = current_language()
    values = {key: _localised(value, language) for key, value in reason.values.items()}
    return sentence(Reason(reason.field, reason.code, values), translate)


def _localised(value: str, language: str) -> str:
    if _NUMBER.fullmatch(value):
        return number(value, language)
    if _TIME.fullmatch(value):
        return clock(value, language)
    return date_full(date.fromisoformat(value), language) if _DATE.fullmatch(value) else value


def readings(reason: Reason) -> list[str]:
    """Both numbers that an amount could mean, as they would be typed; none when it was not understood at all."""
    if reason.code != "amount_two_readings":
        return []
    return [number(reason.values[which], current_language()) for which in ("first", "second")]


class Form:
    """The values of a form (typed now or kept before) with the sentences of a refusal beside their fields.

    `scope` ends the ids of its fields, where a page holds the same form more than once.
    """

    def __init__(
        self, values: Mapping[str, str] | MultiDict[str, str], refused: Refused | None = None, scope: str = ""
    ) -> None:
        self._values = values if isinstance(values, MultiDict) else MultiDict(values)
        self._refused = refused
        self.scope = scope

    @property
    def values(self) -> Mapping[str, str]:
        """Everything typed, by name."""
        return self._values

    def value(self, name: str) -> str:
        return self._values.get(name, "")

    def chosen(self, name: str) -> list[str]:
        """Every value of a field that may be ticked more than once."""
        return self._values.getlist(name)

    def errors(self, name: str) -> list[str]:
        if not self._refused:
            return []
        return [worded(reason) for reason in self._refused.reasons if reason.field == name]

    def seen(self, name: str) -> str:
        """The amount in this field that is read back in words on this page; "" when there is none."""
        amount = read_amount(self.value(name))
        return "" if isinstance(amount, Refused) else to_text(amount)

    def readings(self, name: str) -> list[tuple[str, str]]:
        """(number, what a button sends to choose it) for a field that could mean two numbers."""
        reasons = self._refused.reasons if self._refused else ()
        both = next((readings(each) for each in reasons if each.field == name and readings(each)), [])
        kept = {"do": self.value("do")} if self.value("do") else {}
        return [(shown, urlencode({name: shown} | kept)) for shown in both]

    def summary(self) -> list[tuple[str, str]]:
        """(field, sentence) for each reason, in the order they were found; "" is the form as a whole."""
        return [(reason.field, worded(reason)) for reason in self._refused.reasons] if self._refused else []

"""Reading one field of a plan document: the right type and size, or a reason that names the field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from companion.domain.codes import Reason, Refused

T = TypeVar("T")

_AMOUNT = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST_NAME = 40


class Reading:
    """Collects what is wrong while a document is read, so that every field is told at once."""

    def __init__(self) -> None:
        self._reasons: list[Reason] = []

    def take(self, value: T | Refused, otherwise: T) -> T:
        """The value, or `otherwise` with its refusal kept: then what is read must not be used."""
        if isinstance(value, Refused):
            self._reasons.extend(value.reasons)
            return otherwise
        return value

    def result(self, value: T) -> T | Refused:
        """The value, unless something was refused."""
        return Refused(tuple(self._reasons)) if self._reasons else value


def read_object(
    value: object,
    field: str,
    required: Iterable[str],
    optional: Iterable[str] = (),
    unknown: str = "plan_unknown_key",
) -> Mapping[str, object] | Refused:
    """An object with every required key and no unknown one (refused with the code `unknown`)."""
    if not isinstance(value, dict):
        return Refused.because(field, "plan_not_object")
    required = tuple(required)
    known = {*required, *optional}
    reasons = [Reason(below(field, key), unknown) for key in value if key not in known]
    reasons += [Reason(below(field, key), "plan_missing") for key in required if key not in value]
    return Refused(tuple(reasons)) if reasons else value


def read_kind(value: object, field: str, key: str, kinds: Sequence[str]) -> str | Refused:
    """The word under `key` of an object, which says what its other keys are."""
    if not isinstance(value, dict):
        return Refused.because(field, "plan_not_object")
    if key not in value:
        return Refused.because(below(field, key), "plan_missing")
    return read_word(value[key], below(field, key), kinds)


def read_word(value: object, field: str, words: Sequence[str]) -> str | Refused:
    if not isinstance(value, str) or value not in words:
        return Refused.because(field, "plan_not_one_of", words=", ".join(words))
    return str(value)


def read_list(value: object, field: str, most: int) -> Sequence[object] | Refused:
    """A list with at least one and at most `most` entries."""
    if not isinstance(value, list):
        return Refused.because(field, "plan_not_list")
    if not value:
        return Refused.because(field, "plan_list_empty")
    if len(value) > most:
        return Refused.because(field, "plan_list_too_long", most=str(most))
    return value


def read_amount_text(value: object, field: str) -> Decimal | Refused:
    """An amount above 0 as a decimal string with a point: "0.125"."""
    if not isinstance(value, str) or not _AMOUNT.fullmatch(value):
        return Refused.because(field, "plan_not_amount")
    amount = Decimal(value)
    return amount if amount else Refused.because(field, "plan_not_above_zero")


def read_whole(value: object, field: str, least: int, most: int) -> int | Refused:
    """A whole number of days from `least` to `most`; true and false are not numbers."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        return Refused.because(field, "plan_not_whole_number", least=str(least), most=str(most))
    return value


def read_day(value: object, field: str) -> date | Refused:
    """A date that exists, written 2027-01-04."""
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return Refused.because(field, "plan_no_such_date")
    return Refused.because(field, "plan_not_date")


def read_yes_no(value: object, field: str) -> bool | Refused:
    return value if isinstance(value, bool) else Refused.because(field, "plan_not_true_or_false")


def below(field: str, key: object) -> str:
    """The name of a key inside `field`, short and printable whatever was typed."""
    name = "".join(letter if letter.isprintable() else "?" for letter in str(key)[:_LONGEST_NAME])
    return f"{field}.{name}" if field else name

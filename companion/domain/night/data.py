"""A night as JSON data, as the phone and an export give it, and as the texts of a form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from zoneinfo import ZoneInfo

from companion.domain.codes import Reason, Refused
from companion.domain.night.fields import TYPED_FIELDS, read_night
from companion.domain.night.marks import marks_from_data, marks_text, marks_to_data
from companion.domain.night.one_record import answer_text
from companion.domain.night.row import row_text
from companion.domain.night.value import NO_SLEEP, Night


def night_from_data(data: Mapping[str, object], wake_date: date, zone: ZoneInfo) -> Night | Refused:
    """A night from JSON data: numbers may be numbers or digits in a text, null is not answered."""
    texts = {name: marks_from_data(value) if name == "marks" else _text(value) for name, value in data.items()}
    reasons = [Reason(name, "night_not_text") for name, value in texts.items() if value is None]
    if reasons:
        return Refused(tuple(reasons))
    return read_night({name: text or "" for name, text in texts.items()}, wake_date, zone)


def night_to_data(night: Night) -> dict[str, object]:
    """The JSON data of a night: every one of `DATA_FIELDS`, null where not answered or not drawn."""
    answers = {name: _datum(getattr(night, name)) for name in (*TYPED_FIELDS, "as_usual")}
    drawn = row_text(night.drawn) if night.drawn else None
    return answers | {"drawn": drawn, "marks": marks_to_data(night.marks)}


def night_to_fields(night: Night) -> dict[str, str]:
    """The texts that `read_night` reads: a night as a form sends it."""
    texts = {name: answer_text(getattr(night, name)) for name in TYPED_FIELDS}
    texts["as_usual"] = "yes" if night.as_usual else ""
    texts["drawn"] = row_text(night.drawn) if night.drawn else ""
    return texts | {"marks": marks_text(night.marks)}


def _text(value: object) -> str | None:
    """A JSON value as a form would have sent it; None for what no form sends."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(max(-1, min(value, 999_999)))  # far beyond any limit, still short as a text
    return value if isinstance(value, str) else None


def _datum(value: object) -> object:
    if value is NO_SLEEP:
        return NO_SLEEP.value
    return value.strftime("%H:%M") if isinstance(value, time) else value

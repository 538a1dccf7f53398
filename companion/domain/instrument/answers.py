"""Reading the answers to a questionnaire from a form or the phone, and writing them as JSON data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from companion.domain.codes import Reason, Refused
from companion.domain.instrument.value import Answers, Instrument, When

LONGEST_NEW: Final = 4000
"""The most characters of "anything new?"."""

_KEYS: Final = frozenset({"instrument", "answers", "new", "safety"})
_NOT_STORABLE: Final = re.compile("[\x00\ud800-\udfff]")


def read_answers(instrument: Instrument, data: Mapping[str, object]) -> Answers | Refused:
    """Answers from the data `{"instrument": ID, "answers": {ITEM: LEVEL}, "new": TEXT, "safety": {…}}`.

    A level is the `score` of an answer; it may be a number or its digit in a text, as a form sends it; empty, null
    and absent mean not answered. `safety` holds `no`, `earlier` or `now` by question id. Refused with a reason for
    every field that is wrong, items named `answers[17]`, safety questions `safety[seizure]`; unknown keys are refused.
    """
    reasons = [_unknown(key, key) for key in data if key not in _KEYS]
    if data.get("instrument") != instrument.id:
        reasons.append(Reason("instrument", "symptoms_other_instrument", {"name": instrument.id}))
    items = _read_items(instrument, data.get("answers"), reasons)
    safety = _read_safety(instrument, data.get("safety"), reasons)
    new = _read_new(data.get("new"), reasons)
    if new and instrument.new is None:
        reasons.append(_unknown("new", "new"))
    if reasons:
        return Refused(tuple(reasons))
    return Answers(instrument.id, items, new, safety)


def answers_to_data(answers: Answers) -> dict[str, object]:
    """The JSON data of answers; what was not answered is absent."""
    return {
        "instrument": answers.instrument,
        "answers": dict(answers.items),
        "new": answers.new,
        "safety": {question: when.value for question, when in answers.safety.items()},
    }


def _read_items(instrument: Instrument, given: object, reasons: list[Reason]) -> dict[str, int]:
    by_id = _mapping("answers", given, reasons)
    known = {item.id for item in instrument.items}
    reasons += [_unknown(f"answers[{key}]", key) for key in by_id if key not in known]
    read: dict[str, int] = {}
    for item in instrument.items:
        points = {str(answer.score): answer.score for answer in item.answers}
        text = _text(by_id.get(item.id))
        if text in points:
            read[item.id] = points[text]
        elif text != "":
            reasons.append(Reason(f"answers[{item.id}]", "symptoms_not_an_answer"))
    return read


def _read_safety(instrument: Instrument, given: object, reasons: list[Reason]) -> dict[str, When]:
    by_id = _mapping("safety", given, reasons)
    known = {question.id for question in instrument.safety}
    reasons += [_unknown(f"safety[{key}]", key) for key in by_id if key not in known]
    moments = {when.value: when for when in When}
    read: dict[str, When] = {}
    for question in instrument.safety:
        text = _text(by_id.get(question.id))
        if text in moments:
            read[question.id] = moments[text]
        elif text != "":
            reasons.append(Reason(f"safety[{question.id}]", "symptoms_not_an_answer"))
    return read


def _read_new(given: object, reasons: list[Reason]) -> str:
    text = "" if given is None else given
    if not isinstance(text, str) or _NOT_STORABLE.search(text):
        reasons.append(Reason("new", "symptoms_not_text"))
        return ""
    text = text.strip().replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LONGEST_NEW:
        reasons.append(Reason("new", "symptoms_text_too_long", {"most": str(LONGEST_NEW)}))
    return text


def _mapping(name: str, given: object, reasons: list[Reason]) -> Mapping[str, object]:
    if given is None:
        return {}
    if isinstance(given, Mapping):
        return given
    reasons.append(Reason(name, "symptoms_not_answers"))
    return {}


def _text(value: object) -> str | None:
    """An answer as a form would have sent it; None for what no form sends."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return str(value) if abs(value) < 10**6 else None
    return value if isinstance(value, str) else None


def _unknown(field: str, name: str) -> Reason:
    return Reason(field[:60], "symptoms_unknown_field", {"name": name[:40]})

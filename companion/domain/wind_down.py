"""A wind-down list of one's own: a few short steps before sleep, in the person's words and order.

Pure: every function gives a new list. Each step has an id, so that an old page can never act on another step.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from companion.domain.codes import Refused
from companion.domain.entry import read_id

LONGEST: Final = 120
"""The most characters of one step."""
MOST: Final = 15
"""The most steps: the list stays something to do when tired."""

_NOT_ONE_LINE: Final = re.compile("[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True)
class Step:
    id: str
    text: str


Steps = tuple[Step, ...]


def read_text(typed: str) -> str | Refused:
    """The words of a step, on one line. Refused: empty, longer than `LONGEST`, or not text."""
    text = " ".join(re.split(r"[ \t\r\n]+", typed)).strip()
    if not text:
        return Refused.because("text", "wind_down_empty")
    if _NOT_ONE_LINE.search(text):
        return Refused.because("text", "symptoms_not_text")
    if len(text) > LONGEST:
        return Refused.because("text", "symptoms_text_too_long", most=str(LONGEST))
    return text


def add(steps: Steps, step_id: str, typed: str) -> Steps | Refused:
    """One more at the end. An id that is on the list already is the same form sent twice: nothing changes."""
    text = read_text(typed)
    if isinstance(text, Refused):
        return text
    if any(step.id == step_id for step in steps):
        return steps
    if len(steps) >= MOST:
        return Refused.because("text", "wind_down_many", most=str(MOST))
    return (*steps, Step(step_id, text))


def change(steps: Steps, step_id: str, typed: str) -> Steps | Refused:
    """Other words for a step."""
    text = read_text(typed)
    if isinstance(text, Refused):
        return text
    return tuple(replace(step, text=text) if step.id == step_id else step for step in steps)


def remove(steps: Steps, step_id: str) -> Steps:
    return tuple(step for step in steps if step.id != step_id)


def move_up(steps: Steps, step_id: str) -> Steps:
    """One place earlier; the first one stays where it is."""
    at = next((n for n, step in enumerate(steps) if step.id == step_id), 0)
    if at == 0:
        return steps
    return (*steps[: at - 1], steps[at], steps[at - 1], *steps[at + 1 :])


def gone(before: Steps, now: Steps) -> Steps:
    """What was on the list before and is not on it now."""
    here = {step.id for step in now}
    return tuple(step for step in before if step.id not in here)


def steps_to_data(steps: Steps) -> dict[str, Any]:
    return {"steps": [{"id": step.id, "text": step.text} for step in steps]}


def steps_from_data(data: Mapping[str, Any]) -> Steps | Refused:
    """The steps of an entry. Refused where it is not written as `steps_to_data` writes it."""
    wrong = Refused.because("data", "import_damaged")
    given = data.get("steps")
    if set(data) != {"steps"} or not isinstance(given, list) or len(given) > MOST:
        return wrong
    steps = []
    for each in given:
        if not isinstance(each, dict) or set(each) != {"id", "text"} or not isinstance(each["text"], str):
            return wrong
        step_id = read_id(each["id"])
        if step_id is None or step_id != each["id"] or read_text(each["text"]) != each["text"]:
            return wrong
        steps.append(Step(step_id, each["text"]))
    return wrong if len({step.id for step in steps}) != len(steps) else tuple(steps)

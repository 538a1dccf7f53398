"""A questionnaire as data: its items and answers in every language, its score, and what is urgent in it.

The file format is that of `companion/content/instruments/*.toml`; adding a questionnaire needs a file, no
code. What each is, and what permission it needs: facts/instruments.md §1 and §2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

Wording = Mapping[str, str]
"""The same text by language code, "nl" and "fr"."""


class When(Enum):
    """The answer to a safety question. The page asks "is this happening now?" before anything else."""

    NO = "no"
    EARLIER = "earlier"
    NOW = "now"


@dataclass(frozen=True)
class Answer:
    """One of the levels every item can be answered with, and the points it counts for."""

    score: int
    wording: Wording


@dataclass(frozen=True)
class Item:
    """One question of the list. From `urgent_from` points on, help is shown at once; None: never."""

    id: str
    wording: Wording
    urgent_from: int | None = None


@dataclass(frozen=True)
class SafetyQuestion:
    """A question beside the list that never counts in the score; any answer but "no" shows help at once."""

    id: str
    wording: Wording


@dataclass(frozen=True)
class SafetyAnswer:
    when: When
    wording: Wording


@dataclass(frozen=True)
class Instrument:
    """A questionnaire over the past `window_days` days. `licence` says what it may be called, to people."""

    id: str
    name: Wording
    window_days: int
    window: Wording
    question: Wording
    new: Wording
    answers: tuple[Answer, ...]
    items: tuple[Item, ...]
    safety: tuple[SafetyQuestion, ...]
    safety_answers: tuple[SafetyAnswer, ...]
    source: str
    licence: Wording

    @property
    def top_score(self) -> int:
        """The sum when every item has its highest answer: 40 for the BWSQ."""
        return len(self.items) * max(answer.score for answer in self.answers)


@dataclass(frozen=True)
class Answers:
    """What was answered: points by item id, safety answers by question id; absent is not answered."""

    instrument: str
    items: Mapping[str, int]
    new: str
    safety: Mapping[str, When]


@dataclass(frozen=True)
class Urgent:
    """An answer that shows help at once. `when` is NOW or EARLIER; None for an item: not asked."""

    id: str
    wording: Wording
    when: When | None


def score(instrument: Instrument, answers: Answers) -> int | None:
    """The sum of the points, only when every item is answered (nothing is imputed); None otherwise.

    No bands exist for it: facts/instruments.md §0 trap 3.
    """
    if any(item.id not in answers.items for item in instrument.items):
        return None
    return sum(answers.items[item.id] for item in instrument.items)


def urgent_items(instrument: Instrument, answers: Answers) -> tuple[Urgent, ...]:
    """The answers that show help at once, whatever the sum: items in their order, then safety questions.

    Source: facts/instruments.md §1.2 red flags and §4.6 (hallucinations, loss of control over movements,
    seizures, thoughts of suicide, at any level).
    """
    items = [
        Urgent(item.id, item.wording, None)
        for item in instrument.items
        if item.urgent_from is not None and answers.items.get(item.id, 0) >= item.urgent_from
    ]
    safety = [
        Urgent(question.id, question.wording, when)
        for question in instrument.safety
        if (when := answers.safety.get(question.id, When.NO)) is not When.NO
    ]
    return (*items, *safety)

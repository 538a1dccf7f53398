"""A questionnaire as data: its items and answers in every language, what it asks beside them, when it is offered.

The file format is that of `companion/content/instruments/*.toml` (docs/instruments.md describes every key); adding a
questionnaire needs a file, no code. What each is, and what permission it needs: facts/instruments.md §1 and §2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum

Wording = Mapping[str, str]
"""The same text by language code, "nl" and "fr"."""


class When(Enum):
    """The answer to a safety question. The page asks "is this happening now?" before anything else."""

    NO = "no"
    EARLIER = "earlier"
    NOW = "now"


class Status(StrEnum):
    """Whose wording it is: ours (then nobody validated it), or the published one, used with permission."""

    OWN_WORDING = "own_wording"
    PERMITTED = "permitted"


class About(StrEnum):
    """What the items are: symptoms come and go, questions are only answered differently."""

    SYMPTOMS = "symptoms"
    QUESTIONS = "questions"


@dataclass(frozen=True)
class WithThePlan:
    """Offered around the changes of a plan."""


@dataclass(frozen=True)
class EveryMonths:
    """Offered when a plan starts, and every so many months after that."""

    months: int


@dataclass(frozen=True)
class OnlyWhenAsked:
    """Never offered, always possible."""


Rhythm = WithThePlan | EveryMonths | OnlyWhenAsked


@dataclass(frozen=True)
class Answer:
    """One of the levels an item can be answered with. `score` is what is kept, `counts` its points in a sum."""

    score: int
    wording: Wording
    counts: int


@dataclass(frozen=True)
class Item:
    """One question of the list, with its answers. From the level `urgent_from` on, help is shown at once; None: never.

    `scale` is the id of the subscale it counts in ("": none), `note` a line under it that says to whom it is put.
    """

    id: str
    wording: Wording
    answers: tuple[Answer, ...]
    urgent_from: int | None = None
    scale: str = ""
    note: Wording | None = None

    @property
    def top(self) -> int:
        """The most points it can count for."""
        return max(answer.counts for answer in self.answers)

    def answered(self, score: int) -> Answer:
        """The answer with this kept level. Raises StopIteration where there is none: answers were read first."""
        return next(answer for answer in self.answers if answer.score == score)


@dataclass(frozen=True)
class Scale:
    """Items that have a sum of their own."""

    id: str
    wording: Wording


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
    """A questionnaire over the past `window_days` days. `licence` says what it may be called, to people.

    `title` heads its form, `intro` and `new` ("anything else?") are None where it has none. `total`: whether the sum
    of all items means something; without it only its `scales` have sums.
    """

    id: str
    name: Wording
    title: Wording
    window_days: int
    window: Wording
    question: Wording
    intro: Wording | None
    new: Wording | None
    about: About
    items: tuple[Item, ...]
    total: bool
    scales: tuple[Scale, ...]
    safety: tuple[SafetyQuestion, ...]
    safety_answers: tuple[SafetyAnswer, ...]
    rhythm: Rhythm
    source: str
    status: Status
    licence: Wording

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The answers that most items have: the ones to explain once for all."""
        kinds = [item.answers for item in self.items]
        return max(kinds, key=kinds.count)

    @property
    def top_score(self) -> int:
        """The sum when every item has its highest answer: 40 for the BWSQ."""
        return sum(item.top for item in self.items)

    def of_scale(self, scale: Scale) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.scale == scale.id)

    @property
    def can_be_urgent(self) -> bool:
        """Whether any answer shows help."""
        return bool(self.safety) or any(item.urgent_from is not None for item in self.items)


@dataclass(frozen=True)
class Answers:
    """What was answered: levels by item id, safety answers by question id; absent is not answered."""

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

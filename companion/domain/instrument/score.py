"""What answers add up to, and which of them are urgent. No bands, no verdict: facts/instruments.md §0 trap 3, §2.4."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from companion.domain.instrument.value import Answers, Instrument, Item, Scale, Urgent, When


@dataclass(frozen=True)
class Sum:
    """A sum and the highest it could be. `scale` None: of the whole list. `points` None: not everything is answered."""

    scale: Scale | None
    points: int | None
    top: int


def score(instrument: Instrument, answers: Answers) -> int | None:
    """The sum of the points, only when every item is answered (nothing is imputed).

    None otherwise, and for a questionnaire whose sum over all items means nothing.
    """
    return _points(instrument.items, answers) if instrument.total else None


def sums(instrument: Instrument, answers: Answers) -> tuple[Sum, ...]:
    """Everything that has a sum in this questionnaire: the whole where it has a total, then its scales in order."""
    whole = [Sum(None, score(instrument, answers), instrument.top_score)] if instrument.total else []
    parts = [
        Sum(scale, _points(items, answers), sum(item.top for item in items))
        for scale in instrument.scales
        if (items := instrument.of_scale(scale))
    ]
    return (*whole, *parts)


def _points(items: Iterable[Item], answers: Answers) -> int | None:
    points = 0
    for item in items:
        if item.id not in answers.items:
            return None
        points += item.answered(answers.items[item.id]).counts
    return points


def urgent_items(instrument: Instrument, answers: Answers) -> tuple[Urgent, ...]:
    """The answers that show help at once, whatever the sum: items in their order, then safety questions.

    Source: facts/instruments.md §1.2 red flags and §4.6 (hallucinations, loss of control over movements,
    seizures, confusion, thoughts of suicide, at any level).
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

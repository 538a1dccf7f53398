"""Two lists beside each other, item by item: what came, what went, what stayed. No word on better or worse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from companion.domain.instrument.value import Answer, Answers, Instrument, Item


class Change(StrEnum):
    """What happened to a symptom from one list to a later one. UNKNOWN: one of the two did not answer it."""

    CAME = "came"
    WENT = "went"
    STAYED = "stayed"
    NOT_THERE = "not_there"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Changed:
    """An item in two lists; None where it was not answered."""

    item: Item
    before: Answer | None
    after: Answer | None

    @property
    def change(self) -> Change:
        if self.before is None or self.after is None:
            return Change.UNKNOWN
        match is_there(self.item, self.before), is_there(self.item, self.after):
            case False, True:
                return Change.CAME
            case True, False:
                return Change.WENT
            case True, True:
                return Change.STAYED
        return Change.NOT_THERE

    @property
    def same(self) -> bool:
        """Answered twice, the same both times."""
        return self.before is not None and self.before == self.after


def is_there(item: Item, answer: Answer) -> bool:
    """Whether an answer says more than the lowest one ("no")."""
    return answer.score > min(each.score for each in item.answers)


def answer_to(item: Item, answers: Answers) -> Answer | None:
    """The answer to an item; None where it was left open."""
    return item.answered(answers.items[item.id]) if item.id in answers.items else None


def changes(instrument: Instrument, before: Answers, after: Answers) -> tuple[Changed, ...]:
    """Every item of the questionnaire, in its order, in an earlier and a later list."""
    return tuple(Changed(item, answer_to(item, before), answer_to(item, after)) for item in instrument.items)


def ids_by_change(instrument: Instrument, before: Answers, after: Answers) -> Mapping[Change, tuple[str, ...]]:
    """The ids of the items with each change, in the order of the questionnaire."""
    found = changes(instrument, before, after)
    return {change: tuple(each.item.id for each in found if each.change is change) for change in Change}

"""The questions before a layout is computed, to take to a doctor. Source: `facts/instruments.md` §4.5.

The same for everyone. Nothing here decides who may lower a dose: an answer only says what to talk about first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from companion.domain.codes import Reason, Refused
from companion.domain.medicine import Medicine

READ_IN = ("nl", "fr")
MOST_COUNTED = 3
"""Told up to more than three usual daily doses: the reimbursed programme stops there (`facts/belgium.md` §2.2)."""


class Say(StrEnum):
    NO = "no"
    YES = "yes"
    NOT_SURE = "not_sure"


@dataclass(frozen=True)
class Question:
    """`only_for`: substances for which alone this is asked, and then first; empty: for everyone."""

    id: str
    wording: Mapping[str, str]
    why: Mapping[str, str]
    only_for: frozenset[str]
    urgent: bool


@dataclass(frozen=True)
class DoctorFirst:
    """`not_counted`: substances whose usual daily dose says nothing here."""

    questions: tuple[Question, ...]
    not_counted: frozenset[str]


@dataclass(frozen=True)
class UsualDoses:
    """A daily dose beside the usual daily dose of the WHO (a unit for statistics, not advice), both in mg."""

    daily_mg: Decimal
    usual_mg: Decimal

    @property
    def times(self) -> Fraction:
        return Fraction(self.daily_mg) / Fraction(self.usual_mg)

    @property
    def over(self) -> int:
        """More than how many usual daily doses: 0, 1, 2 or 3."""
        return sum(self.times > count for count in range(1, MOST_COUNTED + 1))


def doctor_first_from(content: Mapping[str, Any]) -> DoctorFirst:
    """A parsed `doctor_first.toml`. Raises ValueError where it is not whole: our bug."""
    questions = tuple(
        Question(
            id=entry["id"],
            wording={language: entry[language] for language in READ_IN},
            why={language: entry[f"why_{language}"] for language in READ_IN},
            only_for=frozenset(entry.get("only_for", ())),
            urgent=entry.get("urgent", False),
        )
        for entry in content["question"]
    )
    if len({question.id for question in questions}) != len(questions):
        raise ValueError("two questions have the same id")
    if not all(text for question in questions for text in (*question.wording.values(), *question.why.values())):
        raise ValueError("a question has an empty text")
    return DoctorFirst(questions, frozenset(content["not_counted"]))


def questions_for(content: DoctorFirst, medicine: Medicine | None) -> tuple[Question, ...]:
    """Those of this medicine first, then what everyone is asked, in the order of the file."""
    inn = medicine.inn if medicine else ""
    own = tuple(question for question in content.questions if inn in question.only_for)
    return own + tuple(question for question in content.questions if not question.only_for)


def usual_doses(content: DoctorFirst, medicine: Medicine | None, daily_mg: Decimal) -> UsualDoses | None:
    """None where the usual daily dose is not known, or says nothing about this use."""
    if medicine is None or medicine.ddd_mg is None or medicine.inn in content.not_counted:
        return None
    return UsualDoses(daily_mg, medicine.ddd_mg)


def read_answers(questions: Sequence[Question], given: Mapping[str, str]) -> dict[str, Say] | Refused:
    """An answer to each question; refused with every question that has none."""
    open_ones = [question.id for question in questions if given.get(question.id) not in list(Say)]
    if open_ones:
        return Refused(tuple(Reason(name, "doctor_first_answer") for name in open_ones))
    return {question.id: Say(given[question.id]) for question in questions}


def to_talk_about(questions: Sequence[Question], answers: Mapping[str, Say]) -> tuple[Question, ...]:
    """The questions that were not answered with no."""
    return tuple(question for question in questions if answers.get(question.id, Say.NO) is not Say.NO)


def is_urgent(questions: Sequence[Question], answers: Mapping[str, Say]) -> bool:
    """Whether help is shown before anything else."""
    return any(question.urgent for question in to_talk_about(questions, answers))

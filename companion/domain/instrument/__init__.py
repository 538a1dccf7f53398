"""A questionnaire as data, and the answers to it.

`value` is the questionnaire · `file` reads it from its TOML file, with `table` · `answers` reads what a person
answered, and writes it as JSON · `score` adds up, and says what is urgent · `compare` puts lists beside each other.
"""

from companion.domain.instrument.answers import answers_to_data, read_answers
from companion.domain.instrument.compare import Change, Changed, answer_to, changes, ids_by_change, is_there
from companion.domain.instrument.file import read_instrument
from companion.domain.instrument.score import Sum, score, sums, urgent_items
from companion.domain.instrument.value import (
    About,
    Answer,
    Answers,
    EveryMonths,
    Instrument,
    Item,
    OnlyWhenAsked,
    Rhythm,
    SafetyAnswer,
    SafetyQuestion,
    Scale,
    Status,
    Urgent,
    When,
    WithThePlan,
    Wording,
)

__all__ = [
    "About",
    "Answer",
    "Answers",
    "Change",
    "Changed",
    "EveryMonths",
    "Instrument",
    "Item",
    "OnlyWhenAsked",
    "Rhythm",
    "SafetyAnswer",
    "SafetyQuestion",
    "Scale",
    "Status",
    "Sum",
    "Urgent",
    "When",
    "WithThePlan",
    "Wording",
    "answer_to",
    "answers_to_data",
    "changes",
    "ids_by_change",
    "is_there",
    "read_answers",
    "read_instrument",
    "score",
    "sums",
    "urgent_items",
]

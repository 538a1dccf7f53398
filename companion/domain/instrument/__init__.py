"""A questionnaire as data, and the answers to it.

`value` is the questionnaire, its score and what is urgent · `file` reads it from its TOML file ·
`answers` reads what a person answered, and writes it as JSON.
"""

from companion.domain.instrument.answers import answers_to_data, read_answers
from companion.domain.instrument.file import read_instrument
from companion.domain.instrument.value import (
    Answer,
    Answers,
    Instrument,
    Item,
    SafetyAnswer,
    SafetyQuestion,
    Urgent,
    When,
    Wording,
    score,
    urgent_items,
)

__all__ = [
    "Answer",
    "Answers",
    "Instrument",
    "Item",
    "SafetyAnswer",
    "SafetyQuestion",
    "Urgent",
    "When",
    "Wording",
    "answers_to_data",
    "read_answers",
    "read_instrument",
    "score",
    "urgent_items",
]

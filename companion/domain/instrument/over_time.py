"""Lists side by side: which of them a small page shows, and how full each answer is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeVar

from companion.domain.instrument.compare import answer_to, is_there
from companion.domain.instrument.value import About, Answer, Answers, Instrument, Item

COLUMNS: Final = 5
"""How many lists stand beside each other on a phone: the first, and the latest."""

T = TypeVar("T")


@dataclass(frozen=True)
class Cell:
    """What one list says to one item. `fullness`: 0 for the lowest answer, 1 for the highest; None: left open."""

    answer: Answer | None
    fullness: Fraction | None


@dataclass(frozen=True)
class Strip:
    """One item through the lists that are shown."""

    item: Item
    cells: tuple[Cell, ...]


def first_and_latest(lists: Sequence[T], columns: int = COLUMNS) -> list[T]:
    """The first list and the latest ones, in order; all of them when they fit."""
    return list(lists) if len(lists) <= columns else [lists[0], *lists[1 - columns :]]


def strips(instrument: Instrument, lists: Sequence[Answers]) -> tuple[Strip, ...]:
    """Every item through these lists; of symptoms only those that were there in one of them."""
    found = (Strip(item, tuple(_cell(item, each) for each in lists)) for item in instrument.items)
    return tuple(strip for strip in found if instrument.about is About.QUESTIONS or _ever_there(strip))


def fullness(item: Item, answer: Answer) -> Fraction:
    """The place of an answer among those of its item, from 0 (the lowest) to 1."""
    levels = sorted(each.score for each in item.answers)
    return Fraction(levels.index(answer.score), max(1, len(levels) - 1))


def _cell(item: Item, answers: Answers) -> Cell:
    answer = answer_to(item, answers)
    return Cell(answer, fullness(item, answer) if answer else None)


def _ever_there(strip: Strip) -> bool:
    return any(cell.answer and is_there(strip.item, cell.answer) for cell in strip.cells)

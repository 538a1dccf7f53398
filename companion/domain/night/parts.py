"""A painted row as a list of parts, for those who do not paint: "from 22:30 to 23:00: in bed"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby
from zoneinfo import ZoneInfo

from companion.domain.codes import Reason, Refused
from companion.domain.night.row import LETTERS, NOTHING, empty_row
from companion.domain.night.value import DrawnRow


@dataclass(frozen=True)
class Part:
    """The same letter from one quarter of a row to another (not included)."""

    first: int
    end: int
    letter: str


def parts_of(row: DrawnRow) -> list[Part]:
    """What is painted, in order; what is not painted is no part."""
    parts, place = [], 0
    for letter, run in groupby(row.quarters):
        length = len(list(run))
        if letter != NOTHING:
            parts.append(Part(place, place + length, letter))
        place += length
    return parts


def row_of_parts(
    parts: Sequence[tuple[str, str, str]], wake_date: date, zone: ZoneInfo, begins: time
) -> DrawnRow | Refused:
    """The row of parts as a form sends them: numbers of quarters and a letter. Parts with nothing chosen are nothing.

    Refused, by `part-N`: half a part, one that ends before it begins, one that runs over an earlier one.
    """
    letters = list(empty_row(wake_date, zone, begins).quarters)
    reasons = []
    for number, (first, end, letter) in enumerate(parts):
        if not (first or end or letter):
            continue
        part = _part(first, end, letter, len(letters))
        if isinstance(part, str):
            reasons.append(Reason(f"part-{number}", part))
        elif set(letters[part.first : part.end]) != {NOTHING}:
            reasons.append(Reason(f"part-{number}", "night_part_overlaps"))
        else:
            letters[part.first : part.end] = part.letter * (part.end - part.first)
    return Refused(tuple(reasons)) if reasons else DrawnRow("".join(letters), begins)


def _part(first: str, end: str, letter: str, quarters: int) -> Part | str:
    """A part, or the code of what is wrong with it."""
    numbers = [int(each) for each in (first, end) if each.isascii() and each.isdecimal() and len(each) < 4]
    if len(numbers) < 2 or letter not in LETTERS or numbers[0] >= quarters or numbers[1] > quarters:
        return "night_part_incomplete"
    return Part(numbers[0], numbers[1], letter) if numbers[0] < numbers[1] else "night_part_backwards"

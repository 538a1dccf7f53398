"""What the drawing page sends: a painted row or a list of parts, and marks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from flask import request

from companion.domain.codes import Reason, Refused
from companion.domain.night import DrawnRow, Mark
from companion.domain.night.marks import marks_text, read_marks
from companion.domain.night.parts import parts_of, row_of_parts
from companion.domain.night.row import BEGINNINGS, NOTHING, Window, row_text
from companion.web.forms import text

QUARTERS_A_LINE = 12
"""Three hours: quarters of 26 px on a screen of 390, wide enough to be painted with a finger."""

MOST_PARTS = 60
SPARE_PARTS = 3
_NUMBERED = re.compile(r"(part|mark)-(\d{1,2})-")


@dataclass(frozen=True)
class Cell:
    """A quarter hour. `at` is what the clock shows when it begins, `again` whether it shows that twice."""

    place: int
    at: time
    again: bool
    letter: str
    to_come: bool
    marks: Sequence[str]


def begins_of(value: str) -> time | None:
    """The hour at which the row begins, from an address or a form."""
    return next((each for each in BEGINNINGS if value == f"{each:%H:%M}"), None)


def read_painting(wake_date: date, zone: ZoneInfo, begins: time) -> tuple[str, str] | Refused:
    """The texts of the row and the marks, from the painted fields or from the list."""
    if text("by") != "list":
        return text("drawn"), text("marks")
    row = row_of_parts(_parts(), wake_date, zone, begins)
    marks = _marks()
    wrong = [*row.reasons] if isinstance(row, Refused) else []
    wrong += [*marks.reasons] if isinstance(marks, Refused) else []
    if wrong or isinstance(row, Refused) or isinstance(marks, Refused):
        return Refused(tuple(wrong))
    return row_text(row) if row.quarters.strip(NOTHING) else "", marks_text(marks)


def _parts() -> list[tuple[str, str, str]]:
    count = numbered(request.form, "part")
    return [(text(f"part-{n}-from"), text(f"part-{n}-to"), text(f"part-{n}-as")) for n in range(count)]


def _marks() -> tuple[Mark, ...] | Refused:
    reasons, texts = [], []
    for n in range(numbered(request.form, "mark")):
        kind, at = text(f"mark-{n}-kind"), text(f"mark-{n}-at")
        if not kind and not at:
            continue
        if isinstance(read_marks(f"{kind} {at}"), Refused):
            reasons.append(Reason(f"mark-{n}", "night_mark_unreadable"))
        texts.append(f"{kind} {at}")
    return Refused(tuple(reasons)) if reasons else read_marks(", ".join(texts))


def numbered(values: Mapping[str, str], what: str) -> int:
    """How many numbered parts or marks a form has."""
    found = (_NUMBERED.match(name) for name in values)
    return min(max((int(each[2]) + 1 for each in found if each and each[1] == what), default=0), MOST_PARTS)


def listed(row: DrawnRow, marks: Sequence[Mark]) -> dict[str, str]:
    """A row and marks as the fields of the list, with room for more."""
    values: dict[str, str] = {}
    for n, part in enumerate(parts_of(row)):
        values |= {f"part-{n}-from": str(part.first), f"part-{n}-to": str(part.end), f"part-{n}-as": part.letter}
    for n, mark in enumerate(marks):
        values |= {f"mark-{n}-kind": mark.kind.value, f"mark-{n}-at": f"{mark.at:%H:%M}"}
    return with_room(values, SPARE_PARTS if not values else 1, 1)


def with_room(values: Mapping[str, str], parts: int, marks: int) -> dict[str, str]:
    """The fields with so many empty parts and marks more."""
    room = {f"part-{numbered(values, 'part') + n}-from": "" for n in range(parts)}
    return {**values, **room, **{f"mark-{numbered(values, 'mark') + n}-kind": "" for n in range(marks)}}


def without(values: Mapping[str, str], what: str, number: str) -> dict[str, str]:
    """The fields with one part or mark taken away: its fields are emptied."""
    return {name: "" if name.startswith(f"{what}-{number}-") else value for name, value in values.items()}


def lines_of(row: DrawnRow, marks: Sequence[Mark], real: Window, zone: ZoneInfo, now: datetime) -> list[list[Cell]]:
    """The quarters of a row in lines of three hours."""
    cells: list[Cell] = []
    seen: set[time] = set()
    for place, letter in enumerate(row.quarters):
        begin = real.instant(place)
        at = begin.astimezone(zone).time()
        here = [mark.kind.value for mark in marks if _in_quarter(mark, at)] if at not in seen else []
        cells.append(Cell(place, at, at in seen, letter, begin > now, here))
        seen.add(at)
    return [cells[first : first + QUARTERS_A_LINE] for first in range(0, len(cells), QUARTERS_A_LINE)]


def _in_quarter(mark: Mark, at: time) -> bool:
    minutes = mark.at.hour * 60 + mark.at.minute - at.hour * 60 - at.minute
    return 0 <= minutes < 15


def times_of(real: Window, zone: ZoneInfo) -> list[tuple[int, time, bool]]:
    """Every number of a quarter, the end of the row too, with what the clock shows and whether it did before."""
    walls = [real.instant(place).astimezone(zone).time() for place in range(real.quarters + 1)]
    return [(place, at, 0 < place < real.quarters and at in walls[:place]) for place, at in enumerate(walls)]

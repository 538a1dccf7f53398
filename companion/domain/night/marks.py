"""Marks in the row: medicine, coffee, alcohol."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from companion.domain.codes import Refused
from companion.domain.night.value import NOON, Mark, MarkKind

MOST_MARKS: Final = 48

_MARK: Final = re.compile(r"([a-z]+) (([01][0-9]|2[0-3]):([0-5][0-9]))")


def read_marks(text: str) -> tuple[Mark, ...] | Refused:
    """Marks as a form sends them, "coffee 16:00, medicine 22:30": each once, in the order of the row."""
    marks = set()
    for part in filter(None, (each.strip() for each in text.split(","))):
        found = _MARK.fullmatch(part)
        if found is None or found[1] not in set(MarkKind):
            return Refused.because("marks", "night_mark_unreadable")
        marks.add(Mark(MarkKind(found[1]), time.fromisoformat(found[2])))
    if len(marks) > MOST_MARKS:
        return Refused.because("marks", "night_too_many_marks", most=str(MOST_MARKS))
    return tuple(sorted(marks, key=_place))


def marks_text(marks: Iterable[Mark]) -> str:
    """What `read_marks` reads."""
    return ", ".join(f"{mark.kind.value} {mark.at:%H:%M}" for mark in marks)


def marks_from_data(value: object) -> str | None:
    """The text of marks in JSON, `[{"kind": "coffee", "at": "16:00"}]`; None for another shape."""
    if value is None:
        return ""
    if not isinstance(value, list):
        return None
    texts = []
    for each in value:
        if not isinstance(each, dict) or set(each) != {"kind", "at"}:
            return None
        if not all(isinstance(part, str) and "," not in part for part in each.values()):
            return None
        texts.append(f"{each['kind']} {each['at']}")
    return ", ".join(texts)


def marks_to_data(marks: Iterable[Mark]) -> list[dict[str, str]]:
    return [{"kind": mark.kind.value, "at": f"{mark.at:%H:%M}"} for mark in marks]


def mark_moment(mark: Mark, wake_date: date, zone: ZoneInfo, begins: time = NOON) -> datetime:
    """When it was (UTC), in the row of a wake date that begins at `begins`."""
    on_the_day_before = begins != time(0) and mark.at >= begins
    day = wake_date - timedelta(days=1) if on_the_day_before else wake_date
    return datetime.combine(day, mark.at, zone).astimezone(UTC)


def _place(mark: Mark) -> tuple[int, str]:
    since_noon = (mark.at.hour * 60 + mark.at.minute - 12 * 60) % (24 * 60)
    return since_noon, mark.kind.value

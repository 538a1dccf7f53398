"""Reminders as events of a calendar: what repeats on which wall days, named so that a changed plan moves its events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from typing import Any, Final, NamedTuple

from companion.domain.confirmation import OPEN
from companion.domain.reminder.model import DAILY, Days, Every, Habit, Kind, Weekdays

DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Event:
    """`name` is what tells it apart and stays the same when its days move. `start` is a wall time, or a day where the
    event is about a whole day; `last_day` None: it does not repeat, OPEN: it goes on. `alarms` are spans after the
    start, negative for before. `data` and `words` are those of a message's content, amounts as decimal strings."""

    name: str
    kind: Kind
    start: datetime | date
    alarms: tuple[timedelta, ...]
    version: int = 0
    changed_at: datetime | None = None
    days: Days = DAILY
    last_day: date | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


class Piece(NamedTuple):
    """Days, both included, on which a row of a plan has a dose at one moment."""

    first_day: date
    last_day: date
    plan_id: str
    n: int


class Run(NamedTuple):
    """Days on which the same rows have one; `pieces` has at least one."""

    first_day: date
    last_day: date
    pieces: tuple[Piece, ...]


def runs(pieces: Iterable[Piece]) -> list[Run]:
    """The days of all pieces, each once, in order: two plans at one moment are one reminder."""
    known = list(pieces)
    cuts = sorted({each.first_day for each in known} | {_after(each.last_day) for each in known})
    parts = [
        Run(first, after - DAY if after < OPEN else OPEN, tuple(each for each in known if _covers(each, first)))
        for first, after in pairwise(cuts)
    ]
    return list(_joined(part for part in parts if part.pieces))


def without(piece: Piece, first: date, last: date) -> list[Piece]:
    """What is left of a piece outside some days, both included."""
    left = [piece._replace(last_day=min(piece.last_day, first - DAY))]
    if last < OPEN:
        left.append(piece._replace(first_day=max(piece.first_day, last + DAY)))
    return [each for each in left if each.first_day <= each.last_day]


def first_wall_day(habit: Habit, first: date, last: date) -> date | None:
    """The first day from `first` to `last` that is one of the habit's."""
    match habit.days:
        case Weekdays(days=chosen):
            week = (first + n * DAY for n in range(7) if OPEN - first > n * DAY)
            found = next((day for day in week if day.weekday() in chosen), None)
        case Every(days=every, first=begin):
            found = begin if begin >= first else first + (-(first - begin).days % every) * DAY
        case other:
            found = other.day if other.day >= first else None
    return found if found and found <= last else None


def _after(day: date) -> date:
    return day + DAY if day < OPEN else OPEN


def _covers(piece: Piece, day: date) -> bool:
    return piece.first_day <= day <= piece.last_day


def _joined(parts: Iterable[Run]) -> Iterator[Run]:
    """Neighbours with the same rows are one run."""
    for _, same in groupby(_numbered(parts), key=lambda each: each[0]):
        group = [run for _, run in same]
        yield Run(group[0].first_day, group[-1].last_day, group[0].pieces)


def _numbered(parts: Iterable[Run]) -> Iterator[tuple[int, Run]]:
    """Each run with the number of the group it belongs to."""
    number, before = 0, None
    for run in parts:
        rows = [(each.plan_id, each.n) for each in run.pieces]
        same = before is not None and before[0] == rows and before[1] + DAY == run.first_day
        number += 0 if same else 1
        before = (rows, run.last_day)
        yield number, run

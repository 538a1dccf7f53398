"""What was taken where it differs from the plan. A dose that nobody noted is not known, so it is never a difference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Taken(StrEnum):
    """How a day differs. `BESIDE`: something was noted on a day for which the plan gives no dose."""

    MORE = "more"
    LESS = "less"
    NOTHING = "nothing"
    BESIDE = "beside"


@dataclass(frozen=True)
class Planned:
    """mg by moment on every day from the first to the last, both in."""

    first_day: date
    last_day: date
    mg: Mapping[str, Decimal]


@dataclass(frozen=True)
class Noted:
    """One amount as it was noted, in mg. `extra`: besides what is planned, whatever its moment."""

    day: date
    moment: str | None
    mg: Decimal
    extra: bool = False


@dataclass(frozen=True)
class TakenDay:
    """A day that differs: `planned` is the whole planned daily dose (0 where there is none), `difference` how much
    more (or less, below 0) was noted, both in mg."""

    day: date
    kind: Taken
    planned: Decimal
    difference: Decimal

    @property
    def mg(self) -> Decimal:
        """The plan with the difference: where the day stands on the scale of doses."""
        return self.planned + self.difference


def taken_otherwise(planned: Sequence[Planned], noted: Iterable[Noted]) -> tuple[TakenDay, ...]:
    """The days of `noted` that differ in their total, in order. `planned`: in order, no day twice.

    Each noted moment is set against that moment of the plan; a moment nobody noted counts for nothing either way.
    """
    by_day: dict[date, list[Noted]] = {}
    for note in noted:
        by_day.setdefault(note.day, []).append(note)
    found, place = [], 0
    for day in sorted(by_day):
        while place < len(planned) and planned[place].last_day < day:
            place += 1
        covered = place < len(planned) and planned[place].first_day <= day
        told = _day(day, planned[place].mg if covered else None, by_day[day])
        if told:
            found.append(told)
    return tuple(found)


def _day(day: date, plan: Mapping[str, Decimal] | None, notes: Sequence[Noted]) -> TakenDay | None:
    extra = sum((note.mg for note in notes if note.extra), Decimal(0))
    if plan is None:
        return TakenDay(day, Taken.BESIDE, Decimal(0), extra) if extra else None
    told = {note.moment: note.mg for note in notes if not note.extra}
    difference = extra + sum((mg - plan.get(moment or "", Decimal(0)) for moment, mg in told.items()), Decimal(0))
    if not difference:
        return None
    total = sum(plan.values(), Decimal(0))
    if difference > 0:
        return TakenDay(day, Taken.MORE, total, difference)
    kind = Taken.NOTHING if difference == -total else Taken.LESS
    return TakenDay(day, kind, total, difference)

"""A reminder is a habit: a wall time on some days in the zone of the person. Instants follow from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What can remind (issue "Reminders", point 1)."""

    DOSE = "dose"
    DIARY = "diary"
    SYMPTOMS = "symptoms"
    STEP = "step"
    SUPPLY = "supply"
    PRESCRIPTION = "prescription"
    APPOINTMENT = "appointment"
    KIND_WORD = "kind_word"


@dataclass(frozen=True)
class Weekdays:
    """Days of the week, Monday 0 to Sunday 6; all seven is every day."""

    days: frozenset[int]


@dataclass(frozen=True)
class Every:
    """Every so many days, counted from a first day."""

    days: int
    first: date


@dataclass(frozen=True)
class Once:
    """One day only."""

    day: date


Days = Weekdays | Every | Once
DAILY: Final = Weekdays(frozenset(range(7)))


@dataclass(frozen=True)
class Habit:
    """A wall time on some days. The day is the date on the wall, not the person's day that turns later."""

    at: time
    days: Days = DAILY


@dataclass(frozen=True)
class Quiet:
    """Hours in which nothing is shown: from `start` up to and without `end`, over midnight where `end` is earlier."""

    start: time
    end: time

    def holds(self, at: time) -> bool:
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end

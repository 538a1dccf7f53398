"""When a questionnaire is offered: one quiet line for a few days, never nagged, always possible.

`with_the_plan`: before the first lower dose, about one and two weeks after each change of dose, then every two weeks
while the dose stays, and two and four weeks after the last dose (facts/instruments.md §1.1 "How often?", derived
there: signs can take a week to come after a change; with a window of two weeks, more than weekly is too much).
`every_months`: at the start, and every so many months (for looking back; issue 4, item 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from companion.domain.month import months_before

DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)

SHOWN: Final = timedelta(days=4)
"""How long an offer around the plan stands on Today: its day and three more."""
SHOWN_BEFORE: Final = timedelta(days=5)
"""So long before the first lower dose the first list is offered, up to and with that day."""
SHOWN_RARELY: Final = timedelta(days=7)
"""How long the offer of a questionnaire of every few months stands."""
EARLY: Final = timedelta(days=2)
"""A list filled in this long before its day counts for it."""
APART: Final = timedelta(days=7)
"""Two lists are never offered closer together."""
BASELINE: Final = 2 * WEEK
"""A list of the two weeks before the first lower dose is the list before it; as long before a month's day counts."""


@dataclass(frozen=True)
class Stretch:
    """Days on one dose; `last_day` None: it stays. `changed`: the day before had another dose."""

    first_day: date
    last_day: date | None
    changed: bool


@dataclass(frozen=True)
class Course:
    """What a plan says about doses and days, as far as it is known.

    `first_lower`: the first day of the first lower dose, also while it is a sketch; None: there is none with a date.
    `stretches`: what stands confirmed, in date order. `last_dose`: the last day with a dose; None: there is none yet.
    `ended_on`: the plan was ended from that day on.
    """

    start: date
    first_lower: date | None
    stretches: Sequence[Stretch]
    last_dose: date | None = None
    ended_on: date | None = None

    def over_on(self, day: date) -> bool:
        """Whether what the person takes that day is no longer known: the plan was ended before it came to its end."""
        if self.ended_on is None or day < self.ended_on:
            return False
        return self.last_dose is None or self.ended_on <= self.last_dose


def moments(course: Course, until: date) -> list[date]:
    """The days after a change, while staying and after the last dose on which a list says something, up to `until`."""
    found: set[date] = set()
    for stretch in course.stretches:
        if not stretch.changed:
            continue
        found |= {stretch.first_day + WEEK, stretch.first_day + 2 * WEEK}
        day = stretch.first_day + 4 * WEEK
        while day <= min(stretch.last_day or until, until):
            found.add(day)
            day += 2 * WEEK
    if course.last_dose:
        found |= {course.last_dose + 2 * WEEK, course.last_dose + 4 * WEEK}
    return sorted(day for day in found if day <= until)


def is_due(course: Course, filled: Iterable[date], day: date) -> bool:
    """Whether the list is offered on a day, given the days on which it was filled in."""
    done = [filled_on for filled_on in filled if filled_on <= day]
    if course.over_on(day) or any(day - filled_on < APART for filled_on in done):
        return False
    return _before_the_first(course, done, day) or _around(moments(course, day), done, day, SHOWN, EARLY)


def is_due_every(months: int, start: date, filled: Iterable[date], day: date) -> bool:
    """Whether a questionnaire of every `months` months is offered on a day; `start` is the day to count from."""
    done = [filled_on for filled_on in filled if filled_on <= day]
    return _around(month_days(months, start, day), done, day, SHOWN_RARELY, BASELINE)


def month_days(months: int, start: date, until: date) -> list[date]:
    """`start` and every so many months after it, up to `until`; in a shorter month its last day."""
    found = []
    day, count = start, 0
    while day <= until:
        found.append(day)
        count += months
        day = months_before(start, -count)
    return found


def _before_the_first(course: Course, done: Sequence[date], day: date) -> bool:
    first = course.first_lower
    if first is None or not first - SHOWN_BEFORE <= day <= first:
        return False
    return all(filled_on < first - BASELINE for filled_on in done)


def _around(days: Sequence[date], done: Sequence[date], day: date, shown: timedelta, early: timedelta) -> bool:
    latest = next(reversed(days), None)
    if latest is None or day >= latest + shown:
        return False
    return all(filled_on < latest - early for filled_on in done)

"""Looking back: then and now, side by side. Nothing here judges: two means stand beside each other or they do not.

A tapering person and their doctor look back about every three months: "risk/benefit review at least every 3 months"
(joint clinical practice guideline, facts/instruments.md §4.4), and the evaluation visit of the minimal intervention.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from companion.domain.history.means import Mean, enough
from companion.domain.history.value import DAY, DateRange
from companion.domain.month import months_before

COMPARED_NIGHTS: Final = 14
"""Then and now are the first and the last two weeks: the window of the symptom list, and two whole weeks of nights."""

_OFFERED_AFTER: Final = 3
_OFFERED_DAYS: Final = 28


class Since(Enum):
    """How far to look back: some months, or until the start of the plan."""

    ONE = "1"
    THREE = "3"
    SIX = "6"
    START = "start"


@dataclass(frozen=True)
class Period:
    """The days looked back on, and in them the days that count as then and as now; those never overlap."""

    days: DateRange
    then: DateRange
    now: DateRange


def period(since: Since, today: date, start: date | None, first_day: date) -> Period:
    """The days until today: from the start of the plan (`START`), or so many months, never from before `first_day`.

    `start` is the first day of the plan; without one that has begun it is `first_day`, the first with anything in it.
    With less than four weeks to look back on, then and now are each half of the days.
    """
    if since is Since.START:
        first = start if start and start <= today else first_day
    else:
        first = max(months_before(today, int(since.value)), first_day)
    first = min(first, today)
    days = DateRange(first, today)
    length = min(COMPARED_NIGHTS, max(1, days.days // 2))
    return Period(days, DateRange(first, first + (length - 1) * DAY), DateRange(today - (length - 1) * DAY, today))


def usual_since(today: date, start: date | None) -> Since:
    """What is shown when nobody chose: the time since the start of a plan of one to four months, else three months."""
    begun = start is not None and months_before(today, 4) < start <= months_before(today, 1)
    return Since.START if begun else Since.THREE


@dataclass(frozen=True)
class Compared:
    """Two means that can stand beside each other."""

    then: Mean
    now: Mean


def compare(then: Mean | None, now: Mean | None) -> Compared | None:
    """Both means, where both are of enough nights (facts/instruments.md §3.6); else nothing is compared."""
    return Compared(then, now) if then and now and enough(then) and enough(now) else None


def is_offered(start: date, today: date) -> bool:
    """Whether Today and the plan mention it: in the four weeks from three months after the start of a plan."""
    first = months_before(start, -_OFFERED_AFTER)
    return first <= today < first + _OFFERED_DAYS * DAY

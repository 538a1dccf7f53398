"""Which days are looked at: a day, seven, thirty, a step of the plan, or everything; and the days before and after."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from companion.domain.history.value import DAY, DateRange


class Window(Enum):
    """How much is looked at: the anchor day, the 7 or 30 days up to and with it, the step of the plan that is in
    force on it, or everything until today."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    STEP = "step"
    ALL = "all"


_LENGTHS: Final = {Window.DAY: 1, Window.WEEK: 7, Window.MONTH: 30}
_LEAST_OF_ALL: Final = 7


@dataclass(frozen=True)
class Horizon:
    """What there is to look at: the first day with anything in it, today, and where steps of the plan begin.

    `steps` are first days, in order; the first day after the plan is one too.
    """

    first_day: date
    today: date
    steps: tuple[date, ...] = ()


def date_range(window: Window, anchor: date, horizon: Horizon) -> DateRange:
    """The days of a window around an anchor that is not after today.

    Steps part the time without a gap: what is before the first and after the last is one too. A step that has begun
    and not ended is shown until its last day, or until today where it has none.
    """
    if window is Window.STEP and horizon.steps:
        return _step(anchor, horizon)
    if window in {Window.ALL, Window.STEP}:
        return DateRange(min(horizon.first_day, horizon.today - (_LEAST_OF_ALL - 1) * DAY), horizon.today)
    return DateRange(anchor - (_LENGTHS[window] - 1) * DAY, anchor)


def _step(anchor: date, horizon: Horizon) -> DateRange:
    place = bisect_right(horizon.steps, anchor)
    first = horizon.steps[place - 1] if place else min(horizon.first_day, anchor)
    last = horizon.steps[place] - DAY if place < len(horizon.steps) else max(horizon.today, first)
    return DateRange(first, last)


def neighbours(window: Window, days: DateRange, horizon: Horizon) -> tuple[date | None, date | None]:
    """The anchors of the windows before and after, None where nothing is: before the first day, and after today.

    No day lies between a window and the next; the one that reaches today ends with it, so those two may overlap.
    """
    if window is Window.ALL or (window is Window.STEP and not horizon.steps):
        return None, None
    before = days.first_day - DAY if days.first_day > horizon.first_day else None
    if days.last_day >= horizon.today:
        return before, None
    after = days.last_day + DAY if window is Window.STEP else days.last_day + days.days * DAY
    return before, min(after, horizon.today)

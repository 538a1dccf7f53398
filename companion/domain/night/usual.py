"""A person's own usual night, shown before it is kept "as usual"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo

from companion.domain.codes import Refused
from companion.domain.night.figures import figures
from companion.domain.night.value import Night

USUAL_DAYS: Final = 28
FEWEST_TOLD: Final = 3
"""Fewer nights than this are not a habit. Our own choice: it is shown before it is kept, and nothing rests on it."""

_TIMES: Final = ("in_bed", "lights_out", "final_wake", "up")
_NUMBERS: Final = ("sol_min", "awakenings", "waso_min", "still_trying_min", "naps_min")
_DAY_MIN: Final = 24 * 60


def usual_night(nights: Iterable[Night], wake_date: date, zone: ZoneInfo) -> Night | None:
    """The night to `wake_date` with the usual answers of the 28 days before it; None where they cannot be told.

    Only nights that were told count, never those kept "as usual". Each answer is the median of those given (of
    clock times on the round of the clock), and stays empty where fewer than three nights have it. None with fewer
    than three told nights, without usual times of going to bed and getting up, or where the medians together
    cannot be a night.
    """
    first = wake_date - timedelta(days=USUAL_DAYS)
    told = [night for night in nights if first <= night.wake_date < wake_date and not night.as_usual]
    answers: dict[str, Any] = {name: _if_enough(_there(told, name), circular_median) for name in _TIMES}
    answers |= {name: _if_enough(_there(told, name), median) for name in _NUMBERS}
    if answers["in_bed"] is None or answers["up"] is None:
        return None
    night = Night(wake_date, as_usual=True, **answers)
    for tried in (night, replace(night, still_trying_min=None)):
        if not isinstance(figures(tried, zone), Refused):
            return tried
    return None


def median(numbers: Sequence[int]) -> int:
    """The middle of one or more whole numbers, of two middle ones their mean, half up."""
    ordered = sorted(numbers)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2] + 1) // 2


def circular_median(times: Sequence[time]) -> time | None:
    """The middle of clock times: the round of the clock is cut open where the widest gap between them is.

    23:30, 23:50 and 00:20 give 23:50. None where two gaps are the widest, like 06:00 and 18:00: there is no middle.
    Source: the circular median (Fisher, Statistical Analysis of Circular Data, 1993, §2.3.2) for times that lie on
    one side of the clock, which is where habits lie.
    """
    minutes = sorted(at.hour * 60 + at.minute for at in times)
    gaps = [later - earlier for earlier, later in pairwise([*minutes, minutes[0] + _DAY_MIN])]
    widest = max(gaps)
    if gaps.count(widest) > 1:
        return None
    cut = gaps.index(widest) + 1
    middle = median([*minutes[cut:], *(minute + _DAY_MIN for minute in minutes[:cut])]) % _DAY_MIN
    return time(middle // 60, middle % 60)


def _there(nights: Sequence[Night], name: str) -> list[Any]:
    values = (getattr(night, name) for night in nights)
    return [value for value in values if isinstance(value, int | time)]


def _if_enough(values: list[Any], middle: Any) -> Any:
    return middle(values) if len(values) >= FEWEST_TOLD else None

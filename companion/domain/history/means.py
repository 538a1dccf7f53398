"""Exact means of nights. A night as usual and an answer that is missing enter none; no sleep at all does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from companion.domain.history.value import NightBar
from companion.domain.night.summary import FEWEST_TO_COMPARE


@dataclass(frozen=True)
class Mean:
    """An exact mean, and of how many nights."""

    value: Fraction
    nights: int


@dataclass(frozen=True)
class Sleep:
    """Means of some nights: minutes in bed and asleep, and percent; None where no night has an answer.

    `nights` are all that were told, `as_usual` those that were told to be as usual, counted apart. The mean
    efficiency is the mean of the nightly ones, as in `companion nights` (facts/instruments.md §3.6).
    """

    nights: int
    as_usual: int
    tib_min: Mean | None
    tst_min: Mean | None
    se_percent: Mean | None


def mean_of(values: Iterable[int | Fraction | None]) -> Mean | None:
    """The mean of what is there; None where nothing is."""
    there = [value for value in values if value is not None]
    if not there:
        return None
    parts: Counter[int] = Counter()
    for value in there:  # by denominator: adding thousands of unlike fractions one by one is slow
        parts[value.denominator] += value.numerator
    total = sum((Fraction(part, whole) for whole, part in parts.items()), Fraction(0))
    return Mean(total / len(there), len(there))


def sleep_of(nights: Iterable[NightBar]) -> Sleep:
    """The means of these nights, in any order."""
    told = list(nights)
    own = [night for night in told if not night.as_usual]
    return Sleep(
        nights=len(own),
        as_usual=len(told) - len(own),
        tib_min=mean_of(night.tib_min for night in own),
        tst_min=mean_of(night.tst_min for night in own),
        se_percent=mean_of(night.se_percent for night in own),
    )


def enough(mean: Mean | None) -> Mean | None:
    """The mean where it is of enough nights to stand as one."""
    return mean if mean and mean.nights >= FEWEST_TO_COMPARE else None

"""More time before a cut that is larger than asked. Contract §2, `stretch`."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil

from companion.domain.plan.model import MOST_PLAN_DAYS


def days_for_percent(kept: Fraction, left: Fraction, every_days: int) -> int:
    """The smallest whole number of days d with kept**d <= left**every_days, never below `every_days`; exact.

    `kept`: what the pace leaves of a dose after one cut; `left`: what this cut leaves of it. Both in (0, 1).
    The logarithm only says where to look, and exact fractions decide; beyond MOST_PLAN_DAYS, which is refused
    anyway, the logarithm is enough.
    """
    days = max(every_days, ceil(every_days * _logarithm(left) / _logarithm(kept)))
    if days > MOST_PLAN_DAYS + 1:
        return days
    goal = left**every_days
    while kept**days > goal:
        days += 1
    while days > every_days and kept ** (days - 1) <= goal:
        days -= 1
    return days


def days_for_amount(cut: int, asked_cut: Fraction, every_days: int) -> int:
    """`every_days` in proportion to the cut, rounded up, never below `every_days`."""
    return max(every_days, ceil(every_days * cut / asked_cut))


def _logarithm(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).ln()

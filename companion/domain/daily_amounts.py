"""What was taken each day, written down for a week or two before someone chooses a steady dose.

A plain average and the lowest and highest day: sums anyone can check, and nothing that says what to take
(facts/instruments.md §4.8). Only days on which something was written down count, "nothing" (0 mg) too: a day without
a note is not a day of 0 mg.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from companion.domain.amount import to_text


@dataclass(frozen=True)
class Amounts:
    """`by_day`: the total of each day that was written down, in mg, in order of days."""

    by_day: Mapping[date, Decimal]

    @property
    def days(self) -> int:
        return len(self.by_day)

    @property
    def mean_mg(self) -> Fraction:
        """The exact average of a day. Only where there is at least one day."""
        return Fraction(sum(self.by_day.values(), Decimal(0))) / self.days

    @property
    def lowest_mg(self) -> Decimal:
        return min(self.by_day.values())

    @property
    def highest_mg(self) -> Decimal:
        return max(self.by_day.values())


def amounts_of(taken: Iterable[tuple[date, Decimal]]) -> Amounts:
    """The totals of the days of (day, mg) notes."""
    by_day: dict[date, Decimal] = {}
    for day, mg in sorted(taken, key=lambda note: note[0]):
        by_day[day] = by_day.get(day, Decimal(0)) + mg
    return Amounts(by_day)


def rounded(value: Fraction) -> Decimal:
    """For display: two decimals, half up, no last zeros."""
    hundredths = (value * 100 + Fraction(1, 2)).__floor__()
    return Decimal(to_text(Decimal(hundredths) / 100))

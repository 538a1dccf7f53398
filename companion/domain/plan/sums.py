"""The sum behind a computed row, so that a person can check it: 2 mg − 10 % = 1.8 mg, then what can be made.

Contract §2, "Laying out": asked next = current − cut, not under the target.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from companion.domain.plan.layout import Layout, Row
from companion.domain.plan.model import FixedAmount, PercentOfCurrent, PercentOfStart, PlanInput, Programme


class SumKind(StrEnum):
    """How the cut was asked for."""

    PERCENT_OF_CURRENT = "percent_of_current"
    PERCENT_OF_START = "percent_of_start"
    AMOUNT = "amount"
    SHARE = "share"  # the programme: so much percent of the start


@dataclass(frozen=True)
class Sum:
    """`before` − `part` = `result`; `part` is percent (of `start` where the kind says so) or mg.

    A share is `part` percent of `start` = `result`. Results are exact. `held`: `result` is under the target, which
    is what was asked for instead. `chosen`: what the products can make. All doses in mg a day.
    """

    kind: SumKind
    before: Decimal
    start: Decimal
    part: Fraction
    result: Fraction
    held: bool
    chosen: Decimal

    @property
    def exact(self) -> bool:
        """Whether the products make exactly what the sum says."""
        return not self.held and self.result == Fraction(self.chosen)


def sums_of(asked: PlanInput, layout: Layout) -> dict[int, Sum]:
    """The sum of each row that a pace asked for, by row number; a step back has none.

    Before such a row always comes the dose it was asked for from, also where it comes again after a step back.
    """
    start = sum(asked.daily.values(), Decimal(0))
    found: dict[int, Sum] = {}
    before = start
    for row in layout.rows:
        told = None if row.asked_mg is None else _sum(asked, row, row.asked_mg, before, start)
        if told is not None:
            found[row.n] = told
        before = row.daily_mg
    return found


def _sum(asked: PlanInput, row: Row, wanted: Fraction, before: Decimal, start: Decimal) -> Sum | None:
    if isinstance(asked.pace, Programme):
        part = 100 * wanted / Fraction(start)
        return Sum(SumKind.SHARE, before, start, part, wanted, False, row.daily_mg)
    if isinstance(asked.pace, FixedAmount):
        kind, part = SumKind.AMOUNT, Fraction(asked.pace.mg)
        cut = part
    elif isinstance(asked.pace, PercentOfCurrent | PercentOfStart):
        of_current = isinstance(asked.pace, PercentOfCurrent)
        kind = SumKind.PERCENT_OF_CURRENT if of_current else SumKind.PERCENT_OF_START
        part = Fraction(asked.pace.percent)
        cut = part / 100 * Fraction(before if of_current else start)
    else:
        return None
    result = Fraction(before) - cut
    held = result < Fraction(asked.goal.target)
    return Sum(kind, before, start, part, result, held, row.daily_mg)


def by_cut(asked: PlanInput, layout: Layout, found: Mapping[int, Sum]) -> dict[tuple[object, ...], Sum]:
    """The same sums by what they lead from and to, to find them again after rows were changed by hand."""
    return {cut: found[n] for n, cut in cuts_of(asked, layout).items() if n in found}


def cuts_of(asked: PlanInput, layout: Layout) -> dict[int, tuple[object, ...]]:
    """For each row the doses before it and its own, by moment: two rows with the same doses are the same cut."""
    before = tuple(asked.daily.items())
    found: dict[int, tuple[object, ...]] = {}
    for row in layout.rows:
        own = tuple((moment, dose.mg) for moment, dose in row.moments.items())
        found[row.n] = (before, own)
        before = own
    return found

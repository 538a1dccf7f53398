"""Rows whose cut is larger than the person asked: they are chosen one by one (issue 3, point 0).

Before such a row is confirmed the person says what they want: other products, more time before it, or this cut
after all. So it is never confirmed in passing, together with others.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from companion.domain.codes import Refused
from companion.domain.plan.layout import Layout, Note
from companion.domain.plan.model import FixedAmount, PercentOfCurrent, PercentOfStart, PlanInput
from companion.domain.plan.rung import RowKind
from companion.domain.plan.stretch import days_for_amount, days_for_percent
from companion.domain.plan.sums import cuts_of
from companion.domain.product import to_ticks

Laid = tuple[PlanInput, Layout]
"""What was asked and how it was laid out."""


def larger_rows(plan: Laid, paced: Laid | None) -> frozenset[int]:
    """The numbers of the rows that need a choice of their own.

    `paced`: the same plan as its pace laid it out, before rows were changed by hand. A row that still leads from
    and to the same doses is still larger than asked; a row with a dose the person typed is not.
    """
    own = {row.n for row in plan[1].rows if Note.LARGER_THAN_ASKED in row.notes}
    if paced is None:
        return frozenset(own)
    cuts = cuts_of(*paced)
    marked = {cuts[row.n] for row in paced[1].rows if Note.LARGER_THAN_ASKED in row.notes}
    return frozenset(own | {n for n, cut in cuts_of(*plan).items() if cut in marked})


def may_confirm(chosen: Collection[int], larger: Collection[int], after_all: bool) -> Refused | None:
    """Refused when a larger row is among several, or alone without "this cut after all". Field: `rows`."""
    among = sorted(set(chosen) & set(larger))
    if not among:
        return None
    if len(set(chosen)) > 1:
        return Refused.because("rows", "plan_larger_alone", steps=", ".join(map(str, among)))
    return None if after_all else Refused.because("rows", "plan_larger_choose", steps=str(among[0]))


def days_with_more_time(plan: Laid, paced: Laid, n: int) -> int | None:
    """How many days the row before row `n` lasts when its larger cut gets more time; None where it cannot.

    The rule of `stretch` (contract §2). The first row has nothing before it, and a lead-in is not stretched.
    """
    rows = plan[1].rows
    pace = paced[0].pace
    if n < 2 or not isinstance(pace, PercentOfCurrent | PercentOfStart | FixedAmount):
        return None
    before, row = rows[n - 2], rows[n - 1]
    if before.kind not in (RowKind.STEP, RowKind.TYPED) or before.daily_mg == sum(paced[0].daily.values()):
        return None
    total, left = to_ticks(before.daily_mg), to_ticks(row.daily_mg)
    if left >= total:
        return None
    if isinstance(pace, PercentOfCurrent):
        return days_for_percent(1 - Fraction(pace.percent) / 100, Fraction(left, total), pace.every_days)
    start = sum(map(to_ticks, paced[0].daily.values()))
    asked = Fraction(to_ticks(pace.mg)) if isinstance(pace, FixedAmount) else Fraction(pace.percent) / 100 * start
    return days_for_amount(total - left, asked, pace.every_days)

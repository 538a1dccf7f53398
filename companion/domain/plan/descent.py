"""Going down at the person's own pace, as far as the products allow. Contract §2, "Laying out"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from companion.domain.codes import Refused
from companion.domain.plan.cabinet import Cabinet
from companion.domain.plan.model import (
    MOST_PLAN_DAYS,
    MOST_ROWS,
    Computed,
    FixedAmount,
    Moment,
    PercentOfCurrent,
    PlanInput,
)
from companion.domain.plan.rung import Ladder, RowKind, Rung, in_ticks
from companion.domain.plan.split import Split, best_split
from companion.domain.plan.stretch import days_for_amount, days_for_percent
from companion.domain.product import to_ticks


def descent(plan: PlanInput, pace: Computed, cabinet: Cabinet) -> Ladder | Refused:
    """Every row from the current dose to the goal. Refused when there are too many, or they last too long."""
    way = _Descent(plan, pace, cabinet)
    doses = way.start
    rungs: list[Rung] = []
    days_so_far = 0
    if plan.lead_in_days:
        rungs.append(Rung(way.by_moment(doses), plan.lead_in_days, RowKind.STEADY))
    while True:
        cut = way.cut(doses)
        if plan.stretch and cut.larger and any(cut.doses) and rungs and rungs[-1].kind is RowKind.STEP:
            rungs[-1] = replace(rungs[-1], days=way.stretched_days(doses, cut))
        days_so_far += (rungs[-1].days or 0) if rungs else 0
        if days_so_far > MOST_PLAN_DAYS:
            return Refused.because("pace", "plan_too_long", most=str(MOST_PLAN_DAYS))
        if not any(cut.doses):
            return Ladder(tuple(rungs), stops=True, last_larger=cut.larger)
        if len(rungs) == MOST_ROWS:
            return Refused.because("pace", "plan_too_many_rows", most=str(MOST_ROWS))
        doses = cut.doses
        days = None if sum(doses) == way.target else pace.every_days
        rungs.append(Rung(way.by_moment(doses), days, RowKind.STEP, larger=cut.larger, asked=cut.asked))
        if days is None:
            return Ladder(tuple(rungs), stops=False)


@dataclass(frozen=True)
class _Cut:
    """The next doses, in the order of lowering; `asked`: the total the pace asked for, in ticks."""

    doses: Split
    asked: Fraction
    larger: bool


class _Descent:
    """One pace with one set of products. Doses are ticks at each moment, in the order of lowering."""

    def __init__(self, plan: PlanInput, pace: Computed, cabinet: Cabinet) -> None:
        daily = in_ticks(plan.daily)
        self._order = tuple(moment for moment in plan.lower_first if moment in daily)
        self.start: Split = tuple(daily[moment] for moment in self._order)
        self.target = to_ticks(plan.goal.target)
        self._last_dose = 0 if plan.last_dose is None else to_ticks(plan.last_dose)
        self._pace = pace
        self._cabinet = cabinet
        self._part = Fraction(0) if isinstance(pace, FixedAmount) else Fraction(pace.percent) / 100

    def by_moment(self, doses: Split) -> dict[Moment, int]:
        """Without the moments at 0, in the order of the day."""
        taken = dict(zip(self._order, doses, strict=True))
        return {moment: taken[moment] for moment in Moment if taken.get(moment)}

    def cut(self, doses: Split) -> _Cut:
        """The lowest takeable total at or above the one asked for; else the highest below it, as larger."""
        total = sum(doses)
        asked = max(total - self._asked_cut(total), Fraction(self.target))
        if asked < self._last_dose:
            return _Cut(self._surely(self.target, doses), asked, larger=False)
        lowest = ceil(asked)
        next_total = self._cabinet.takeable.up(lowest)
        while next_total < total:
            if (found := self._split(next_total, doses)) is not None:
                return _Cut(found, asked, larger=False)
            next_total = self._cabinet.takeable.up(next_total + 1)
        next_total = self._cabinet.takeable.down(lowest - 1)
        while next_total > self.target:
            if (found := self._split(next_total, doses)) is not None:
                return _Cut(found, asked, larger=True)
            next_total = self._cabinet.takeable.down(next_total - 1)
        return _Cut(self._surely(self.target, doses), asked, larger=True)

    def stretched_days(self, doses: Split, cut: _Cut) -> int:
        """How long the row of `doses` lasts when the larger `cut` follows."""
        total, left = sum(doses), sum(cut.doses)
        if isinstance(self._pace, PercentOfCurrent):
            return days_for_percent(1 - self._part, Fraction(left, total), self._pace.every_days)
        return days_for_amount(total - left, self._asked_cut(total), self._pace.every_days)

    def _asked_cut(self, total: int) -> Fraction:
        if isinstance(self._pace, FixedAmount):
            return Fraction(to_ticks(self._pace.mg))
        return self._part * (total if isinstance(self._pace, PercentOfCurrent) else sum(self.start))

    def _split(self, total: int, doses: Split) -> Split | None:
        return best_split(total, doses, self.start, self.target, self._cabinet.takeable, self._cabinet.effort)

    def _surely(self, total: int, doses: Split) -> Split:
        """The split of a total that was found possible before: the target."""
        found = self._split(total, doses)
        if found is None:
            raise ValueError("the target cannot be made from here")
        return found

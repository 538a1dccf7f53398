"""What the pace of a kept plan asked for, also after rows were changed by hand: sums, and rows larger than asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from companion.domain.person import Person
from companion.domain.plan.larger import Laid, days_with_more_time, larger_rows
from companion.domain.plan.model import TypedRows
from companion.domain.plan.sums import Sum, by_cut, cuts_of, sums_of
from companion.services.plan_view import LivePlan, first_day, live
from companion.storage import plans
from companion.storage.unit_of_work import Store, Unit

LAID_OUT = ("made", "laid out again")
"""Reasons of versions that do not come from the version before."""


@dataclass(frozen=True)
class Paced:
    """`document` and `laid`: the newest version whose pace computed the rows; None where all was typed.

    `larger`: numbers of rows that are confirmed one by one. `sums`: the sum of each row that still has one.
    """

    plan: LivePlan
    document: Mapping[str, Any] | None
    laid: Laid | None
    larger: frozenset[int]
    sums: Mapping[int, Sum]

    @property
    def own(self) -> Laid:
        return (self.plan.asked, self.plan.layout)

    def days_before(self, n: int, today: date) -> int | None:
        """How long the row before row `n` would last with more time; None where that is not possible any more."""
        days = days_with_more_time(self.own, self.laid, n) if self.laid else None
        before = self.plan.layout.rows[n - 2]
        if days is None or before.last_day is None or before.last_day < today:
            return None
        return days if days > (before.last_day - first_day(before)).days + 1 else None


def paced(unit: Unit, person: Person, plan: LivePlan) -> Paced:
    """Read a plan together with the pace that its rows came from."""
    if not isinstance(plan.asked.pace, TypedRows | None):
        own = (plan.asked, plan.layout)
        return Paced(plan, plan.kept.document, own, larger_rows(own, None), sums_of(*own))
    for kept in reversed(plans.versions(unit, person.id, plan.id)):
        if kept.document.get("pace", {}).get("kind") not in (None, "rows"):
            before = live(replace(kept, until={}))
            laid = (before.asked, before.layout)
            known = by_cut(*laid, sums_of(*laid))
            sums = {n: known[cut] for n, cut in cuts_of(plan.asked, plan.layout).items() if cut in known}
            return Paced(plan, kept.document, laid, larger_rows((plan.asked, plan.layout), laid), sums)
        if kept.reason in LAID_OUT:  # the rows were typed from the beginning
            break
    return Paced(plan, None, None, frozenset(), {})


def read_paced(store: Store, person: Person, plan: LivePlan) -> Paced:
    with store.read() as unit:
        return paced(unit, person, plan)


def has_lived(plan: LivePlan, today: date) -> bool:
    """Whether a confirmed day of this plan is over: from then on it is not laid out again from the start."""
    return any(span.first_day < today for span in plan.confirmed_spans)

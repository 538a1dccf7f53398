"""A kept plan, laid out: what pages, history and Today read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Final

from companion.domain.codes import Refused
from companion.domain.confirmation import OPEN, Span, confirmed, state_of_days
from companion.domain.person import Person
from companion.domain.plan import GoalKind, Layout, PlanInput, Row, lay_out, read_plan
from companion.domain.plan_change import Wait, waiting_on, waits_of
from companion.storage import plans
from companion.storage.plans import KeptPlan
from companion.storage.unit_of_work import Store, Unit

PLANS: Final = 64
"""How many plans stay laid out in a process: those that were looked at last."""


@dataclass(frozen=True)
class LivePlan:
    """A plan with its rows, and which of their days stand confirmed.

    Nothing of it ever changes, so what follows from it alone is worked out once: here, and in functions with a cache
    of a few plans. A plan that changed is another one, and does not equal this.
    """

    kept: KeptPlan
    asked: PlanInput
    layout: Layout

    def __hash__(self) -> int:
        return hash(self.kept)

    @property
    def id(self) -> str:
        return self.kept.id

    @cached_property
    def rows(self) -> Sequence[Row]:
        """The rows that have dates; rows after an open stay have none yet."""
        return tuple(row for row in self.layout.rows if row.first_day)

    @cached_property
    def undated(self) -> Sequence[Row]:
        """The rows that wait until the person goes on."""
        return tuple(row for row in self.layout.rows if not row.first_day)

    @cached_property
    def waits(self) -> Sequence[Wait]:
        """The days on which others give the medicine."""
        return waits_of(self.kept.reasons)

    def waits_on(self, day: date) -> Wait | None:
        return waiting_on(self.waits, day)

    def stays_open(self, day: date) -> bool:
        """Whether the row of a day lasts until the person says to go on (not: because it is where the plan leads)."""
        row = self.row_on(day)
        goes_on = self.asked.goal.kind is GoalKind.STOP or bool(self.undated)
        return row is not None and row.last_day is None and goes_on

    def state(self, row: Row) -> str:
        """ "confirmed", "partly" or "sketch"; a row without dates can stand confirmed for whenever it comes."""
        if row.first_day is None:
            return "confirmed" if self.kept.until.get(row.n) == OPEN else "sketch"
        return state_of_days(row.n, row.first_day, row.last_day or OPEN, self.kept.until)

    @cached_property
    def confirmed_numbers(self) -> frozenset[int]:
        """Rows of which every day stands confirmed."""
        return frozenset(row.n for row in self.rows if self.state(row) == "confirmed")

    def changeable(self, row: Row, today: date) -> bool:
        """Whether a row can still be changed: it was not lived, the plan goes on and has rows of its own."""
        lived = (row.last_day or OPEN) < today and self.state(row) != "sketch"
        return self.asked.pace is not None and self.kept.ended_on is None and not lived

    @cached_property
    def confirmed_spans(self) -> Sequence[Span]:
        return tuple(confirmed([span_of(row) for row in self.rows], self.kept.until))

    def row_on(self, day: date) -> Row | None:
        """The row that covers a day, confirmed or not."""
        return self.layout.row_on(day)

    def stands_on(self, day: date) -> bool:
        """Whether the row of this day is confirmed for it."""
        row = self.row_on(day)
        return row is not None and day <= self.kept.until.get(row.n, date.min)

    def in_force(self, day: date) -> Row | None:
        """The confirmed row that the person takes on a day.

        None for a sketch, outside the plan, after it was ended, and while others give the medicine.
        """
        if (self.kept.ended_on and day >= self.kept.ended_on) or self.waits_on(day):
            return None
        return self.row_on(day) if self.stands_on(day) else None


def first_day(row: Row) -> date:
    """The first day of a row that has dates."""
    if row.first_day is None:
        raise ValueError(f"row {row.n} has no dates yet")
    return row.first_day


def span_of(row: Row) -> Span:
    dose = {moment.value: dose.mg for moment, dose in row.moments.items()}
    return Span(row.n, first_day(row), row.last_day or OPEN, dose)


@lru_cache(maxsize=PLANS)
def live(kept: KeptPlan) -> LivePlan:
    """A kept plan laid out again. What was accepted once must lay out: anything else is a bug.

    The same plan is asked for by page after page. Only one that is kept with exactly the same everything is given
    again, so a change is seen at once and nobody sees another's.
    """
    laid = read_and_lay_out(kept.document)
    if isinstance(laid, Refused):
        raise ValueError(f"plan {kept.id} does not lay out: {laid.reasons}")
    return LivePlan(kept, *laid)


def read_and_lay_out(document: Mapping[str, Any]) -> tuple[PlanInput, Layout] | Refused:
    """A plan document with its rows. A page asks this several times of the same document: it is worked out once."""
    return _laid_out(json.dumps(document))


@lru_cache(maxsize=16)
def _laid_out(document: str) -> tuple[PlanInput, Layout] | Refused:
    asked = read_plan(json.loads(document))
    if isinstance(asked, Refused):
        return asked
    layout = lay_out(asked)
    return layout if isinstance(layout, Refused) else (asked, layout)


def live_plans(unit: Unit, person: Person) -> list[LivePlan]:
    """Every plan of this person, oldest first."""
    found = unit.once(("live plans", person.id), lambda: tuple(map(live, plans.current(unit, person.id))))
    return list(found)


def doubled(plans: Sequence[LivePlan]) -> list[str]:
    """Medicines that two running plans are about: only one of them can be right."""
    names = [plan.asked.medicine for plan in plans if plan.asked.medicine and not plan.kept.ended_on]
    folded = [name.casefold() for name in names]
    return sorted({name for name in names if folded.count(name.casefold()) > 1})


def plans_of(store: Store, person: Person) -> list[LivePlan]:
    """Every plan of this person, oldest first."""
    with store.read() as unit:
        return live_plans(unit, person)


def plan_of(store: Store, person: Person, plan_id: str) -> LivePlan | None:
    return next((plan for plan in plans_of(store, person) if plan.id == plan_id), None)

"""What a person needs, has, and how long it lasts. Everything counts confirmed days only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from companion.domain.confirmation import OPEN
from companion.domain.dose import taken_mg
from companion.domain.entry import Entry
from companion.domain.entry import Kind as EntryKind
from companion.domain.person import Person
from companion.domain.plan.model import Programme
from companion.domain.prescriptions import Consultation, Step, consultations, to_ask
from companion.domain.product import Form
from companion.domain.supply import Kind, Lasts, Reach, Stretch, clip, kinds, lasts
from companion.services.confirmed_days import confirmed_days, some_sketch
from companion.services.plan_view import LivePlan, first_day, live_plans
from companion.storage import entries, supplies
from companion.storage.standing import read_ahead
from companion.storage.supplies import Counted
from companion.storage.unit_of_work import Store, Unit

SOON = timedelta(days=10)
"""Running out is told this long before: time to ask for more (the asking time of `domain/prescriptions`)."""

WEEK = 7


@dataclass(frozen=True)
class Stock:
    """What was counted of one strength and how far it goes. `differs`: since then something else was noted."""

    counted: Counted
    lasts: Lasts
    differs: bool

    def runs_out(self) -> date | None:
        """The last day it is enough for, when more is needed after that."""
        return self.lasts.day if self.lasts.reach is Reach.UNTIL else None


@dataclass(frozen=True)
class PlanSupply:
    """Of one plan: its confirmed days from today on, the strengths they take, what is there of them."""

    plan: LivePlan
    coming: Sequence[Stretch]
    stocks: Mapping[Kind, Stock]
    visits: Sequence[Consultation]

    @property
    def kinds(self) -> Sequence[Kind]:
        """Every strength that the coming days take, and those that were counted; larger ones first."""
        return sorted({*kinds(self.coming), *self.stocks}, key=lambda kind: -kind.strength)

    @property
    def last_day(self) -> date | None:
        """The last confirmed day; None when the last step has no end."""
        last = self.coming[-1].last_day
        return None if last == OPEN else last

    def until(self, today: date, until: date) -> Sequence[Stretch]:
        """The confirmed days from today until and with a day."""
        return clip(self.coming, today, until)

    def sketch_until(self, today: date, until: date) -> bool:
        return some_sketch(self.plan, today, until)


@dataclass(frozen=True)
class Soon:
    """Something to ask for, said on Today: a strength that runs out, or the next prescription."""

    plan: LivePlan
    stock: Stock | None
    visit: Consultation | None


def read_supply(store: Store, person: Person, now: datetime) -> list[PlanSupply]:
    """Every plan with confirmed days to come, oldest first."""
    with store.read() as unit:
        return _supply(unit, person, now)


def _supply(unit: Unit, person: Person, now: datetime) -> list[PlanSupply]:
    today = person.day(now)
    counted = supplies.of_person(unit, person.id)
    found = []
    for plan in live_plans(unit, person):
        days = confirmed_days(plan)
        coming = clip(days, today, OPEN)
        if coming:
            of_plan = [each for each in counted if each.plan_id == plan.id]
            if of_plan:
                first = min(each.counted_on for each in of_plan)
                read_ahead(unit, person.id, {EntryKind.DOSE: (first, today)})
            stocks = {each.kind: _stock(unit, person, plan, days, each, today) for each in of_plan}
            found.append(PlanSupply(plan, coming, stocks, visits(plan, days)))
    return found


def _stock(unit: Unit, person: Person, plan: LivePlan, days: Sequence[Stretch], counted: Counted, today: date) -> Stock:
    first = max(counted.counted_on, plan.asked.start)
    noted = entries.between(unit, person.id, EntryKind.DOSE, counted.counted_on, today)
    differs = any(_differs(entry, days) for entry in noted if entry.data.get("plan") == plan.id)
    return Stock(counted, lasts(days, counted.kind, counted.count, first), differs)


def _differs(entry: Entry, days: Sequence[Stretch]) -> bool:
    """Whether what was noted is not what the plan says for that day and moment."""
    if entry.data.get("extra"):
        return True
    planned = [
        dose.mg
        for stretch in clip(days, entry.day, entry.day)
        for moment, dose in stretch.moments.items()
        if moment.value == entry.data.get("moment")
    ]
    return [taken_mg(entry.data)] != planned


def visits(plan: LivePlan, days: Sequence[Stretch]) -> list[Consultation]:
    """The consultations of a plan in the frame of the Belgian programme, for its confirmed steps."""
    if not isinstance(plan.asked.pace, Programme):
        return []
    sure = {stretch.n for stretch in days}
    return consultations(Step(row.n, first_day(row)) for row in plan.rows if row.n in sure)


def soon(store: Store, person: Person, now: datetime) -> list[Soon]:
    """What to ask for in the coming days: never run out by surprise."""
    with store.read() as unit:
        return soon_of(unit, person, now)


def soon_of(unit: Unit, person: Person, now: datetime) -> list[Soon]:
    """The same in a transaction that is open."""
    today = person.day(now)
    found: list[Soon] = []
    for supply in _supply(unit, person, now):
        for stock in supply.stocks.values():
            ends = stock.runs_out()
            if ends is not None and ends <= today + SOON and _still_needed(supply, stock, today):
                found.append(Soon(supply.plan, stock, None))
        visit = to_ask(supply.visits, today)
        if visit:
            found.append(Soon(supply.plan, None, visit))
    return found


def _still_needed(supply: PlanSupply, stock: Stock, today: date) -> bool:
    """Whether the coming days take some of it: what ran out of a strength that is behind us is no news."""
    until = today + SOON + SOON
    return stock.counted.kind in kinds(supply.until(today, until))


def week_days(first: date) -> list[date]:
    return [first + timedelta(days=place) for place in range(WEEK)]


def fits_in_a_box(kind: Kind) -> bool:
    """Whether it can be put ready in a pillbox: drops and liquids are measured when they are taken."""
    return kind.form not in (Form.DROPS, Form.LIQUID)

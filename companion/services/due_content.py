"""What there is to say when reminders fall due: asked of what people planned and noted, at that instant.

So a plan that changes needs no reminder to change with it: a dose is reminded of when a confirmed row that is in force
has one at that moment and nobody noted it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

from companion.domain.amount import to_text
from companion.domain.person import Person
from companion.domain.plan import Moment, Row
from companion.domain.reminder import Content, Kind
from companion.domain.reminder.asked import may_remind
from companion.domain.supply import Kind as Strength
from companion.services.confirmed_days import confirmed_days, first_day_without
from companion.services.offer_lists import offered_to
from companion.services.plan_view import LivePlan, first_day, live
from companion.services.supply import Soon, soon_of
from companion.storage import many, people
from companion.storage.plans import KeptPlan
from companion.storage.unit_of_work import Unit

DAY: Final = timedelta(days=1)
STEP_DAYS: Final = (3, 1)
RUNS_OUT: Final = timedelta(days=7)
APART: Final[Mapping[Kind, timedelta]] = MappingProxyType(
    {Kind.SYMPTOMS: timedelta(days=3), Kind.SUPPLY: timedelta(days=3), Kind.PRESCRIPTION: timedelta(days=7)}
)
"""What goes on for days is not said each day: so long after the last time it is said again, less an hour or two."""


@dataclass(frozen=True)
class Ask:
    """A reminder of someone at an instant. `last`: when it last had something to say. `about`: the person's day it is
    about, where that is known already."""

    person: Person
    kind: Kind
    key: str
    at: datetime
    words: Mapping[str, str] = field(default_factory=dict)
    last: datetime | None = None
    about: date | None = None

    @cached_property
    def day(self) -> date:
        return self.about or self.person.day(self.at)


@dataclass
class Known:
    """What is known of the people who are asked about, read in a few questions; plans are laid out when needed."""

    unit: Unit
    people: Collection[str]
    first: date
    last: date
    laid_out: dict[str, list[LivePlan]] = field(default_factory=dict)

    @cached_property
    def standing(self) -> Mapping[str, Any]:
        return people.standing_of(self.unit, self.people)

    @cached_property
    def kept(self) -> Mapping[str, list[KeptPlan]]:
        return many.current_plans(self.unit, self.people)

    @cached_property
    def noted(self) -> set[tuple[str, date, str, str]]:
        return many.noted_doses(self.unit, self.people, self.first, self.last)

    @cached_property
    def nights(self) -> set[tuple[str, date]]:
        return many.logged_nights(self.unit, self.people, self.first, self.last)

    def plans(self, person: Person) -> list[LivePlan]:
        if person.id not in self.laid_out:
            self.laid_out[person.id] = [live(kept) for kept in self.kept.get(person.id, [])]
        return self.laid_out[person.id]


def know(unit: Unit, asks: Sequence[Ask]) -> Known:
    """Ready to answer these."""
    days = [ask.day for ask in asks] or [date.min]
    return Known(unit, {ask.person.id for ask in asks}, min(days), max(days))


def content_of(known: Known, ask: Ask) -> Content | None:
    """What there is to say; None for nothing. Raises whatever goes wrong: the caller goes on with the next one."""
    if not may_remind(ask.kind, known.standing.get(ask.person.id, ())):
        return None
    if ask.last and ask.kind in APART and ask.at - ask.last < APART[ask.kind] - timedelta(hours=2):
        return None
    data = _ASKED[ask.kind](known, ask)
    return None if data is None else Content(ask.kind.value, ask.key, ask.day, data, dict(ask.words))


def _dose(known: Known, ask: Ask) -> dict[str, Any] | None:
    moment = Moment(ask.key)
    doses = [
        {
            "plan": plan.id,
            "moment": moment.value,
            "mg": to_text(row.moments[moment].mg),
            "medicine": plan.asked.medicine,
        }
        for plan, row in _in_force(known, ask)
        if moment in row.moments and (ask.person.id, ask.day, plan.id, moment.value) not in known.noted
    ]
    return {"moment": moment.value, "doses": doses} if doses else None


def _in_force(known: Known, ask: Ask) -> Iterator[tuple[LivePlan, Row]]:
    for plan in known.plans(ask.person):
        row = plan.in_force(ask.day)
        if row:
            yield plan, row


def _diary(known: Known, ask: Ask) -> dict[str, Any] | None:
    return None if (ask.person.id, ask.day) in known.nights else {}


def _symptoms(known: Known, ask: Ask) -> dict[str, Any] | None:
    instrument = offered_to(known.unit, ask.person, known.plans(ask.person), ask.day)
    return {"instrument": instrument.id} if instrument else None


def _step(known: Known, ask: Ask) -> dict[str, Any] | None:
    """The nearest step that begins in so many days."""
    for days in sorted(STEP_DAYS):
        begins = ask.day + days * DAY
        for plan in known.plans(ask.person):
            if _begins(plan, begins):
                medicine = plan.asked.medicine
                return {"plan": plan.id, "medicine": medicine, "first_day": begins.isoformat(), "days": days}
    return None


def _begins(plan: LivePlan, day: date) -> bool:
    """Whether another dose begins that day and stands confirmed; the first day of a plan is no step."""
    if plan.kept.ended_on or plan.waits_on(day) or plan.in_force(day - DAY) is None:
        return False
    before, row = plan.in_force(day - DAY), plan.in_force(day)
    if row is None:
        return first_day_without(plan, confirmed_days(plan)) == day
    return before is not None and first_day(row) == day and _amounts(row) != _amounts(before)


def _amounts(row: Row) -> Mapping[Moment, Any]:
    return {moment: dose.mg for moment, dose in row.moments.items()}


def _supply(known: Known, ask: Ask) -> dict[str, Any] | None:
    """The strength that runs out first."""
    found = sorted(_running_out(known, ask), key=lambda each: each[2])
    if not found:
        return None
    plan, kind, last_day = found[0]
    return {
        "plan": plan.id,
        "medicine": plan.asked.medicine,
        "strength": to_text(kind.strength),
        "form": kind.form.value,
        "last_day": last_day.isoformat(),
    }


def _running_out(known: Known, ask: Ask) -> Iterator[tuple[LivePlan, Strength, date]]:
    for each in _soon(known, ask):
        ends = each.stock.runs_out() if each.stock else None
        if each.stock and ends and ends <= ask.day + RUNS_OUT:
            yield each.plan, each.stock.counted.kind, ends


def _prescription(known: Known, ask: Ask) -> dict[str, Any] | None:
    for each in _soon(known, ask):
        if each.visit:
            first = each.visit.first_day.isoformat()
            return {"plan": each.plan.id, "medicine": each.plan.asked.medicine, "first_day": first}
    return None


def _soon(known: Known, ask: Ask) -> list[Soon]:
    return soon_of(known.unit, ask.person, ask.at)


def _always(known: Known, ask: Ask) -> dict[str, Any]:
    return {}


_ASKED: Final[Mapping[Kind, Callable[[Known, Ask], dict[str, Any] | None]]] = MappingProxyType(
    {
        Kind.DOSE: _dose,
        Kind.DIARY: _diary,
        Kind.SYMPTOMS: _symptoms,
        Kind.STEP: _step,
        Kind.SUPPLY: _supply,
        Kind.PRESCRIPTION: _prescription,
        Kind.APPOINTMENT: _always,
        Kind.KIND_WORD: _always,
    }
)

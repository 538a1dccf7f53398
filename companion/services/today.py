"""What Today shows: this day's doses, last night, and what comes next."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from companion.domain.dose import taken_mg
from companion.domain.entry import Entry, Kind
from companion.domain.person import Person
from companion.domain.plan import Moment, Row
from companion.domain.product import Piece
from companion.services.log_night import KeptNight, kept_night
from companion.services.offer_lists import LISTS_DAYS
from companion.services.plan_view import LivePlan, live_plans
from companion.storage import entries
from companion.storage.standing import read_ahead
from companion.storage.unit_of_work import Store

DAY = timedelta(days=1)


@dataclass(frozen=True)
class DoseToday:
    """A dose of a plan in force today, and what was noted about it."""

    plan: LivePlan
    row: Row
    moment: Moment
    mg: Decimal
    pieces: Sequence[Piece]
    noted: Entry | None

    @property
    def taken(self) -> bool:
        return self.noted is not None

    @property
    def taken_mg(self) -> Decimal:
        return taken_mg(self.noted.data) if self.noted else Decimal(0)

    @property
    def taken_at(self) -> datetime | None:
        """When it was taken, as far as the person said; None otherwise."""
        return taken_at(self.noted) if self.noted else None

    @property
    def different(self) -> bool:
        return self.taken and self.taken_mg != self.mg


@dataclass(frozen=True)
class Today:
    day: date
    plans: Sequence[LivePlan]
    doses: Sequence[DoseToday]
    elsewhere: Sequence[Entry]
    """Doses noted today that belong to no dose shown now: their step changed, or their plan ended."""
    extras: Sequence[Entry]
    night: KeptNight | None

    def due(self, moments: Collection[Moment]) -> DoseToday | None:
        """The first dose of these moments that nothing is noted about."""
        return next((dose for dose in self.doses if not dose.taken and dose.moment in moments), None)

    @property
    def last(self) -> Sequence[DoseToday]:
        """The doses of the last moment of the day: what matters of them at night."""
        return [dose for dose in self.doses if dose.moment is self.doses[-1].moment]

    @property
    def earlier(self) -> Sequence[DoseToday]:
        """The doses before those."""
        return self.doses[: len(self.doses) - len(self.last)]

    def of_plan(self, entry: Entry) -> LivePlan | None:
        """The plan a noted dose belongs to, running or ended."""
        return next((plan for plan in self.plans if plan.id == entry.data.get("plan")), None)

    def waiting(self) -> list[LivePlan]:
        """Plans whose medicine others give today."""
        return [plan for plan in self.plans if not plan.kept.ended_on and plan.waits_on(self.day)]

    def sketches(self) -> list[LivePlan]:
        """Plans whose row of today is there but not confirmed."""
        return [
            plan
            for plan in self.plans
            if not plan.kept.ended_on
            and plan.row_on(self.day)
            and not plan.stands_on(self.day)
            and not plan.waits_on(self.day)
        ]

    def medicine_of(self, entry: Entry) -> str:
        """The medicine an entry is about, where there is more than one."""
        named = (plan.asked.medicine for plan in self.plans if plan.id == entry.data.get("plan"))
        return next(named, "") if len(self.plans) > 1 else ""


def taken_at(entry: Entry) -> datetime | None:
    text = entry.data.get("taken_at")
    return datetime.fromisoformat(text) if text else None


def noted_doses(doses: Sequence[Entry]) -> dict[tuple[str | None, str | None], Entry]:
    """What stands noted, by plan and moment; 0 mg is an answer too."""
    return {(entry.data.get("plan"), entry.data.get("moment")): entry for entry in doses if not entry.data.get("extra")}


def look_ahead(store: Store, person: Person, now: datetime) -> None:
    """Within one moment: everything noted that Today asks for on any day, in one question."""
    day = person.day(now)
    with store.read() as unit:
        read_ahead(
            unit,
            person.id,
            {
                Kind.DOSE: (day, day),
                Kind.NIGHT: (day, day + DAY),
                Kind.CHECK_IN: (day, day),
                Kind.SYMPTOMS: (day - LISTS_DAYS, day),
            },
        )


def read_today(store: Store, person: Person, now: datetime) -> Today:
    """Today of this person at this instant."""
    day = person.day(now)
    with store.read() as unit:
        plans = live_plans(unit, person)
        doses = entries.between(unit, person.id, Kind.DOSE, day, day)
        nights = entries.between(unit, person.id, Kind.NIGHT, day, day)
    noted = noted_doses(doses)
    shown = [
        DoseToday(plan, row, moment, dose.mg, dose.pieces, noted.get((plan.id, moment.value)))
        for plan in plans
        if (row := plan.in_force(day))
        for moment, dose in row.moments.items()
    ]
    told = {dose.noted.id for dose in shown if dose.noted}
    return Today(
        day=day,
        plans=plans,
        doses=sorted(shown, key=lambda dose: list(Moment).index(dose.moment)),
        elsewhere=[entry for entry in noted.values() if entry.id not in told],
        extras=[entry for entry in doses if entry.data.get("extra") and entry.data.get("taken")],
        night=kept_night(nights[0], person) if nights else None,
    )

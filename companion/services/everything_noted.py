"""Everything that stands of one kind, oldest first: for tables and papers that hold all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from companion.domain.entry import Entry, Kind
from companion.domain.person import Person
from companion.domain.plan import Moment
from companion.services.log_check_in import KeptCheckIn, kept_check_in
from companion.services.log_night import KeptNight, kept_night
from companion.services.log_symptoms import lists_between
from companion.services.plan_view import plans_of
from companion.storage import entries
from companion.storage.unit_of_work import Store


@dataclass(frozen=True)
class PlanDose:
    """One moment of one row. `last_day` None: it stays open; `first_day` None: it waits."""

    medicine: str
    n: int
    first_day: date | None
    last_day: date | None
    moment: Moment
    mg: Decimal
    daily_mg: Decimal
    confirmed: bool


def _standing(store: Store, person: Person, kind: Kind) -> list[Entry]:
    with store.read() as unit:
        return entries.between(unit, person.id, kind, date.min, date.max)


def nights_of(store: Store, person: Person) -> list[KeptNight]:
    return [kept_night(entry, person) for entry in _standing(store, person, Kind.NIGHT)]


def check_ins_of(store: Store, person: Person) -> list[KeptCheckIn]:
    return [kept_check_in(entry) for entry in _standing(store, person, Kind.CHECK_IN)]


def doses_of(store: Store, person: Person) -> list[tuple[Entry, str]]:
    """Each dose with its medicine; "" for something that belongs to no plan."""
    medicines = {plan.id: plan.asked.medicine or "" for plan in plans_of(store, person)}
    return [(entry, medicines.get(entry.data.get("plan") or "", "")) for entry in _standing(store, person, Kind.DOSE)]


def lists_of(
    store: Store, person: Person, language: str
) -> Iterator[tuple[date, str, int | None, str, str | None, str | None]]:
    """Each answer that was given: day, questionnaire, its sum, the question, the answer; then what was added."""
    for kept in lists_between(store, person, date.min, date.max):
        name = kept.instrument.name[language]
        for item in kept.instrument.items:
            given = kept.answers.items.get(item.id)
            if given is not None:
                worded = next(answer.wording[language] for answer in item.answers if answer.score == given)
                yield kept.entry.day, name, kept.total, item.wording[language], worded, None
        for question in kept.instrument.safety:
            when = kept.answers.safety.get(question.id)
            if when is not None:
                worded = next(each.wording[language] for each in kept.instrument.safety_answers if each.when is when)
                yield kept.entry.day, name, kept.total, question.wording[language], worded, None
        if kept.answers.new:
            yield kept.entry.day, name, kept.total, "", None, kept.answers.new


def plan_rows_of(store: Store, person: Person) -> Sequence[PlanDose]:
    """Every row of every plan as it is laid out now."""
    return [
        PlanDose(
            plan.asked.medicine or "",
            row.n,
            row.first_day,
            row.last_day,
            moment,
            dose.mg,
            row.daily_mg,
            plan.state(row) == "confirmed",
        )
        for plan in plans_of(store, person)
        for row in plan.layout.rows
        for moment, dose in row.moments.items()
    ]

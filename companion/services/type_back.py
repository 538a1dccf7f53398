"""A month filled in on paper, typed back: every answer is kept, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID, uuid5

from companion.domain.amount import read_amount, to_text
from companion.domain.codes import Reason, Refused
from companion.domain.dose import taken_mg
from companion.domain.entry import Entry, Kind
from companion.domain.month import Month
from companion.domain.person import Person
from companion.domain.plan import Moment, MomentDose
from companion.domain.supply import clip
from companion.services.confirmed_days import confirmed_days
from companion.services.plan_view import LivePlan, live_plans
from companion.services.save_entry import save_entry
from companion.services.today import noted_doses
from companion.storage import entries
from companion.storage.unit_of_work import Store, Unit

PLANNED, DIFFERENT, OPEN = "planned", "different", ""
"""The answers: as planned, a different amount, nothing to note (what is noted already stays)."""


@dataclass(frozen=True)
class PaperSlot:
    """One dose of the month that is past or of today, and what was noted about it."""

    plan: LivePlan
    day: date
    moment: Moment
    dose: MomentDose
    noted: Entry | None

    @property
    def key(self) -> str:
        return f"{self.day.isoformat()}-{self.moment.value}-{self.plan.id}"

    @property
    def seen(self) -> str:
        """What stands there now, for the form to bring back: what was noted since is not silently replaced."""
        return self.noted.id if self.noted else ""

    @property
    def noted_mg(self) -> Decimal | None:
        return taken_mg(self.noted.data) if self.noted else None


@dataclass(frozen=True)
class Answer:
    choice: str
    mg: str
    seen: str


def read_slots(store: Store, person: Person, month: Month, now: datetime) -> list[PaperSlot]:
    """The doses of a month until today, by day, moment and plan. Days to come are not offered."""
    with store.read() as unit:
        return _slots(unit, person, month, person.day(now))


def _slots(unit: Unit, person: Person, month: Month, today: date) -> list[PaperSlot]:
    last = min(month.last, today)
    noted: dict[tuple[date, str | None, str | None], Entry] = {}
    for entry in entries.between(unit, person.id, Kind.DOSE, month.first, month.last):
        noted |= {(entry.day, *slot): kept for slot, kept in noted_doses([entry]).items()}
    found = [
        PaperSlot(plan, day, moment, dose, noted.get((day, plan.id, moment.value)))
        for plan in live_plans(unit, person)
        for stretch in clip(confirmed_days(plan), month.first, last)
        for day in _days(stretch.first_day, stretch.last_day)
        for moment, dose in stretch.moments.items()
    ]
    order = list(Moment)
    return sorted(found, key=lambda slot: (slot.day, order.index(slot.moment)))


def _days(first: date, last: date) -> list[date]:
    return [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]


def type_back(
    store: Store, person: Person, month: Month, form_id: UUID, answers: Mapping[str, Answer], now: datetime
) -> Refused | None:
    """Keep what was typed. The same form twice is one answer: the ids come from the form and what it says."""
    with store.write(person.id) as unit:
        reasons: list[Reason] = []
        made: list[Entry] = []
        for slot in _slots(unit, person, month, person.day(now)):
            answer = answers.get(slot.key)
            if answer is None:
                continue
            mg = _amount(slot, answer)
            if isinstance(mg, Refused):
                reasons += mg.reasons
            elif mg is not None and mg != slot.noted_mg:
                if answer.seen != slot.seen:
                    reasons.append(Reason(f"a-{slot.key}", "paper_meanwhile"))
                else:
                    made.append(_entry(slot, mg, form_id, now))
        if reasons:
            return Refused(tuple(reasons))
        for entry in made:
            save_entry(unit, person, entry, now)
    return None


def _amount(slot: PaperSlot, answer: Answer) -> Decimal | Refused | None:
    """What was taken; None when nothing is to be noted."""
    typed = answer.mg.strip()
    match answer.choice:
        case "planned":
            return Refused.because(f"a-{slot.key}", "paper_two_answers") if typed else slot.dose.mg
        case "different" | "":
            if not typed:
                return Refused.because(f"m-{slot.key}", "paper_amount_needed") if answer.choice else None
            mg = read_amount(typed)
            if isinstance(mg, Refused):
                return Refused(tuple(replace(reason, field=f"m-{slot.key}") for reason in mg.reasons))
            return mg
        case _:
            return Refused.because(f"a-{slot.key}", "paper_choice")


def _entry(slot: PaperSlot, mg: Decimal, form_id: UUID, now: datetime) -> Entry:
    """A dose as `log_dose` keeps it; paper says no time, so `taken_at` is not there."""
    entry_id = uuid5(form_id, f"{slot.key} {to_text(mg)} {slot.seen}")
    data = {"plan": slot.plan.id, "moment": slot.moment.value, "mg": to_text(mg), "taken": True}
    return Entry(str(entry_id), Kind.DOSE, slot.day, now.astimezone(UTC), data)


def months_with_doses(plans: Sequence[LivePlan], today: date) -> tuple[date, date] | None:
    """The first and the last day until today that have a confirmed dose; None when there are none."""
    known = [part for plan in plans for part in clip(confirmed_days(plan), date.min, today)]
    return (min(part.first_day for part in known), max(part.last_day for part in known)) if known else None

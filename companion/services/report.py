"""What a doctor reads in two minutes: the facts of the sections that were granted, and nothing of the others.

A section that is not granted is None here, so that no page and no paper can show it by mistake.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from companion.domain.confirmation import OPEN
from companion.domain.entry import Kind
from companion.domain.history import DateRange, History, Sleep, Taken, TakenDay, sleep_of
from companion.domain.history.look_back import COMPARED_NIGHTS
from companion.domain.instrument import Instrument, Item
from companion.domain.instrument.value import Wording
from companion.domain.person import Person
from companion.domain.share import Section
from companion.domain.supply import Stretch, clip
from companion.services import instruments
from companion.services.confirmed_days import confirmed_days, some_sketch
from companion.services.history import SYMPTOM_LIST, chosen_plan, horizon_of, read_doses, read_series, taken_of
from companion.services.keep_questions import Asked, read_questions
from companion.services.log_symptoms import KeptList, kept_list
from companion.services.look_back import Written, read_written
from companion.services.plan_view import LivePlan, live_plans
from companion.storage import entries
from companion.storage.unit_of_work import Store, Unit

DAY = timedelta(days=1)
OPEN_DAYS = 28 * DAY
"""For a step without an end the units of four weeks are counted."""

MOST_ROWS = {1: 7, 2: 2}
"""How many coming steps are shown, by how many medicines there are; of the others it is said how many there are."""
MOST_PLANS = max(MOST_ROWS)
MOST_OTHERS = 3
MOST_DAYS = 4
MOST_URGENT = 4
MOST_WRITTEN = 100


@dataclass(frozen=True)
class Medicine:
    """A plan. `then` and `now`: mg a day, None where none is known; `before`: then is from before the first step.

    `rows`: the confirmed days from today on, `more_rows` further ones are not among them. `needs` are the days of
    those rows until `needs_until`.
    """

    plan: LivePlan
    then: Decimal | None
    then_day: date
    before: bool
    now: Decimal | None
    over: bool
    waits: bool
    rows: Sequence[Stretch]
    more_rows: int
    needs: Sequence[Stretch]
    needs_until: date | None
    sketch: bool

    @property
    def name(self) -> str:
        return self.plan.asked.medicine


@dataclass(frozen=True)
class OtherPlan:
    """A plan for which there is only one line: its medicine, and mg a day now (None: not known)."""

    name: str
    now: Decimal | None


@dataclass(frozen=True)
class Nights:
    """The means of the days that are told, of their last two weeks, and (looking back) of their first two."""

    all: Sleep
    last: Sleep | None
    first: Sleep | None


@dataclass(frozen=True)
class ListTold:
    """A symptom list: its sum, and the items answered with the highest answer, those that call for help aside."""

    kept: KeptList
    severe: Sequence[Item]


@dataclass(frozen=True)
class Lists:
    """The first list, the one before the last, and the last; `more` between them. Oldest first."""

    instrument: Instrument
    told: Sequence[ListTold]
    more: int


@dataclass(frozen=True)
class Otherwise:
    """Days on which more or less of a medicine than planned was noted: how many of each, and the last few."""

    plan: LivePlan | None
    counts: Mapping[Taken, int]
    days: Sequence[TakenDay]
    more: int


@dataclass(frozen=True)
class UrgentTold:
    """An answer that shows help at once: the day of its list, what was asked, and what was answered."""

    day: date
    asked: Wording
    said: Wording


@dataclass(frozen=True)
class Report:
    """`days`: what is looked back on, until today. `pictured` is the medicine of the picture."""

    sections: frozenset[Section]
    days: DateRange
    history: History
    pictured: LivePlan | None
    several: bool
    medicines: Sequence[Medicine] | None
    other_plans: Sequence[OtherPlan]
    more_plans: int
    nights: Nights | None
    lists: Lists | None
    otherwise: Sequence[Otherwise] | None
    noted_days: int
    urgent: Sequence[UrgentTold] | None
    more_urgent: int
    asked: Asked | None
    written: Sequence[Written] | None
    more_written: bool

    def shows(self, section: str) -> bool:
        return Section(section) in self.sections


def read_report(
    store: Store, person: Person, sections: Collection[Section], from_day: date | None, now: datetime
) -> Report:
    """The facts of these sections from `from_day` (None: from the beginning) until the person's day."""
    today = person.day(now)
    has = frozenset(sections)
    with store.read() as unit:
        plans = live_plans(unit, person)
        running = [plan for plan in plans if not plan.kept.ended_on]
        plan = chosen_plan(running or plans, "")
        begun = [horizon_of(unit, person, each, today).first_day for each in (None, *plans)]
        first = max(from_day or date.min, min(begun))
        days = DateRange(min(first, today), today)
        series = read_series(unit, person, plans, plan, days, today)
        lists = _kept_lists(unit, person, days) if has & {Section.SYMPTOMS, Section.URGENT} else []
        urgent = [told for each in reversed(lists) for told in _urgent(each)]
        asked = read_questions(unit, person) if Section.LOOK_BACK in has else None
        written = read_written(unit, person, days, MOST_WRITTEN) if Section.NOTES in has else None
        shown = running or plans[-1:]
        taken: list[tuple[LivePlan | None, Sequence[TakenDay]]] = []
        noted = 0
        if Section.DOSES in has:
            noted = entries.days_with(unit, person.id, Kind.DOSE, days.first_day, today)
            others = [each for each in shown if plan and each.id != plan.id]
            doses = read_doses(unit, person, days, today) if others else []
            taken = [*((each, taken_of(doses, plans, each, days, today)) for each in others), (plan, series.taken)]
    return Report(
        sections=has,
        days=days,
        history=_granted(series, has),
        pictured=plan if has & {Section.PLAN, Section.DOSES} else None,
        several=len(shown) > 1,
        medicines=_medicines(shown, days, today) if Section.PLAN in has else None,
        other_plans=[_other(each, today) for each in shown[:-MOST_PLANS][-MOST_OTHERS:]] if Section.PLAN in has else (),
        more_plans=max(0, len(shown) - MOST_PLANS - MOST_OTHERS) if Section.PLAN in has else 0,
        nights=_nights(series, days, has) if Section.NIGHTS in has else None,
        lists=_lists(lists) if Section.SYMPTOMS in has else None,
        otherwise=[_otherwise(each, told, days, len(taken)) for each, told in taken] if Section.DOSES in has else None,
        noted_days=noted,
        urgent=urgent[:MOST_URGENT] if Section.URGENT in has else None,
        more_urgent=max(0, len(urgent) - MOST_URGENT) if Section.URGENT in has else 0,
        asked=asked if asked and asked.any else None,
        written=sorted(written[:MOST_WRITTEN], key=lambda each: each.day) if written is not None else None,
        more_written=written is not None and len(written) > MOST_WRITTEN,
    )


def _granted(series: History, has: frozenset[Section]) -> History:
    """The series of the picture without those that were not granted."""
    plan = Section.PLAN in has
    return replace(
        series,
        doses=series.doses if plan else (),
        turns=series.turns if plan else (),
        taken=series.taken if plan and Section.DOSES in has else (),
        nights=series.nights if Section.NIGHTS in has else (),
        symptoms=series.symptoms if Section.SYMPTOMS in has else (),
    )


def _medicines(plans: Sequence[LivePlan], days: DateRange, today: date) -> list[Medicine]:
    shown = plans[-MOST_PLANS:]
    return [_medicine(plan, days, today, MOST_ROWS[len(shown)]) for plan in shown]


def _medicine(plan: LivePlan, days: DateRange, today: date, most: int) -> Medicine:
    known = confirmed_days(plan)
    coming = clip(known, today, OPEN)
    start, ended = plan.asked.start, plan.layout.first_day_without
    before = days.first_day <= start
    on_first, on_today = _daily(known, days.first_day), _daily(known, today)
    rows = coming[:most]
    last = rows[-1].last_day if rows else None
    until = today + OPEN_DAYS - DAY if last == OPEN else last
    return Medicine(
        plan=plan,
        then=sum(plan.asked.daily.values(), Decimal(0)) if before else on_first,
        then_day=start if before else days.first_day,
        before=before,
        now=None if plan.waits_on(today) else on_today,
        over=bool(ended and ended <= today and plan.kept.ended_on is None and plan.confirmed_numbers),
        waits=plan.waits_on(today) is not None,
        rows=rows,
        more_rows=max(0, len(coming) - most),
        needs=clip(rows, today, until) if until else (),
        needs_until=until,
        sketch=some_sketch(plan, today, OPEN) or any(plan.state(row) == "sketch" for row in plan.undated),
    )


def _other(plan: LivePlan, today: date) -> OtherPlan:
    now = None if plan.waits_on(today) else _daily(confirmed_days(plan), today)
    return OtherPlan(plan.asked.medicine, now)


def _daily(known: Sequence[Stretch], day: date) -> Decimal | None:
    here = clip(known, day, day)
    return sum((dose.mg for dose in here[0].moments.values()), Decimal(0)) if here else None


def _nights(series: History, days: DateRange, has: frozenset[Section]) -> Nights:
    def of(span: DateRange) -> Sleep:
        return sleep_of(night for night in series.nights if night.day in span)

    window = (COMPARED_NIGHTS - 1) * DAY
    if days.days < 2 * COMPARED_NIGHTS:
        return Nights(of(days), None, None)
    first = of(DateRange(days.first_day, days.first_day + window)) if Section.LOOK_BACK in has else None
    return Nights(of(days), of(DateRange(days.last_day - window, days.last_day)), first)


def _kept_lists(unit: Unit, person: Person, days: DateRange) -> list[KeptList]:
    found = entries.between(unit, person.id, Kind.SYMPTOMS, days.first_day, days.last_day)
    known = instruments.known()
    return [kept_list(entry) for entry in found if entry.data.get("instrument") in known]


def _lists(kept: Sequence[KeptList]) -> Lists:
    of_picture = [each for each in kept if each.answers.instrument == SYMPTOM_LIST]
    shown = of_picture if len(of_picture) <= 3 else [of_picture[0], *of_picture[-2:]]
    return Lists(
        instruments.load(SYMPTOM_LIST), [ListTold(each, _severe(each)) for each in shown], len(of_picture) - len(shown)
    )


def _severe(kept: KeptList) -> list[Item]:
    urgent = {each.id for each in kept.urgent}
    return [
        item
        for item in kept.instrument.items
        if item.id not in urgent and kept.answers.items.get(item.id) == max(each.score for each in item.answers)
    ]


def _urgent(kept: KeptList) -> list[UrgentTold]:
    instrument = kept.instrument
    items = {item.id: item for item in instrument.items}
    told = []
    for each in kept.urgent:
        if each.when is None:
            said = items[each.id].answered(kept.answers.items[each.id]).wording
        else:
            said = next(answer.wording for answer in instrument.safety_answers if answer.when is each.when)
        told.append(UrgentTold(kept.entry.day, each.wording, said))
    return told


def _otherwise(plan: LivePlan | None, taken: Sequence[TakenDay], days: DateRange, several: int) -> Otherwise:
    told = [each for each in taken if each.day in days]
    most = {1: MOST_DAYS, 2: 2}.get(several, 1)
    return Otherwise(plan, Counter(each.kind for each in told), told[-most:], max(0, len(told) - most))

"""Looking back on some months: then and now side by side, what was written, and the questions to take along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from companion.domain.entry import Entry, Kind
from companion.domain.history import (
    DateRange,
    History,
    Period,
    Since,
    Sleep,
    period,
    sleep_of,
    usual_since,
)
from companion.domain.instrument import Change, Instrument, ids_by_change
from companion.domain.person import Person
from companion.services import instruments
from companion.services.history import chosen_plan, horizon_of, read_series
from companion.services.keep_questions import Asked, read_questions
from companion.services.log_symptoms import KeptList, kept_list
from companion.services.plan_view import LivePlan, live_plans
from companion.storage import entries
from companion.storage.unit_of_work import Store, Unit

_BASELINE = timedelta(days=31)
"""A list filled in this long before the first day still counts as then: it is offered before the first lower dose."""

_MOST_WORDS = 60
_WORDS = ((Kind.NIGHT, "note"), (Kind.SYMPTOMS, "new"), (Kind.CHECK_IN, "words"))


@dataclass(frozen=True)
class Doses:
    """mg a day, None where none is known. `before`: then is the dose from before the first step of the plan.

    `over`: the plan is behind the person, so that now there is no dose.
    """

    then: Decimal | None
    now: Decimal | None
    before: bool
    over: bool


@dataclass(frozen=True)
class Lists:
    """One questionnaire then and now: two lists of different days, or None where there are none.

    `change`: the ids of the items that came, went and stayed.
    """

    instrument: Instrument
    then: KeptList | None
    now: KeptList | None
    change: Mapping[Change, Sequence[str]] | None


@dataclass(frozen=True)
class Written:
    """Somebody's own words, and what they were written with."""

    day: date
    kind: Kind
    text: str


@dataclass(frozen=True)
class LookBack:
    """`written`: oldest first, at most so many; `more_written` when there are older ones."""

    plans: Sequence[LivePlan]
    plan: LivePlan | None
    since: Since
    period: Period
    history: History
    doses: Doses
    then: Sleep
    now: Sleep
    lists: Sequence[Lists]
    written: Sequence[Written]
    more_written: bool
    asked: Asked | None


def read_look_back(store: Store, person: Person, plan_id: str, since: Since | None, today: date) -> LookBack:
    """The last months of this person. `since` None: what is usual for where their plan is."""
    with store.read() as unit:
        plans = live_plans(unit, person)
        plan = chosen_plan(plans, plan_id)
        start = plan.asked.start if plan else None
        since = since or usual_since(today, start)
        days = period(since, today, start, horizon_of(unit, person, plan, today).first_day)
        history = read_series(unit, person, plans, plan, days.days, today)
        lists = _lists(unit, person, days.days)
        written = read_written(unit, person, days.days, _MOST_WORDS)
        asked = read_questions(unit, person)
    return LookBack(
        plans=plans,
        plan=plan,
        since=since,
        period=days,
        history=history,
        doses=_doses(plan, history, days.days),
        then=_sleep(history, days.then),
        now=_sleep(history, days.now),
        lists=lists,
        written=sorted(written[:_MOST_WORDS], key=lambda each: each.day),
        more_written=len(written) > _MOST_WORDS,
        asked=asked,
    )


def _doses(plan: LivePlan | None, history: History, days: DateRange) -> Doses:
    def on(day: date) -> Decimal | None:
        return next((step.mg for step in history.doses if step.covers(day)), None)

    if plan is None:
        return Doses(None, None, before=False, over=False)
    before = days.first_day == plan.asked.start
    ended = plan.layout.first_day_without
    over = bool(ended and ended <= days.last_day and plan.kept.ended_on is None and plan.confirmed_numbers)
    then = sum(plan.asked.daily.values(), Decimal(0)) if before else on(days.first_day)
    return Doses(then, on(days.last_day), before, over)


def _sleep(history: History, days: DateRange) -> Sleep:
    return sleep_of(night for night in history.nights if night.day in days)


def _lists(unit: Unit, person: Person, days: DateRange) -> list[Lists]:
    found = entries.between(unit, person.id, Kind.SYMPTOMS, days.first_day - _BASELINE, days.last_day)
    return [
        _then_and_now(
            instruments.load(known), [entry for entry in found if entry.data.get("instrument") == known], days
        )
        for known in instruments.known()
    ]


def _then_and_now(instrument: Instrument, found: Sequence[Entry], days: DateRange) -> Lists:
    """Then: the last list on or before the first day, else the first one since. Now: the last of a later day."""
    if not found:
        return Lists(instrument, None, None, None)
    early = [entry for entry in found if entry.day <= days.first_day]
    then = early[-1] if early else found[0]
    now = found[-1] if found[-1].day > then.day else None
    first, last = kept_list(then), kept_list(now) if now else None
    change = ids_by_change(instrument, first.answers, last.answers) if last else None
    return Lists(instrument, first, last, change)


def read_written(unit: Unit, person: Person, days: DateRange, most: int) -> list[Written]:
    """The newest words of these days, newest first; one more than are shown, to know whether there are."""
    found = [
        Written(entry.day, kind, entry.data[key])
        for kind, key in _WORDS
        for entry in entries.with_words(unit, person.id, kind, days.first_day, days.last_day, most + 1)
        if entry.data.get(key)
    ]
    return sorted(found, key=lambda each: each.day, reverse=True)[: most + 1]

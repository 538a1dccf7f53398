"""A plan event that a phone kept: done on the plan it saw, or refused.

Its entry and what it did are one transaction.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from companion.domain.bending import Bend
from companion.domain.codes import Refused
from companion.domain.dose import Dose, dose_to_data
from companion.domain.entry import Entry, Kind, read_id
from companion.domain.person import Person
from companion.domain.plan import GoalKind
from companion.domain.plan.asked_event import AskedEvent, asked_event_to_data, read_asked_event
from companion.domain.plan.event_document import event_to_data
from companion.domain.plan.model import Back, Event, Extra, GoOn, NewRows, Stay
from companion.domain.plan_change import Why
from companion.domain.sent import Sent
from companion.services.bend_plan import bend_kept, choices_of
from companion.services.plan_view import LivePlan, live
from companion.services.save_entry import Saved
from companion.storage import entries, plans
from companion.storage.plans import KeptPlan
from companion.storage.unit_of_work import Store, Unit

LONGEST_WAY: Final = timedelta(days=7)
"""How long after it was asked a plan is still bent as of that day: as long as a phone keeps pages for (issue 5)."""

_PLACE: Final = re.compile(r"^events\[[0-9]+\]\.?")


def apply_event(store: Store, person: Person, sent: Sent, now: datetime) -> Saved | Refused:
    """Bend the plan where it is still the version seen, and keep what was asked under its id.

    It acts as of the day on which it was asked: what the phone said then is what happens.
    """
    with store.write(person.id) as unit:
        if entries.known(unit, person.id, [sent.id]):
            return Saved.ALREADY_STORED
        plan_id = read_id(sent.data.get("plan"))
        kept = plans.get(unit, person.id, plan_id) if plan_id else None
        asked = read_asked_event(sent.data, GoalKind(kept.document["goal"]["kind"]) if kept else GoalKind.STOP)
        if isinstance(asked, Refused):
            return asked
        if kept is None:
            return Refused.because("plan", "sync_plan")
        if refused := _act(unit, person, kept, sent, asked, now):
            return Refused(tuple(replace(each, field=_PLACE.sub("", each.field)) for each in refused.reasons))
        entry = Entry(sent.id, Kind.PLAN_EVENT, sent.day, sent.recorded_at, asked_event_to_data(asked))
        entries.add(unit, person.id, [entry], now)
    return Saved.STORED


def _act(unit: Unit, person: Person, kept: KeptPlan, sent: Sent, asked: AskedEvent, now: datetime) -> Refused | None:
    today = person.day(now)
    if sent.day > today:
        return Refused.because("day", "person_future_night")
    if isinstance(asked.event, Extra):
        return _note_extra(unit, person, sent, asked, asked.event, now)
    if kept.version != asked.version or kept.ended_on:
        return Refused.because("version", "plan_changed_meanwhile")
    if today - sent.day > LONGEST_WAY:
        return Refused.because("day", "plan_day_over")
    if asked.event.on < sent.day:
        return Refused.because("on", "plan_day_over")
    if not _offered(live(kept), asked.event, sent.day):
        return Refused.because("kind", "plan_not_now")
    return bend_kept(unit, person, kept, _bend(asked.event), sent.day, now)


def _offered(plan: LivePlan, event: Event, asked_on: date) -> bool:
    """Whether the page would offer it on the day it was asked; a row that is bent must stand confirmed."""
    match event:
        case Stay():
            return choices_of(plan, event.on).stay
        case Back():
            return choices_of(plan, event.on).back
        case GoOn():
            return choices_of(plan, asked_on).go_on is not None
        case _:
            return choices_of(plan, asked_on).rows


def _bend(event: Event) -> Bend:
    match event:
        case Stay(on, days):
            return Bend(Why.STAY, on, days)
        case Back(on, days):
            return Bend(Why.BACK, on, days)
        case NewRows(on, _):
            return Bend(Why.ROWS, on, rows=tuple(event_to_data(event)["rows"]))
        case _:
            return Bend(Why.GO_ON, event.on)


def _note_extra(
    unit: Unit, person: Person, sent: Sent, asked: AskedEvent, extra: Extra, now: datetime
) -> Refused | None:
    """An amount beside the plan changes no row: it is noted as a dose, whatever version the plan has by now."""
    if extra.on > person.day(now):
        return Refused.because("on", "person_future_night")
    dose = dose_to_data(Dose(asked.plan_id, extra.moment, extra.mg, taken=True, extra=True))
    entry_id = str(uuid5(UUID(sent.id), "extra"))
    if not entries.known(unit, person.id, [entry_id]):
        entries.add(unit, person.id, [Entry(entry_id, Kind.DOSE, extra.on, sent.recorded_at, dose)], now)
    return None

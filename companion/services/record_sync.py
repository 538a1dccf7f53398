"""Keep what a phone stored while it had no network. Safe to repeat, in any order and in any parts (contract §4).

Everything but plan events is one transaction with a handful of questions to the database, however many entries there
are. Plan events follow, in the order in which they were asked, each in a transaction of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from companion.domain.codes import Reason, Refused
from companion.domain.consent import Purpose
from companion.domain.entry import Entry, Kind, age, read_id, slot
from companion.domain.person import Person
from companion.domain.sent import Sent, read_sent
from companion.services.apply_event import apply_event
from companion.services.read_sent import read_entry
from companion.storage import entries, people, plans
from companion.storage.unit_of_work import Store, Unit

PURPOSES: Mapping[Kind, Purpose] = {
    Kind.NIGHT: Purpose.DIARY,
    Kind.SYMPTOMS: Purpose.DIARY,
    Kind.CHECK_IN: Purpose.DIARY,
    Kind.DOSE: Purpose.PLAN,
    Kind.PLAN_EVENT: Purpose.PLAN,
    Kind.WIND_DOWN: Purpose.DIARY,
    Kind.CALM_NOTE: Purpose.DIARY,
}
"""What someone must have said yes to before an entry is kept."""

MOST_EVENTS: Final = 50
"""How many plan events are judged in one request: each may lay out a plan, and nobody asks for more in a week."""


class Status(StrEnum):
    STORED = "stored"
    ALREADY_STORED = "already_stored"
    SUPERSEDED = "superseded"
    REFUSED = "refused"


@dataclass(frozen=True)
class Result:
    status: Status
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class _Desk:
    """What has to be known of a person to judge what they sent."""

    known: Collection[str]
    purposes: Collection[Purpose]
    plans: Collection[str]


def record_sync(store: Store, person: Person, given: Sequence[object], now: datetime) -> list[Result] | None:
    """What became of each, in the order given; nothing is told before it is committed. None: the person is gone."""
    ids = [read_id(value.get("id")) if isinstance(value, dict) else None for value in given]
    read = [_read(value, person, now) for value in given]
    results: dict[int, Result] = {}
    fresh: dict[str, Entry] = {}
    with store.write(person.id) as unit:
        if not people.is_there(unit, person.id):
            return None
        desk = _desk(unit, person, {each for each in ids if each})
        for place, found in enumerate(read):
            if ids[place] in desk.known or ids[place] in fresh:
                results[place] = Result(Status.ALREADY_STORED)
            elif reasons := _objections(found, desk):
                results[place] = Result(Status.REFUSED, reasons)
            elif isinstance(found, Entry):
                fresh[found.id] = found
                results[place] = Result(Status.STORED)
        shown = _keep(unit, person, fresh, now)
    for place, found in enumerate(read):
        if isinstance(found, Entry) and results[place].status is Status.STORED and found.id not in shown:
            results[place] = Result(Status.SUPERSEDED)
    asked = [(each, place) for place, each in enumerate(read) if isinstance(each, Sent) and place not in results]
    for turn, (sent, place) in enumerate(sorted(asked, key=lambda pair: (pair[0].recorded_at, pair[0].id, pair[1]))):
        if turn >= MOST_EVENTS:
            results[place] = Result(Status.REFUSED, (Reason("", "sync_too_many_events"),))
            continue
        became = apply_event(store, person, sent, now)
        results[place] = (
            Result(Status.REFUSED, became.reasons) if isinstance(became, Refused) else Result(Status(became.value))
        )
    return [results[place] for place in range(len(given))]


def _read(value: object, person: Person, now: datetime) -> Entry | Sent | Refused:
    """An entry to keep, or a plan event, which is read beside its plan."""
    sent = read_sent(value)
    if isinstance(sent, Refused) or sent.kind is Kind.PLAN_EVENT:
        return sent
    return read_entry(sent, person, now)


def _desk(unit: Unit, person: Person, ids: Collection[str]) -> _Desk:
    return _Desk(
        entries.known(unit, person.id, ids),
        {consent.purpose for consent in people.consents(unit, person.id) if consent.stands},
        plans.ids(unit, person.id),
    )


def _objections(found: Entry | Sent | Refused, desk: _Desk) -> tuple[Reason, ...]:
    if isinstance(found, Refused):
        return found.reasons
    purpose = PURPOSES[found.kind]
    if purpose not in desk.purposes:
        return (Reason("", f"sync_consent_{purpose.value}"),)
    plan_id = found.data.get("plan") if found.kind is Kind.DOSE else None
    return (Reason("plan", "sync_plan"),) if plan_id and plan_id not in desk.plans else ()


def _keep(unit: Unit, person: Person, fresh: Mapping[str, Entry], now: datetime) -> set[str]:
    """Store new entries: of every slot they are about, only the newest version stands. Gives the ids that stand."""
    rivals = entries.standing_on(
        unit, person.id, {entry.kind for entry in fresh.values()}, {entry.day for entry in fresh.values()}
    )
    about = {slot(entry) for entry in fresh.values()} - {None}
    newest: dict[object, Entry] = {}
    for entry in (*rivals, *fresh.values()):
        key = slot(entry) or entry.id
        newest[key] = max(newest.get(key, entry), entry, key=age)
    standing = {entry.id for entry in newest.values()}
    old = [entry.id for entry in rivals if slot(entry) in about and entry.id not in standing]
    entries.supersede(unit, person.id, *old)
    entries.add(unit, person.id, (replace(each, superseded=each.id not in standing) for each in fresh.values()), now)
    return standing

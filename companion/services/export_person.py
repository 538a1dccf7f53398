"""Everything of a person as one JSON object (contract §4)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from companion.domain.entry import Entry, Kind
from companion.domain.person import Person
from companion.services.instant_text import instant
from companion.storage import entries, people, plans
from companion.storage.plans import KeptPlan
from companion.storage.portable import PORTABLE, Portable, give
from companion.storage.unit_of_work import Store, Unit

FORMAT = "andante-export"
VERSION = 1
NAMES = {
    Kind.DOSE: "doses",
    Kind.NIGHT: "nights",
    Kind.SYMPTOMS: "symptoms",
    Kind.CHECK_IN: "check_ins",
    Kind.PLAN_EVENT: "plan_events",
    Kind.DOCTOR_FIRST: "doctor_first",
    Kind.LOOK_BACK: "look_back",
    Kind.SET_ASIDE: "set_aside",
    Kind.WIND_DOWN: "wind_down",
    Kind.CALM_NOTE: "calm_note",
}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "day": entry.day.isoformat(),
        "recorded_at": instant(entry.recorded_at),
        "data": dict(entry.data),
        "superseded": entry.superseded,
        "stored_at": instant(entry.stored_at),
    }


def _plan(versions: list[KeptPlan]) -> dict[str, Any]:
    newest = versions[-1]
    return {
        "id": newest.id,
        "day": newest.document["start"],
        "recorded_at": instant(versions[0].made_at),
        "data": dict(newest.document),
        "superseded": False,
        "version": newest.version,
        "agreed_with": newest.agreed_with or None,
        "agreed_at": instant(newest.agreed_at),
        "ended_on": _day(newest.ended_on),
        "versions": [
            {
                "version": each.version,
                "recorded_at": instant(each.made_at),
                "reason": each.reason,
                "data": dict(each.document),
                "confirmed_until": {str(n): _day(until) for n, until in sorted(each.until.items())},
                "confirmed_at": {str(n): instant(at) for n, at in sorted(each.confirmed_at.items())},
            }
            for each in versions
        ],
    }


def _flat(unit: Unit, person: Person, portable: Portable) -> Any:
    rows = give(unit, person.id, portable)
    return next(iter(rows), None) if portable.single else rows


def _person(unit: Unit, person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "language": person.language,
        "zone": person.zone.key,
        "day_turn": person.day_turn.strftime("%H:%M"),
        "joined_at": instant(person.made_at),
        "demo": people.is_demo(unit, person.id),
        "consents": [
            {
                "id": consent.id,
                "purpose": consent.purpose.value,
                "text_version": consent.text_version,
                "language": consent.language,
                "given_at": instant(consent.given_at),
                "withdrawn_at": instant(consent.withdrawn_at),
            }
            for consent in people.consents(unit, person.id)
        ],
    }


def export_person(store: Store, person: Person) -> dict[str, Any]:
    """Every entry of every kind, earlier versions included; not what lets someone in: hashes, sessions, addresses."""
    with store.read() as unit:
        return everything_of(unit, person)


def everything_of(unit: Unit, person: Person) -> dict[str, Any]:
    """The export, read in an open transaction."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "person": _person(unit, person),
        "plans": [_plan(plans.versions(unit, person.id, kept.id)) for kept in plans.current(unit, person.id)],
        **{
            name: [_entry(entry) for entry in entries.everything(unit, person.id, kind)] for kind, name in NAMES.items()
        },
        **{each.section: _flat(unit, person, each) for each in PORTABLE},
    }


def export_text(document: Mapping[str, Any]) -> str:
    """The same as JSON text, an entry on each line: quick to write, and to be read by people too."""
    parts = [f"{json.dumps(name)}: {_text(value)}" for name, value in document.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _text(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return json.dumps(value, ensure_ascii=False)
    return "[\n" + ",\n".join(json.dumps(each, ensure_ascii=False) for each in value) + "\n]"

"""Read the JSON of an export back: strictly and whole, or refused with the place that is wrong. Nothing is stored."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from companion.domain.calm_note import note_from_data
from companion.domain.check_in import check_in_to_data, read_check_in
from companion.domain.codes import Refused
from companion.domain.consent import Consent, Purpose
from companion.domain.day import read_wall_time
from companion.domain.dose import dose_to_data, read_dose
from companion.domain.entry import Entry, Kind, read_id
from companion.domain.instant import read_instant
from companion.domain.instrument import answers_to_data
from companion.domain.night import lived_night
from companion.domain.person import Person, check_name
from companion.domain.plan import GoalKind
from companion.domain.plan.asked_event import asked_event_to_data, read_asked_event
from companion.domain.plan.fields import read_day
from companion.domain.wind_down import steps_from_data
from companion.services.export_person import FORMAT, NAMES, VERSION
from companion.services.log_symptoms import read_list
from companion.services.plan_view import read_and_lay_out
from companion.storage.plans import KeptPlan
from companion.storage.portable import PORTABLE, read

MOST: Final = 200_000
"""Entries and rows of one section: more than a hundred years of noting four things a day."""

LATER: Final = (NAMES[Kind.WIND_DOWN], NAMES[Kind.CALM_NOTE])
"""Sections that older files do not have: there was nothing of it yet."""

_REASON: Final = re.compile(r"[a-z0-9_ :-]{1,80}")
_LANGUAGES: Final = ("nl", "fr")


@dataclass(frozen=True)
class Portrait:
    """Everything of an export, in the shapes of the house. `flat` holds rows by section, still unsealed."""

    person: Person
    demo: bool
    consents: Sequence[Consent]
    plans: Sequence[Sequence[KeptPlan]]
    entries: Sequence[Entry]
    flat: Mapping[str, Sequence[Mapping[str, Any]]]


class _Damaged(Exception):
    """What was read is not what an export looks like. Its text is the place."""


def read_export(text: str) -> Portrait | Refused:
    """What an export holds. Refused whole when it is not one of ours, or not as we wrote it."""
    try:
        document = json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
    except (ValueError, RecursionError):
        return Refused.because("file", "import_not_json")
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        return Refused.because("file", "import_foreign")
    if document.get("version") != VERSION:
        return Refused.because("file", "import_version")
    try:
        return _portrait(document)
    except _Damaged as damaged:
        return Refused.because("file", "import_damaged", place=str(damaged))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands there twice")
    return found


def _constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _portrait(document: Mapping[str, Any]) -> Portrait:
    document = {name: [] for name in LATER} | dict(document)
    flat_sections = {each.section for each in PORTABLE}
    _keys(document, "file", {"format", "version", "person", "plans", *NAMES.values(), *flat_sections})
    person, demo, consents = _person(document["person"])
    plans = [_plan(value, f"plans[{n}]") for n, value in enumerate(_list(document["plans"], "plans"))]
    goals = {versions[-1].id: GoalKind(versions[-1].document["goal"]["kind"]) for versions in plans}
    found = [
        _entry(value, kind, person, goals, f"{name}[{n}]")
        for kind, name in NAMES.items()
        for n, value in enumerate(_list(document[name], name))
    ]
    _once([entry.id for entry in found], "entries")
    _once([versions[-1].id for versions in plans], "plans")
    flat = {}
    for each in PORTABLE:
        rows = read(each, document[each.section])
        if isinstance(rows, Refused):
            raise _Damaged(rows.reasons[0].field)
        flat[each.section] = rows
    return Portrait(person, demo, consents, plans, found, flat)


def _person(value: object) -> tuple[Person, bool, list[Consent]]:
    names = {"id", "name", "language", "zone", "day_turn", "joined_at", "demo", "consents"}
    given = _keys(value, "person", names)
    turn = read_wall_time(given["day_turn"]) if isinstance(given["day_turn"], str) else None
    if not isinstance(given["name"], str) or check_name(given["name"]):
        raise _Damaged("person.name")
    if given["language"] not in _LANGUAGES or turn is None or not isinstance(given["demo"], bool):
        raise _Damaged("person")
    person = Person(
        _id(given["id"], "person.id"),
        given["name"],
        given["language"],
        _zone(given["zone"]),
        turn,
        _instant(given["joined_at"], "person.joined_at"),
    )
    consents = _list(given["consents"], "person.consents")
    return person, given["demo"], [_consent(each, f"person.consents[{n}]") for n, each in enumerate(consents)]


def _zone(value: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(value))
    except (LookupError, ValueError, OSError) as error:
        raise _Damaged("person.zone") from error


def _consent(value: object, place: str) -> Consent:
    given = _keys(value, place, {"id", "purpose", "text_version", "language", "given_at", "withdrawn_at"})
    if given["purpose"] not in [*Purpose] or given["language"] not in _LANGUAGES:
        raise _Damaged(place)
    return Consent(
        Purpose(given["purpose"]),
        _text(given["text_version"], place, 40),
        given["language"],
        _instant(given["given_at"], place),
        _maybe(_instant, given["withdrawn_at"], place),
        _id(given["id"], place),
    )


def _plan(value: object, place: str) -> list[KeptPlan]:
    names = {"id", "day", "recorded_at", "data", "superseded", "version", "agreed_with", "agreed_at", "ended_on"}
    given = _keys(value, place, {*names, "versions"})
    plan_id = _id(given["id"], place)
    agreed_with = given["agreed_with"] and _text(given["agreed_with"], place, 200)
    agreed_at = _maybe(_instant, given["agreed_at"], place)
    ended_on = _maybe(_day, given["ended_on"], place)
    versions: list[KeptPlan] = []
    for n, each in enumerate(_list(given["versions"], place), start=1):
        where = f"{place}.versions[{n - 1}]"
        one = _keys(each, where, {"version", "recorded_at", "reason", "data", "confirmed_until", "confirmed_at"})
        if one["version"] != n or isinstance(one["version"], bool) or not _REASON.fullmatch(str(one["reason"])):
            raise _Damaged(where)
        if not isinstance(one["data"], dict) or isinstance(read_and_lay_out(one["data"]), Refused):
            raise _Damaged(f"{where}.data")
        until = _by_row(one["confirmed_until"], _day, where)
        since = _by_row(one["confirmed_at"], _instant, where)
        if set(until) != set(since):
            raise _Damaged(where)
        reasons = (*(versions[-1].reasons if versions else ()), one["reason"])
        made_at = _instant(one["recorded_at"], where)
        kept = KeptPlan(plan_id, n, made_at, one["reason"], one["data"], until, agreed_with or "", agreed_at, ended_on)
        versions.append(replace(kept, reasons=reasons, confirmed_at=since))
    whole = versions and given["version"] == len(versions) and given["data"] == versions[-1].document
    if not whole or given["superseded"] is not False or given["day"] != given["data"]["start"]:
        raise _Damaged(place)
    if _instant(given["recorded_at"], place) != versions[0].made_at:
        raise _Damaged(place)
    return versions


def _entry(value: object, kind: Kind, person: Person, goals: Mapping[str, GoalKind], place: str) -> Entry:
    given = _keys(value, place, {"id", "day", "recorded_at", "data", "superseded", "stored_at"})
    day = _day(given["day"], place)
    if not isinstance(given["superseded"], bool) or not isinstance(given["data"], dict):
        raise _Damaged(place)
    data = _data(kind, given["data"], day, person, goals)
    if isinstance(data, Refused):
        raise _Damaged(f"{place}.data")
    return Entry(
        _id(given["id"], place),
        kind,
        day,
        _instant(given["recorded_at"], place),
        data,
        given["superseded"],
        _instant(given["stored_at"], place),
    )


def _data(
    kind: Kind, data: Mapping[str, Any], day: date, person: Person, goals: Mapping[str, GoalKind]
) -> Mapping[str, Any] | Refused:
    """The data of an entry, when its kind can be written so."""
    match kind:
        case Kind.NIGHT:
            lived = lived_night(data, day, person.zone)
            return lived if isinstance(lived, Refused) else data  # as it was written: what was left out stays left out
        case Kind.DOSE:
            dose = read_dose(data)
            return dose if isinstance(dose, Refused) else dose_to_data(dose)
        case Kind.SYMPTOMS:
            answers = read_list(data)
            return answers if isinstance(answers, Refused) else answers_to_data(answers)
        case Kind.CHECK_IN:
            check_in = read_check_in(data)
            return check_in if isinstance(check_in, Refused) else check_in_to_data(check_in)
        case Kind.PLAN_EVENT:
            asked = read_asked_event(data, goals.get(str(data.get("plan")), GoalKind.STOP))
            return asked if isinstance(asked, Refused) else asked_event_to_data(asked)
        case Kind.DOCTOR_FIRST:
            answers_said = data.get("answers")
            right = isinstance(answers_said, dict) and _words([data.get("medicine"), *answers_said.values()])
            return data if right and set(data) == {"medicine", "answers"} else Refused.because("data", "import_damaged")
        case Kind.LOOK_BACK:
            ticked = data.get("ticked")
            right = isinstance(ticked, list) and _words([*ticked, data.get("words", "")])
            return data if right and set(data) <= {"ticked", "words"} else Refused.because("data", "import_damaged")
        case Kind.SET_ASIDE | Kind.WIND_DOWN | Kind.CALM_NOTE:
            return data if _right(kind, data) else Refused.because("data", "import_damaged")


def _right(kind: Kind, data: Mapping[str, Any]) -> bool:
    """Whether what stands alone is written as its pages write it."""
    if kind is Kind.WIND_DOWN:
        return not isinstance(steps_from_data(data), Refused)
    if kind is Kind.CALM_NOTE:
        return not isinstance(note_from_data(data), Refused)
    return set(data) == {"text"} and _words([data["text"]])


def _words(values: Sequence[object]) -> bool:
    return all(isinstance(value, str) and len(value) <= 4000 and "\x00" not in value for value in values)


# One value of JSON, or the place that is wrong


def _keys(value: object, place: str, names: set[str]) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _Damaged(place)
    for name in names ^ set(value):
        raise _Damaged(f"{place}.{name[:40]}" if name.isidentifier() else place)
    return value


def _list(value: object, place: str) -> list[Any]:
    if not isinstance(value, list) or len(value) > MOST:
        raise _Damaged(place)
    return value


def _once(ids: Sequence[str], place: str) -> None:
    if len(set(ids)) != len(ids):
        raise _Damaged(place)


def _id(value: object, place: str) -> str:
    found = read_id(value)
    if found is None or found != value:
        raise _Damaged(place)
    return found


def _instant(value: object, place: str) -> datetime:
    found = read_instant(value)
    if found is None:
        raise _Damaged(place)
    return found


def _day(value: object, place: str) -> date:
    found = read_day(value, place)
    if isinstance(found, Refused):
        raise _Damaged(place)
    return found


def _text(value: object, place: str, most: int) -> str:
    if not isinstance(value, str) or len(value) > most or "\x00" in value:
        raise _Damaged(place)
    return value


def _maybe(reads: Callable[[object, str], Any], value: object, place: str) -> Any:
    return None if value is None else reads(value, place)


def _by_row(value: object, reads: Callable[[object, str], Any], place: str) -> dict[int, Any]:
    if not isinstance(value, dict) or not all(n.isascii() and n.isdigit() and len(n) < 6 for n in value):
        raise _Damaged(place)
    return {int(n): reads(each, place) for n, each in value.items()}

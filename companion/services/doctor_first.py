"""The questions to take to a doctor, from `content/doctor_first.toml`; answers are kept only when asked to.

Answers that were taken away stay as an earlier version, to be put back, until the person says that they may go or keeps
others.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from importlib import resources

from companion.domain.doctor_first import DoctorFirst, Say, doctor_first_from
from companion.domain.entry import Entry, Kind, age
from companion.domain.person import Person
from companion.services.save_entry import save_entry
from companion.storage import entries
from companion.storage.unit_of_work import Store, Unit


@cache
def content() -> DoctorFirst:
    """Raises ValueError when the content is not whole."""
    text = resources.files("companion").joinpath("content", "doctor_first.toml").read_text(encoding="utf-8")
    return doctor_first_from(tomllib.loads(text))


def keep_answers(
    store: Store, person: Person, entry_id: str, medicine: str, answers: Mapping[str, Say], now: datetime
) -> None:
    """Because the person ticked that they want them kept."""
    said = {name: say.value for name, say in answers.items()}
    entry = Entry(entry_id, Kind.DOCTOR_FIRST, person.day(now), now, {"medicine": medicine, "answers": said})
    with store.write(person.id) as unit:
        if _away(unit, person):
            entries.remove(unit, person.id, Kind.DOCTOR_FIRST)
        save_entry(unit, person, entry, now)


def kept_answers(store: Store, person: Person) -> Entry | None:
    """The newest answers that were kept."""
    with store.read() as unit:
        return entries.latest(unit, person.id, Kind.DOCTOR_FIRST)


def away_answers(store: Store, person: Person) -> Entry | None:
    """The answers that were taken away last and can be put back."""
    with store.read() as unit:
        return _away(unit, person)


def take_answers_away(store: Store, person: Person) -> None:
    """Every kept answer of this person goes, earlier versions too; the newest can be put back."""
    with store.write(person.id) as unit:
        kept = entries.latest(unit, person.id, Kind.DOCTOR_FIRST)
        if kept:
            _only(unit, person, replace(kept, superseded=True))


def put_answers_back(store: Store, person: Person, version: str) -> None:
    """As they were before they were taken away; nothing where others were kept since."""
    with store.write(person.id) as unit:
        away = _away(unit, person)
        if away and away.id == version:
            _only(unit, person, replace(away, superseded=False))


def forget_answers(store: Store, person: Person, version: str) -> None:
    """What was taken away is kept nowhere any more; nothing where it was put back since."""
    with store.write(person.id) as unit:
        away = _away(unit, person)
        if away and away.id == version:
            entries.remove(unit, person.id, Kind.DOCTOR_FIRST)


def _away(unit: Unit, person: Person) -> Entry | None:
    if entries.latest(unit, person.id, Kind.DOCTOR_FIRST):
        return None
    return max(entries.everything(unit, person.id, Kind.DOCTOR_FIRST), key=age, default=None)


def _only(unit: Unit, person: Person, entry: Entry) -> None:
    entries.remove(unit, person.id, Kind.DOCTOR_FIRST)
    entries.put(unit, person.id, [entry])

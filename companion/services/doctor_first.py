"""The questions to take to a doctor, from `content/doctor_first.toml`; answers are kept only when asked to."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib import resources

from companion.domain.doctor_first import DoctorFirst, Say, doctor_first_from
from companion.domain.entry import Entry, Kind
from companion.domain.person import Person
from companion.services.save_entry import save_entry
from companion.storage import entries
from companion.storage.unit_of_work import Store


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
        save_entry(unit, person, entry, now)


def kept_answers(store: Store, person: Person) -> Entry | None:
    """The newest answers that were kept."""
    with store.read() as unit:
        return entries.latest(unit, person.id, Kind.DOCTOR_FIRST)


def remove_answers(store: Store, person: Person) -> None:
    """Every kept answer of this person goes, earlier versions too."""
    with store.write(person.id) as unit:
        entries.remove(unit, person.id, Kind.DOCTOR_FIRST)

"""Keep a symptom list, and read lists back with their sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from companion.domain.codes import Refused
from companion.domain.entry import Entry, Kind
from companion.domain.instrument import Answers, answers_to_data, read_answers, score
from companion.domain.person import Person
from companion.services import instruments
from companion.services.save_entry import save_entry
from companion.storage import entries
from companion.storage.unit_of_work import Store


@dataclass(frozen=True)
class KeptList:
    entry: Entry
    answers: Answers
    total: int | None


def read_list(data: Mapping[str, object]) -> Answers | Refused:
    """Answers from the JSON shape of contract §4; at least one thing must be answered."""
    instrument = instruments.find(data.get("instrument"))
    if isinstance(instrument, Refused):
        return instrument
    answers = read_answers(instrument, data)
    if isinstance(answers, Refused):
        return answers
    if not answers.items and not answers.new and not answers.safety:
        return Refused.because("", "symptoms_empty")
    return answers


def log_symptoms(store: Store, person: Person, answers: Answers, entry_id: str, now: datetime) -> None:
    entry = Entry(entry_id, Kind.SYMPTOMS, person.day(now), now, answers_to_data(answers))
    with store.write() as unit:
        save_entry(unit, person, entry, now)


def kept_list(entry: Entry) -> KeptList:
    answers = read_list(entry.data)
    if isinstance(answers, Refused):
        raise ValueError(f"list {entry.id} cannot be read back: {answers.reasons}")
    return KeptList(entry, answers, score(instruments.load(answers.instrument), answers))


def lists_between(store: Store, person: Person, first: date, last: date) -> list[KeptList]:
    with store.read() as unit:
        found = entries.between(unit, person.id, Kind.SYMPTOMS, first, last)
    return [kept_list(entry) for entry in found]


def list_of(store: Store, person: Person, entry_id: str) -> KeptList | None:
    """One list of this person, also an earlier version; None when it is not theirs."""
    with store.read() as unit:
        entry = entries.get(unit, person.id, entry_id)
    return kept_list(entry) if entry and entry.kind is Kind.SYMPTOMS else None

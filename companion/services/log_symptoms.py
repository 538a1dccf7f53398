"""Keep a list, and read lists back with their sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from companion.domain.codes import Refused
from companion.domain.entry import Entry, Kind, age
from companion.domain.instrument import (
    Answers,
    Instrument,
    Sum,
    Urgent,
    answers_to_data,
    read_answers,
    score,
    sums,
    urgent_items,
)
from companion.domain.person import Person
from companion.services import instruments
from companion.services.save_entry import save_entry
from companion.storage import entries
from companion.storage.unit_of_work import Store


@dataclass(frozen=True)
class KeptList:
    """`total` is None when something was left open, and where a questionnaire has no total."""

    entry: Entry
    answers: Answers
    total: int | None

    @property
    def instrument(self) -> Instrument:
        return instruments.load(self.answers.instrument)

    @property
    def sums(self) -> tuple[Sum, ...]:
        """The sum of the whole, where it has one, and of each subscale."""
        return sums(self.instrument, self.answers)

    @property
    def urgent(self) -> tuple[Urgent, ...]:
        return urgent_items(self.instrument, self.answers)


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
    """Keep a list of the person's day. An earlier list of that day is kept too, as an earlier version."""
    entry = Entry(entry_id, Kind.SYMPTOMS, person.day(now), now, answers_to_data(answers))
    with store.write(person.id) as unit:
        save_entry(unit, person, entry, now)


def kept_list(entry: Entry) -> KeptList:
    answers = read_list(entry.data)
    if isinstance(answers, Refused):
        raise ValueError(f"list {entry.id} cannot be read back: {answers.reasons}")
    return KeptList(entry, answers, score(instruments.load(answers.instrument), answers))


def lists_between(store: Store, person: Person, first: date, last: date, instrument_id: str = "") -> list[KeptList]:
    """The lists that stand, oldest first: of one questionnaire, or of every one that the house has."""
    with store.read() as unit:
        found = entries.between(unit, person.id, Kind.SYMPTOMS, first, last)
    wanted = (instrument_id,) if instrument_id else instruments.known()
    return [kept_list(entry) for entry in found if entry.data.get("instrument") in wanted]


def list_of(store: Store, person: Person, entry_id: str) -> KeptList | None:
    """One list of this person, also an earlier version; None when it is not theirs or nobody can read it here."""
    with store.read() as unit:
        entry = entries.get(unit, person.id, entry_id)
    if entry is None or entry.kind is not Kind.SYMPTOMS or isinstance(read_list(entry.data), Refused):
        return None
    return kept_list(entry)


def list_of_day(store: Store, person: Person, instrument_id: str, day: date) -> KeptList | None:
    """The list of a questionnaire that stands for a day; None when there is none."""
    return next(reversed(lists_between(store, person, day, day, instrument_id)), None)


def earlier_lists(store: Store, person: Person, kept: KeptList) -> list[KeptList]:
    """The lists of that day that this one took the place of and that say something else, newest first."""
    with store.read() as unit:
        versions = entries.versions(unit, person.id, Kind.SYMPTOMS, kept.entry.day)
    told, found = [kept.answers], []
    for entry in sorted((each for each in versions if each.superseded), key=age, reverse=True):
        answers = read_list(entry.data)
        if isinstance(answers, Answers) and answers.instrument == kept.instrument.id and answers not in told:
            told.append(answers)
            found.append(kept_list(entry))
    return found

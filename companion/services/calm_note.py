"""The note of a calm day: read it, write it, take it away, put it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from companion.domain.calm_note import note_from_data, note_to_data, read_note
from companion.domain.codes import Refused
from companion.domain.entry import Entry, Kind
from companion.domain.person import Person
from companion.services import only_one
from companion.storage.unit_of_work import Store


@dataclass(frozen=True)
class CalmNote:
    """`words` is "" where there is no note. `gone`: it was just taken away and can be put back. `day`: written on."""

    words: str
    day: date | None = None
    version: str = ""
    gone: bool = False


def words_of(entry: Entry | None) -> str:
    found = note_from_data(entry.data) if entry else ""
    if isinstance(found, Refused):
        raise ValueError(f"note {entry.id if entry else ''} cannot be read back: {found.reasons}")
    return found


def read_calm_note(store: Store, person: Person) -> CalmNote:
    with store.read() as unit:
        entry = only_one.newest(unit, person, Kind.CALM_NOTE)
        if entry is None:
            return CalmNote("")
        words = words_of(entry)
        gone = not words and bool(words_of(only_one.before(unit, person, Kind.CALM_NOTE)))
        return CalmNote(words, entry.day, entry.id, gone)


def write_calm_note(store: Store, person: Person, typed: str, entry_id: str, now: datetime) -> Refused | None:
    """Keep the note in place of the one that is there. The same form sent twice is one note."""
    words = read_note(typed)
    if isinstance(words, Refused):
        return words
    with store.write(person.id) as unit:
        only_one.keep(unit, person, Kind.CALM_NOTE, note_to_data(words), entry_id, now)
    return None


def remove_calm_note(store: Store, person: Person, version: str, entry_id: str, now: datetime) -> None:
    """Take this version away; nothing where another was written since."""
    with store.write(person.id) as unit:
        standing = only_one.newest(unit, person, Kind.CALM_NOTE)
        if standing and standing.id == version:
            only_one.keep(unit, person, Kind.CALM_NOTE, note_to_data(""), entry_id, now)


def put_note_back(store: Store, person: Person, version: str, entry_id: str, now: datetime) -> None:
    """The note as it was before this version took it away or said it otherwise; nothing where it went on since."""
    with store.write(person.id) as unit:
        standing = only_one.newest(unit, person, Kind.CALM_NOTE)
        old = only_one.before(unit, person, Kind.CALM_NOTE)
        if standing and old and standing.id == version and words_of(old):
            only_one.keep(unit, person, Kind.CALM_NOTE, old.data, entry_id, now)


def forget_note(store: Store, person: Person) -> None:
    """What was taken away, or written before, is kept nowhere any more."""
    with store.write(person.id) as unit:
        empty = not words_of(only_one.newest(unit, person, Kind.CALM_NOTE))
        only_one.forget_before(unit, person, Kind.CALM_NOTE, empty=empty)

"""One moment: a page reads everything in one transaction, asks nothing twice, and the next page sees what is new."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Thread
from uuid import uuid4

import pytest

from companion.bootstrap import House
from companion.domain.entry import Entry, Kind
from companion.domain.person import Person
from companion.services.join import Joined, Joining, join
from companion.storage import entries
from companion.storage.standing import read_ahead
from tests.build import Clock

DAY = date(2026, 11, 20)


@pytest.fixture
def ann(house: House, clock: Clock) -> Person:
    return _someone(house, clock, "Ann")


def _someone(house: House, clock: Clock, name: str) -> Person:
    found = join(house.store, Joining(name, "a long passphrase", True, "nl"), clock())
    assert isinstance(found, Joined)
    return found.person


def note(house: House, person: Person, kind: Kind = Kind.CHECK_IN, back: int = 0) -> Entry:
    entry = Entry(str(uuid4()), kind, DAY - timedelta(days=back), house.now(), {"level": 3, "words": "mijn woorden"})
    with house.store.write(person.id) as unit:
        entries.add(unit, person.id, [entry], house.now())
    return entry


def of_day(house: House, person: Person, kind: Kind = Kind.CHECK_IN, back: int = 0) -> list[Entry]:
    day = DAY - timedelta(days=back)
    with house.store.read() as unit:
        return entries.between(unit, person.id, kind, day, day)


def test_within_a_moment_everyone_reads_in_the_same_transaction(house: House) -> None:
    with house.store.one_moment():
        with house.store.read() as first:
            pass
        with house.store.one_moment(), house.store.read() as second:
            pass
        with house.store.read() as third:
            pass
    with house.store.read() as later:
        pass
    assert first is second is third
    assert later is not first


def test_what_is_written_meanwhile_is_seen_in_the_next_moment(house: House, ann: Person) -> None:
    with house.store.one_moment():
        assert of_day(house, ann) == []
        kept = note(house, ann)
        assert of_day(house, ann) == []
    with house.store.one_moment():
        assert of_day(house, ann) == [kept]


def test_a_moment_that_breaks_off_is_over(house: House, ann: Person) -> None:
    with pytest.raises(AttributeError), house.store.one_moment():
        of_day(house, ann, "no such kind")  # type: ignore[arg-type]
    kept = note(house, ann)
    assert of_day(house, ann) == [kept]


def test_a_moment_is_of_one_thread(house: House, ann: Person) -> None:
    seen: list[list[Entry]] = []
    with house.store.one_moment():
        of_day(house, ann)
        kept = note(house, ann)
        other = Thread(target=lambda: seen.append(of_day(house, ann)))
        other.start()
        other.join()
    assert seen == [[kept]]


def test_a_reading_transaction_asks_once_and_a_writing_one_every_time(house: House) -> None:
    asked: list[str] = []
    with house.store.read() as unit:
        assert unit.once("q", lambda: asked.append("reads") or 1) == 1  # type: ignore[func-returns-value]
        assert unit.once("q", lambda: asked.append("reads") or 2) == 1  # type: ignore[func-returns-value]
    with house.store.write() as unit:
        assert unit.once("q", lambda: 3) == 3
        assert unit.once("q", lambda: 4) == 4
    assert asked == ["reads"]


def test_what_was_read_ahead_is_what_would_have_been_asked(house: House, clock: Clock, ann: Person) -> None:
    ben = _someone(house, clock, "Ben")
    for person in (ann, ben):
        for kind in (Kind.CHECK_IN, Kind.DOSE, Kind.SYMPTOMS):
            for back in range(5):
                note(house, person, kind, back)
    asked = [(person, kind, back) for person in (ann, ben) for kind in (Kind.CHECK_IN, Kind.DOSE) for back in range(6)]
    alone = [of_day(house, *each) for each in asked]
    with house.store.one_moment():
        with house.store.read() as unit:
            read_ahead(unit, ann.id, {Kind.CHECK_IN: (DAY - timedelta(days=2), DAY), Kind.DOSE: (DAY, DAY)})
        assert [of_day(house, *each) for each in asked] == alone
        with house.store.read() as unit:
            first = DAY - timedelta(days=2)
            [wide] = [entries.between(unit, ann.id, Kind.CHECK_IN, first - timedelta(days=1), DAY)]
            plain = entries.between(unit, ann.id, Kind.CHECK_IN, first, DAY, words=False)
    assert [entry.day for entry in wide] == [DAY - timedelta(days=back) for back in (3, 2, 1, 0)]
    assert all("words" not in entry.data for entry in plain)


def test_a_writing_transaction_reads_nothing_ahead(house: House, ann: Person) -> None:
    """It sees what it wrote itself."""
    with house.store.write(ann.id) as unit:
        read_ahead(unit, ann.id, {Kind.CHECK_IN: (DAY, DAY)})
        entry = Entry(str(uuid4()), Kind.CHECK_IN, DAY, house.now(), {"level": 2})
        entries.add(unit, ann.id, [entry], house.now())
        assert entries.between(unit, ann.id, Kind.CHECK_IN, DAY, DAY) == [entry]

"""Keeping an entry: safe to repeat, the newer is shown, the other is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import permutations
from typing import Any
from uuid import uuid4

import pytest

from companion.bootstrap import House
from companion.domain.entry import Entry, Kind
from companion.domain.person import Person
from companion.services.join import Joined, Joining, join
from companion.services.save_entry import Saved, save_entry
from companion.storage import entries
from tests.build import Clock

DAY = date(2026, 11, 21)


@pytest.fixture
def person(house: House, clock: Clock) -> Person:
    joined = join(house.store, Joining("alice", "a long passphrase", True, "nl"), clock())
    assert isinstance(joined, Joined)
    return joined.person


def entry(clock: Clock, minutes: int, kind: Kind = Kind.NIGHT, **data: Any) -> Entry:
    return Entry(str(uuid4()), kind, DAY, clock() + timedelta(minutes=minutes), data)


def save(house: House, person: Person, clock: Clock, *made: Entry) -> list[Saved]:
    """An hour later than the clock says: what was made was written before it arrives."""
    saved = []
    for each in made:
        with house.store.write() as unit:
            saved.append(save_entry(unit, person, each, clock() + timedelta(hours=1)))
    return saved


def shown(house: House, person: Person, kind: Kind = Kind.NIGHT) -> Sequence[Entry]:
    with house.store.read() as unit:
        return entries.between(unit, person.id, kind, DAY, DAY)


def everything(house: House, person: Person, kind: Kind = Kind.NIGHT) -> Sequence[Entry]:
    with house.store.read() as unit:
        return entries.everything(unit, person.id, kind)


def test_sending_twice_is_harmless(house: House, clock: Clock, person: Person) -> None:
    night = entry(clock, 0, up="06:00", note="zacht")
    assert save(house, person, clock, night, night) == [Saved.STORED, Saved.ALREADY_STORED]
    assert everything(house, person) == [night]


def test_the_newer_wins_and_the_other_is_kept(house: House, clock: Clock, person: Person) -> None:
    old, new = entry(clock, 0, up="06:00"), entry(clock, 5, up="07:00")
    assert save(house, person, clock, old, new) == [Saved.STORED, Saved.STORED]
    assert [each.id for each in shown(house, person)] == [new.id]
    assert [(each.id, each.superseded) for each in everything(house, person)] == [(old.id, True), (new.id, False)]


def test_an_older_one_that_arrives_late_is_an_earlier_version(house: House, clock: Clock, person: Person) -> None:
    old, new = entry(clock, 0, up="06:00"), entry(clock, 5, up="07:00")
    assert save(house, person, clock, new, old) == [Saved.STORED, Saved.SUPERSEDED]
    assert [each.id for each in shown(house, person)] == [new.id]
    assert len(everything(house, person)) == 2


def test_in_whatever_order_they_arrive_the_same_one_is_shown(house: House, clock: Clock, person: Person) -> None:
    for shift, order in enumerate(permutations(range(3))):
        made = [entry(clock, 10 * shift + n, up=f"0{n}:00") for n in range(3)]
        save(house, person, clock, *(made[n] for n in order))
        assert [each.id for each in shown(house, person)] == [made[2].id]


def test_what_is_written_now_is_newer_than_what_came_from_a_clock_ahead(
    house: House, clock: Clock, person: Person
) -> None:
    for ahead in (61, 64, 90, 60 * 24 * 400):
        phone, page = entry(clock, ahead, up="06:00"), entry(clock, 60, up="07:00")
        assert save(house, person, clock, phone, page) == [Saved.STORED, Saved.STORED]
        assert [each.id for each in shown(house, person)] == [page.id]


def test_two_lists_of_questions_on_one_day_do_not_replace_each_other(
    house: House, clock: Clock, person: Person
) -> None:
    lists = [entry(clock, 0, Kind.SYMPTOMS, instrument=name) for name in ("bwsq", "sds")]
    save(house, person, clock, *lists)
    assert len(shown(house, person, Kind.SYMPTOMS)) == 2


def test_extra_amounts_never_replace_each_other_or_a_dose(house: House, clock: Clock, person: Person) -> None:
    dose = entry(clock, 0, Kind.DOSE, plan="p", moment="bedtime", mg="2", taken=True)
    extras = [entry(clock, n, Kind.DOSE, plan="p", moment="bedtime", mg="1", taken=True, extra=True) for n in (1, 2)]
    other = entry(clock, 3, Kind.DOSE, plan="p", moment="morning", mg="2", taken=True)
    save(house, person, clock, dose, *extras, other)
    assert len(shown(house, person, Kind.DOSE)) == 4


def test_free_text_and_numbers_come_back_as_they_went(house: House, clock: Clock, person: Person) -> None:
    data = {"note": "één ½ “zin” 🌙\nen nog een", "sol_min": 30, "up": None, "mg": "0.125", "words": ""}
    save(house, person, clock, entry(clock, 0, **data))
    assert dict(shown(house, person)[0].data) == data


def test_an_instant_comes_back_aware(house: House, clock: Clock, person: Person) -> None:
    save(house, person, clock, entry(clock, 0))
    assert shown(house, person)[0].recorded_at == clock()

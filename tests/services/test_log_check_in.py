"""How a day is: kept once, changed, with words, taken back; every version stays."""

from __future__ import annotations

from uuid import uuid4

import pytest

from companion.bootstrap import House
from companion.domain.codes import Refused
from companion.domain.person import Person
from companion.services.join import Joining, join
from companion.services.log_check_in import check_in_of, check_ins_between, log_check_in, undo_check_in
from tests.build import Clock, rows


@pytest.fixture
def person(house: House, clock: Clock) -> Person:
    joined = join(house.store, Joining("alice", "seven quiet yellow boats", adult=True, language="nl"), clock())
    assert not isinstance(joined, Refused)
    return joined.person


def tap(house: House, person: Person, clock: Clock, entry_id: str = "", **data: object) -> Refused | None:
    return log_check_in(house.store, person, data, entry_id or str(uuid4()), clock())


def stands(house: House, person: Person, clock: Clock) -> tuple[int, str] | None:
    kept = check_in_of(house.store, person, person.day(clock()))
    return (kept.check_in.level, kept.check_in.words) if kept else None


def test_a_double_tap_is_one(house: House, person: Person, clock: Clock) -> None:
    same = str(uuid4())
    assert tap(house, person, clock, same, level=4) is None
    assert tap(house, person, clock, same, level=4) is None
    assert tap(house, person, clock, level=4) is None
    assert len(rows(house, "entry")) == 1


def test_another_tap_of_the_same_page_changes_it_and_the_words_stay(house: House, person: Person, clock: Clock) -> None:
    same = str(uuid4())
    tap(house, person, clock, same, level=4, words="een stille dag")
    clock.forward(minutes=1)
    tap(house, person, clock, same, level=2)
    assert stands(house, person, clock) == (2, "een stille dag")
    tap(house, person, clock, level=2, words="")
    assert stands(house, person, clock) == (2, "")
    assert [each["superseded"] for each in rows(house, "entry")].count(False) == 1


def test_what_was_taken_back_can_be_tapped_again(house: House, person: Person, clock: Clock) -> None:
    same = str(uuid4())
    tap(house, person, clock, same, level=3)
    assert undo_check_in(house.store, person, same)
    assert stands(house, person, clock) is None
    tap(house, person, clock, same, level=3)
    assert stands(house, person, clock) == (3, "")
    assert len(rows(house, "entry")) == 2


def test_wrong_is_refused_and_nothing_is_kept(house: House, person: Person, clock: Clock) -> None:
    assert isinstance(tap(house, person, clock, level=6), Refused)
    assert isinstance(tap(house, person, clock, level=1, words="x" * 5000), Refused)
    assert rows(house, "entry") == []


def test_each_day_has_its_own(house: House, person: Person, clock: Clock) -> None:
    clock.set("2026-11-20 23:00")
    tap(house, person, clock, level=1)
    clock.set("2026-11-21 04:30")  # still the evening before
    tap(house, person, clock, level=2)
    clock.set("2026-11-21 05:30")
    tap(house, person, clock, level=5)
    today = person.day(clock())
    found = check_ins_between(house.store, person, today.replace(day=1), today)
    assert [(each.entry.day.day, each.check_in.level) for each in found] == [(20, 2), (21, 5)]

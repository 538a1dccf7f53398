"""What stands confirmed after a bend: the bent row, and what stood wholly confirmed and only moved."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from companion.domain.bent_confirmation import Step, confirmed_after, wholly_confirmed
from companion.domain.confirmation import OPEN
from companion.domain.plan_change import Why


def day(number: int) -> date:
    """The first day of the plan is 1."""
    return date(2027, 1, 3) + timedelta(days=number)


def step(n: int, mg: str, first: int | None = None, last: int | None = None) -> Step:
    days = (None if each is None else day(each) for each in (first, last))
    return Step(n, *days, {"bedtime": Decimal(mg)})


BEFORE = [step(1, "3", 1, 7), step(2, "2", 8, 14), step(3, "1", 15)]
STAYED = [step(1, "3", 1, 14), step(2, "2", 15, 21), step(3, "1", 22)]
BACK = [step(1, "3", 1, 7), step(2, "2", 8, 9), step(3, "3", 10, 16), step(4, "2", 17, 21), step(5, "1", 22)]
WAITING = [step(1, "3", 1, 7), step(2, "2", 8), step(3, "1"), step(4, "0.5")]
WENT_ON = [step(1, "3", 1, 7), step(2, "2", 8, 19), step(3, "1", 20, 26), step(4, "0.5", 27)]


@pytest.mark.parametrize(
    ("until", "kept"),
    [
        ({1: day(7), 2: day(14), 3: OPEN}, {1: day(14), 2: day(21), 3: OPEN}),
        ({1: day(7), 2: day(14)}, {1: day(14), 2: day(21)}),
        ({1: day(7), 3: OPEN}, {1: day(14), 3: OPEN}),
        ({1: day(7), 2: day(13)}, {1: day(14)}),
        ({}, {1: day(14)}),
    ],
)
def test_staying_confirms_the_row_and_what_moved_with_it(until: dict[int, date], kept: dict[int, date]) -> None:
    assert confirmed_after(BEFORE, until, STAYED, Why.STAY, day(3)) == kept


def test_staying_without_an_end_confirms_it_until_the_person_goes_on() -> None:
    kept = confirmed_after(BEFORE, {1: day(7), 2: day(14), 3: OPEN}, WAITING[:3], Why.STAY, day(9))
    assert kept == {1: day(7), 2: OPEN, 3: OPEN}


@pytest.mark.parametrize("on", [8, 10, 14])
def test_the_day_of_the_event_is_in_the_row_that_is_bent(on: int) -> None:
    stayed = [BEFORE[0], step(2, "2", 8, 20), step(3, "1", 21)]
    assert confirmed_after(BEFORE, {}, stayed, Why.STAY, day(on)) == {2: day(20)}


def test_an_event_on_the_last_day_of_a_row_bends_that_row() -> None:
    before = [*BEFORE[:2], step(3, "1", 15, 21)]
    after = [BEFORE[0], step(2, "2", 8, 21), step(3, "1", 22, 28)]
    assert confirmed_after(before, {3: day(21)}, after, Why.STAY, day(14)) == {2: day(21), 3: day(28)}


def test_a_step_back_confirms_the_row_above_and_what_comes_after_it() -> None:
    until = {1: day(7), 2: day(14), 3: OPEN}
    kept = {1: day(7), 2: day(9), 3: day(16), 4: day(21), 5: OPEN}
    assert confirmed_after(BEFORE, until, BACK, Why.BACK, day(10)) == kept


def test_a_step_back_from_a_sketch_confirms_only_the_row_above() -> None:
    assert confirmed_after(BEFORE, {1: day(7)}, BACK, Why.BACK, day(10)) == {1: day(7), 3: day(16)}


def test_going_on_confirms_nothing_new() -> None:
    assert confirmed_after(WAITING, {1: day(7)}, WENT_ON, Why.GO_ON, day(20)) == {1: day(7)}


def test_going_on_keeps_what_stood_confirmed_whenever_it_came() -> None:
    kept = confirmed_after(WAITING, {2: OPEN, 4: OPEN}, WENT_ON, Why.GO_ON, day(20))
    assert kept == {2: day(19), 4: OPEN}


def test_nothing_is_kept_from_the_first_dose_on_that_is_another() -> None:
    before = [*BEFORE[:2], step(3, "1", 15, 21)]
    other = [step(1, "3", 1, 14), step(2, "2.5", 15, 21), step(3, "1", 22, 28)]
    assert confirmed_after(before, {1: day(7), 2: day(14), 3: day(21)}, other, Why.STAY, day(3)) == {1: day(14)}


def test_new_rows_confirm_nothing_that_moved() -> None:
    until = {1: day(7), 2: day(14), 3: OPEN}
    assert confirmed_after(BEFORE, until, STAYED, Why.ROWS, day(3)) == {1: day(7), 3: OPEN}


def test_an_event_after_the_last_row_confirms_nothing() -> None:
    rows = BEFORE[:2]
    assert confirmed_after(rows, {}, rows, Why.STAY, day(15)) == {}


@pytest.mark.parametrize(("until", "wholly"), [({}, False), ({2: day(13)}, False), ({2: day(14)}, True)])
def test_a_row_is_wholly_confirmed_to_its_last_day(until: dict[int, date], wholly: bool) -> None:
    assert wholly_confirmed(BEFORE[1], until) is wholly

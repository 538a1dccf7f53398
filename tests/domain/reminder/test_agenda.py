"""Events of a calendar: whatever the plans are, each day once, and named after a row."""

from __future__ import annotations

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from companion.domain.confirmation import OPEN
from companion.domain.reminder import Every, Habit, Once, Weekdays
from companion.domain.reminder.agenda import Piece, first_wall_day, runs, without

DAY = timedelta(days=1)
START = date(2026, 11, 16)
days = st.integers(0, 60).map(lambda n: START + n * DAY)


@st.composite
def pieces(draw: st.DrawFn) -> Piece:
    first, second = sorted((draw(days), draw(days)))
    last = draw(st.sampled_from([second, second, second, OPEN]))
    return Piece(first, last, draw(st.sampled_from("ab")), draw(st.integers(1, 4)))


@given(st.lists(pieces(), max_size=6))
def test_each_day_of_the_pieces_is_in_exactly_one_run(known: list[Piece]) -> None:
    found = runs(known)
    for n in range(70):
        day = START + n * DAY
        covering = [each for each in known if each.first_day <= day <= each.last_day]
        inside = [run for run in found if run.first_day <= day <= run.last_day]
        assert len(inside) == (1 if covering else 0)
        if covering:
            rows = {(each.plan_id, each.n) for each in covering}
            assert {(each.plan_id, each.n) for each in inside[0].pieces} == rows
    assert any(run.last_day == OPEN for run in found) == any(each.last_day == OPEN for each in known)


def test_days_that_follow_with_the_same_rows_are_one_run_and_days_apart_are_two() -> None:
    first, then = Piece(START, START + 3 * DAY, "a", 1), Piece(START + 4 * DAY, START + 6 * DAY, "a", 1)
    later = Piece(START + 5 * DAY, START + 6 * DAY, "a", 1)
    assert [(run.first_day, run.last_day) for run in runs([first, then])] == [(START, START + 6 * DAY)]
    assert [run.first_day for run in runs([first, later])] == [START, START + 5 * DAY]
    assert [run.first_day for run in runs([first, then._replace(n=2)])] == [START, START + 4 * DAY]


def test_every_third_day_from_the_middle_of_it() -> None:
    third = Habit(time(22), Every(3, START))
    found = [first_wall_day(third, START + n * DAY, START + 9 * DAY) for n in range(1, 5)]
    assert found == [START + 3 * DAY] * 3 + [START + 6 * DAY]


@given(pieces(), days, st.integers(0, 20), st.booleans())
def test_without_some_days(piece: Piece, first: date, length: int, goes_on: bool) -> None:
    last = OPEN if goes_on else first + length * DAY
    left = without(piece, first, last)
    for n in range(90):
        day = START + n * DAY
        expected = piece.first_day <= day <= piece.last_day and not first <= day <= last
        assert any(each.first_day <= day <= each.last_day for each in left) == expected


habits = st.one_of(
    st.frozensets(st.integers(0, 6), min_size=1).map(Weekdays),
    st.tuples(st.integers(1, 30), days).map(lambda pair: Every(*pair)),
    days.map(Once),
)


@given(habits, days, st.integers(0, 40))
def test_the_first_day_of_a_habit(chosen: Weekdays | Every | Once, first: date, length: int) -> None:
    last = first + length * DAY

    def holds(day: date) -> bool:
        match chosen:
            case Weekdays(days=week):
                return day.weekday() in week
            case Every(days=every, first=begin):
                return day >= begin and (day - begin).days % every == 0
            case Once(day=once):
                return day == once
        return False

    expected = next((first + n * DAY for n in range(length + 1) if holds(first + n * DAY)), None)
    assert first_wall_day(Habit(time(22), chosen), first, last) == expected

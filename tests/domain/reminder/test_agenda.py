"""Events of a calendar: whatever the plans are, each day once, and named after a row."""

from __future__ import annotations

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from companion.domain.confirmation import OPEN
from companion.domain.reminder import Every, Habit, Once, Weekdays
from companion.domain.reminder.agenda import Piece, Run, first_wall_day, runs, without

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


def test_two_plans_on_some_days_together_are_three_runs() -> None:
    evening, other = Piece(START, START + 9 * DAY, "a", 1), Piece(START + 4 * DAY, OPEN, "b", 3)
    assert runs([other, evening]) == [
        Run(START, START + 3 * DAY, (evening,)),
        Run(START + 4 * DAY, START + 9 * DAY, (other, evening)),
        Run(START + 10 * DAY, OPEN, (other,)),
    ]
    assert runs([]) == []
    assert runs([Piece(START, START, "a", 1)]) == [Run(START, START, (Piece(START, START, "a", 1),))]


def test_what_is_left_of_a_piece_without_some_days() -> None:
    piece = Piece(START, START + 9 * DAY, "a", 1)
    before, after = piece._replace(last_day=START + 2 * DAY), piece._replace(first_day=START + 6 * DAY)
    assert without(piece, START + 3 * DAY, START + 5 * DAY) == [before, after]
    assert without(piece, START + 3 * DAY, OPEN) == [before]
    assert without(piece, START, START + 9 * DAY) == []
    assert without(piece, START, START + 8 * DAY) == [piece._replace(first_day=START + 9 * DAY)]
    assert without(piece, START + 1 * DAY, START + 9 * DAY) == [piece._replace(last_day=START)]
    assert without(piece._replace(last_day=OPEN), START, START) == [Piece(START + DAY, OPEN, "a", 1)]


def test_the_first_day_of_a_habit_is_not_after_the_last_day_of_its_row() -> None:
    """16 November 2026 is a Monday."""
    sunday = Habit(time(22), Weekdays(frozenset({6})))
    assert first_wall_day(sunday, START, START + 6 * DAY) == START + 6 * DAY
    assert first_wall_day(sunday, START, START + 5 * DAY) is None
    assert first_wall_day(sunday, START + 6 * DAY, OPEN) == START + 6 * DAY
    once = Habit(time(22), Once(START))
    assert [first_wall_day(once, START + n * DAY, OPEN) for n in (-1, 0, 1)] == [START, START, None]
    assert first_wall_day(Habit(time(22)), OPEN - DAY, OPEN) == OPEN - DAY


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

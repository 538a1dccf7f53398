"""Splitting and moving rows: days add up, and nothing before today changes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from companion.domain.codes import Refused
from companion.domain.typed_rows import first_days, move, split

START = date(2027, 1, 4)
ROWS = [{"daily": {"bedtime": "2"}, "days": 10}, {"daily": {"bedtime": "1.5"}, "days": 14}, {"daily": {"bedtime": "1"}}]


def code(found: object) -> str:
    assert isinstance(found, Refused)
    return found.reasons[0].code


def days(found: object) -> list[Any]:
    assert isinstance(found, list)
    return [row.get("days") for row in found]


def test_a_row_becomes_two_with_the_same_dose() -> None:
    found = split(ROWS, START, 2, 4, 12, START)
    assert days(found) == [10, 4, 12, None]
    assert isinstance(found, list)
    assert found[1]["daily"] == found[2]["daily"] == {"bedtime": "1.5"}


def test_an_open_row_stays_open_in_its_second_part() -> None:
    assert days(split(ROWS, START, 3, 7, None, START)) == [10, 14, 7, None]
    assert code(split(ROWS, START, 2, 7, None, START)) == "plan_row_days"


def test_a_row_cannot_end_before_today() -> None:
    assert code(split(ROWS, START, 1, 2, 3, START + timedelta(days=5))) == "plan_row_ends_before_today"
    assert days(split(ROWS, START, 1, 2, 4, START + timedelta(days=5))) == [2, 4, 14, None]
    assert code(split(ROWS, START, 1, 2, 4, START + timedelta(days=10))) == "plan_row_over"


def test_moving_a_row_makes_the_one_before_longer_or_shorter() -> None:
    assert move(ROWS, START, 2, 3, START) == (START, [{**ROWS[0], "days": 13}, *ROWS[1:]])
    assert move(ROWS, START, 2, -9, START) == (START, [{**ROWS[0], "days": 1}, *ROWS[1:]])
    assert code(move(ROWS, START, 2, -10, START)) == "plan_row_before_today"


def test_moving_the_first_row_moves_the_plan() -> None:
    assert move(ROWS, START, 1, 2, START) == (START + timedelta(days=2), ROWS)
    assert code(move(ROWS, START, 1, -1, START)) == "plan_row_before_today"


def test_a_row_that_began_stays() -> None:
    assert code(move(ROWS, START, 1, 2, START + timedelta(days=1))) == "plan_row_began"
    assert code(move(ROWS, START, 2, -5, START + timedelta(days=8))) == "plan_row_before_today"


@given(st.integers(1, 3), st.integers(-40, 40), st.integers(0, 40))
def test_no_day_before_today_gets_another_dose(n: int, by: int, later: int) -> None:
    today = START + timedelta(days=later)
    found = move(ROWS, START, n, by, today)
    if isinstance(found, Refused):
        return
    start, rows = found
    if start != START:
        assert min(start, START) >= today
        return
    for day in range(later):
        on = START + timedelta(days=day)
        assert dose_on(ROWS, START, on) == dose_on(rows, start, on)


def dose_on(rows: Any, start: date, day: date) -> object:
    begun = [row["daily"] for row, first in zip(rows, first_days(rows, start), strict=True) if first <= day]
    return begun[-1]

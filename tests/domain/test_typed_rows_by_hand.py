"""Changing rows of a plan by hand, on the days on which the answer turns: what was lived stays, today may change.

Rows of 1.5, 1 and 0.5 mg, fourteen days each, from Monday 4 January 2027: 4 to 17, 18 to 31 January, 1 to 14 February.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from companion.domain.codes import Reason, Refused
from companion.domain.typed_rows import RowText, change, first_days, insert_after, move, remove, split

START = date(2027, 1, 4)


def row(mg: str, days: int | None = 14) -> dict[str, Any]:
    return {"daily": {"bedtime": mg}} | ({} if days is None else {"days": days})


A, B, C = row("1.5"), row("1"), row("0.5")
ROWS: list[RowText] = [A, B, C]
OPEN: list[RowText] = [A, row("1", None)]
QUARTER = {"bedtime": "0.25"}


def jan(day: int) -> date:
    return date(2026, 12, 31) + timedelta(days=day)


def refusal(field: str, code: str, **values: str) -> Refused:
    return Refused((Reason(field, code, values),))


OVER = refusal("", "plan_row_over")


def test_each_row_begins_after_the_one_before() -> None:
    assert first_days(ROWS, START) == [jan(4), jan(18), jan(32)]
    assert first_days([C], START) == [START]


@pytest.mark.parametrize(
    ("n", "days", "today", "expected"),
    [
        # not begun, and on its first day: the whole row
        (1, 1, jan(1), [row("0.25", 1), B, C]),
        (1, 1, jan(4), [row("0.25", 1), B, C]),
        (2, 20, jan(10), [A, row("0.25", 20), C]),
        (3, 5, jan(40), refusal("days", "plan_row_ends_before_today", least="9")),
        # begun: the days that are over keep their dose, the new one counts from today
        (1, 14, jan(5), [row("1.5", 1), row("0.25", 13), B, C]),
        (1, 14, jan(17), [row("1.5", 13), row("0.25", 1), B, C]),
        (2, 30, jan(20), [A, row("1", 2), row("0.25", 28), C]),
        # over
        (1, 30, jan(18), OVER),
        (2, 30, jan(32), OVER),
        (2, 30, jan(31), [A, row("1", 13), row("0.25", 17), C]),
        # it cannot end before today
        (1, 13, jan(17), refusal("days", "plan_row_ends_before_today", least="14")),
        (1, 1, jan(5), refusal("days", "plan_row_ends_before_today", least="2")),
        (1, 2, jan(5), [row("1.5", 1), row("0.25", 1), B, C]),
    ],
)
def test_another_dose(n: int, days: int, today: date, expected: list[RowText] | Refused) -> None:
    assert change(ROWS, START, n, QUARTER, days, today) == expected


def test_only_another_length_is_one_row() -> None:
    assert change(ROWS, START, 1, A["daily"], 20, jan(10)) == [row("1.5", 20), B, C]
    assert change(ROWS, START, 3, C["daily"], 1, jan(32)) == [A, B, row("0.5", 1)]


def test_an_open_row_stays_open_unless_it_is_given_days() -> None:
    assert change(OPEN, START, 2, QUARTER, None, jan(20)) == [A, row("1", 2), row("0.25", None)]
    assert change(OPEN, START, 2, QUARTER, 9, jan(20)) == [A, row("1", 2), row("0.25", 7)]
    assert change(OPEN, START, 2, QUARTER, None, jan(400)) == [A, row("1", 382), row("0.25", None)]


@pytest.mark.parametrize(
    ("n", "today", "expected"),
    [
        (1, jan(4), [B, C]),
        (1, jan(5), refusal("", "plan_row_began")),
        (2, jan(18), [A, C]),
        (2, jan(19), refusal("", "plan_row_began")),
        (3, jan(19), [A, B]),
    ],
)
def test_a_row_of_which_no_day_is_over_can_be_taken_out(n: int, today: date, expected: list[RowText] | Refused) -> None:
    assert remove(ROWS, START, n, today) == expected


def test_the_only_row_stays() -> None:
    assert remove([A], START, 1, jan(1)) == refusal("", "plan_row_only")


@pytest.mark.parametrize(
    ("n", "today", "expected"),
    [
        (1, jan(18), [A, row("0.25", 7), B, C]),
        (1, jan(19), OVER),
        (2, jan(32), [A, B, row("0.25", 7), C]),
        (2, jan(33), OVER),
        (3, jan(1), [A, B, C, row("0.25", 7)]),
    ],
)
def test_a_row_can_come_in_where_it_begins_today_or_later(
    n: int, today: date, expected: list[RowText] | Refused
) -> None:
    assert insert_after(ROWS, START, n, QUARTER, 7, today) == expected


def test_nothing_comes_after_an_open_row() -> None:
    assert insert_after(OPEN, START, 2, QUARTER, 7, jan(1)) == refusal("", "plan_row_open")
    assert insert_after(ROWS, START, 3, QUARTER, None, jan(1)) == [A, B, C, row("0.25", None)]


@pytest.mark.parametrize(
    ("n", "first", "second", "today", "expected"),
    [
        (1, 5, 9, jan(1), [row("1.5", 5), row("1.5", 9), B, C]),
        (2, 1, 1, jan(18), [A, row("1", 1), row("1", 1), C]),
        (1, 5, 9, jan(17), [row("1.5", 5), row("1.5", 9), B, C]),
        (1, 5, 9, jan(18), OVER),
        (1, 5, 8, jan(17), refusal("second", "plan_row_ends_before_today", least="9")),
        (1, 1, 1, jan(6), refusal("second", "plan_row_ends_before_today", least="2")),
        (1, 1, 2, jan(6), [row("1.5", 1), row("1.5", 2), B, C]),
        (3, 5, None, jan(1), refusal("second", "plan_row_days")),
    ],
)
def test_a_row_in_two_parts(
    n: int, first: int, second: int | None, today: date, expected: list[RowText] | Refused
) -> None:
    assert split(ROWS, START, n, first, second, today) == expected


def test_an_open_row_in_two_parts_stays_open_in_its_second() -> None:
    assert split(OPEN, START, 2, 5, None, jan(20)) == [A, row("1", 5), row("1", None)]
    assert split(OPEN, START, 2, 5, 6, jan(20)) == [A, row("1", 5), row("1", 6)]


BEGAN = refusal("by", "plan_row_began")


@pytest.mark.parametrize(
    ("n", "by", "today", "expected"),
    [
        # the row before lasts longer or shorter
        (2, 3, jan(10), (START, [row("1.5", 17), B, C])),
        (2, -3, jan(15), (START, [row("1.5", 11), B, C])),
        (2, -4, jan(15), refusal("by", "plan_row_before_today", most="3")),
        (3, -13, jan(1), (START, [A, row("1", 1), C])),
        (3, -14, jan(1), refusal("by", "plan_row_before_today", most="13")),
        (2, 1, jan(18), (START, [row("1.5", 15), B, C])),
        (2, -1, jan(18), refusal("by", "plan_row_before_today", most="0")),
        (2, 1, jan(19), BEGAN),
        # the first row moves the whole plan
        (1, 5, jan(4), (jan(9), ROWS)),
        (1, -1, jan(3), (jan(3), ROWS)),
        (1, -2, jan(3), refusal("by", "plan_row_before_today", most="1")),
        (1, 1, jan(5), BEGAN),
    ],
)
def test_a_row_begins_earlier_or_later(
    n: int, by: int, today: date, expected: tuple[date, list[RowText]] | Refused
) -> None:
    assert move(ROWS, START, n, by, today) == expected

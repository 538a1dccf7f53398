"""When the list is offered: about one and two weeks after a change, every two weeks while staying, after the end."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from companion.domain.symptoms_due import OFFERED, is_due, moments

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
CHANGE = date(2026, 11, 1)
DATES = st.integers(0, 200).map(lambda n: CHANGE + n * DAY)


def test_without_a_lower_dose_nothing_is_offered() -> None:
    assert not is_due([], None, [], CHANGE)


def test_before_the_first_lower_dose_one_list_is_offered() -> None:
    assert is_due([CHANGE], None, [], CHANGE - 10 * DAY)
    assert not is_due([CHANGE], None, [CHANGE - 10 * DAY], CHANGE - 9 * DAY)


def test_one_and_two_weeks_after_a_change_and_then_every_two_weeks() -> None:
    assert moments([CHANGE], None, CHANGE + 6 * WEEK) == [CHANGE + n * WEEK for n in (1, 2, 4, 6)]


def test_the_next_change_starts_the_weeks_again() -> None:
    second = CHANGE + 3 * WEEK
    assert moments([CHANGE, second], None, CHANGE + 5 * WEEK) == [CHANGE + n * WEEK for n in (1, 2, 4, 5)]


def test_two_and_four_weeks_after_the_last_dose_and_then_no_more() -> None:
    last = CHANGE + WEEK - DAY
    found = moments([CHANGE], last, CHANGE + 52 * WEEK)
    assert found == [CHANGE + WEEK, last + 2 * WEEK, last + 4 * WEEK]
    assert not is_due([CHANGE], last, [CHANGE], last + 4 * WEEK + OFFERED + DAY)


def test_an_offer_stays_a_few_days_and_goes() -> None:
    filled = [CHANGE - DAY]
    due = [is_due([CHANGE], None, filled, CHANGE + WEEK + n * DAY) for n in range(-1, 7)]
    assert due == [False, True, True, True, True, True, True, True]
    last = CHANGE + 4 * WEEK
    assert not is_due([CHANGE], None, filled, last + OFFERED + DAY)


def test_a_list_a_little_early_counts() -> None:
    assert not is_due([CHANGE], None, [CHANGE + WEEK - 2 * DAY], CHANGE + WEEK)
    assert is_due([CHANGE], None, [CHANGE + WEEK - 3 * DAY], CHANGE + WEEK)


@given(st.lists(DATES, min_size=1, max_size=5, unique=True).map(sorted), st.none() | st.integers(1, 60), DATES)
def test_a_list_filled_in_today_ends_the_offer(changes: list[date], after: int | None, day: date) -> None:
    last = changes[-1] + after * DAY if after else None
    assert not is_due(changes, last, [day], day)


@given(st.lists(DATES, min_size=1, max_size=5, unique=True).map(sorted), st.none() | st.integers(1, 60), DATES)
def test_the_days_of_a_list_are_in_order_and_not_in_the_future(
    changes: list[date], after: int | None, until: date
) -> None:
    last = changes[-1] + after * DAY if after else None
    found = moments(changes, last, until)
    assert found == sorted(set(found))
    assert all(day <= until for day in found)

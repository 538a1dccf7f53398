"""Then and now: which days, what can be compared, what came and went."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.history import (
    Compared,
    DateRange,
    Mean,
    Since,
    compare,
    is_offered,
    period,
    usual_since,
)

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)


def test_three_months_are_the_first_and_the_last_two_weeks_of_them() -> None:
    found = period(Since.THREE, TODAY, date(2026, 1, 1), date(2025, 12, 1))
    assert found.days == DateRange(date(2026, 8, 21), TODAY)
    assert found.then == DateRange(date(2026, 8, 21), date(2026, 9, 3))
    assert found.now == DateRange(date(2026, 11, 8), TODAY)


def test_since_the_start_is_since_the_plan_or_else_since_the_first_day() -> None:
    assert period(Since.START, TODAY, date(2026, 1, 1), date(2025, 12, 1)).days.first_day == date(2026, 1, 1)
    assert period(Since.START, TODAY, None, date(2025, 12, 1)).days.first_day == date(2025, 12, 1)
    assert period(Since.START, TODAY, TODAY + DAY, date(2025, 12, 1)).days.first_day == date(2025, 12, 1)
    assert period(Since.THREE, TODAY, None, TODAY).days == DateRange(TODAY, TODAY)


def test_nothing_is_looked_back_on_from_before_there_was_anything() -> None:
    found = period(Since.SIX, TODAY, date(2026, 11, 12), date(2026, 11, 12))
    assert found.days == DateRange(date(2026, 11, 12), TODAY)
    assert (found.then.days, found.now.days) == (5, 5)


@given(
    st.sampled_from(Since),
    st.one_of(st.none(), st.dates(date(2016, 1, 1), date(2027, 6, 1))),
    st.dates(date(2016, 1, 1), TODAY),
)
def test_then_and_now_are_in_the_period_as_long_as_each_other_and_apart(
    since: Since, start: date | None, first: date
) -> None:
    found = period(since, TODAY, start, first)
    assert found.days.last_day == found.now.last_day == TODAY
    assert found.then.first_day == found.days.first_day
    assert found.then.days == found.now.days <= 14
    if found.days.days > 1:
        assert found.then.last_day < found.now.first_day


def test_what_is_shown_first_is_the_time_since_the_start_of_a_plan_of_some_months() -> None:
    assert usual_since(TODAY, date(2026, 8, 20)) is Since.START
    assert usual_since(TODAY, date(2026, 7, 22)) is Since.START
    assert usual_since(TODAY, date(2026, 7, 21)) is Since.THREE
    assert usual_since(TODAY, date(2026, 11, 1)) is Since.THREE
    assert usual_since(TODAY, None) is Since.THREE


@pytest.mark.parametrize(("then", "now", "stands"), [(4, 4, True), (3, 14, False), (14, 3, False), (14, 14, True)])
def test_nothing_is_compared_with_less_than_four_nights_on_a_side(then: int, now: int, stands: bool) -> None:
    means = Mean(Fraction(300), then), Mean(Fraction(400), now)
    assert compare(*means) == (Compared(*means) if stands else None)
    assert compare(None, means[1]) is None


def test_it_is_offered_for_four_weeks_from_three_months_on() -> None:
    start = date(2026, 8, 21)
    assert not is_offered(start, date(2026, 11, 20))
    assert is_offered(start, TODAY)
    assert is_offered(start, TODAY + 27 * DAY)
    assert not is_offered(start, TODAY + 28 * DAY)

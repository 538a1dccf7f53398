"""The zooms: which days, and the days before and after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from companion.domain.history import DateRange, Horizon, Window, date_range, neighbours

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)


def ago(days: int) -> date:
    return TODAY - days * DAY


@pytest.mark.parametrize(("window", "days"), [(Window.DAY, 1), (Window.WEEK, 7), (Window.MONTH, 30)])
def test_a_window_ends_on_its_anchor(window: Window, days: int) -> None:
    found = date_range(window, ago(3), Horizon(ago(100), TODAY))
    assert (found.days, found.last_day) == (days, ago(3))


def test_all_is_from_the_first_day_until_today_and_at_least_a_week() -> None:
    assert date_range(Window.ALL, ago(9), Horizon(TODAY, TODAY)) == DateRange(ago(6), TODAY)
    assert date_range(Window.ALL, ago(9), Horizon(ago(60), TODAY)) == DateRange(ago(60), TODAY)


def test_a_step_is_the_row_in_force_and_what_is_around_the_plan_is_one_too() -> None:
    horizon = Horizon(ago(50), TODAY, (ago(40), ago(20), ago(10), TODAY + 4 * DAY))
    assert date_range(Window.STEP, ago(25), horizon) == DateRange(ago(40), ago(21))
    assert date_range(Window.STEP, ago(20), horizon) == DateRange(ago(20), ago(11))
    assert date_range(Window.STEP, TODAY, horizon) == DateRange(ago(10), TODAY + 3 * DAY)
    assert date_range(Window.STEP, ago(45), horizon) == DateRange(ago(50), ago(41))
    over = Horizon(ago(50), TODAY, (ago(40), ago(5)))
    assert date_range(Window.STEP, TODAY, over) == DateRange(ago(5), TODAY)


def test_without_steps_a_step_is_everything() -> None:
    horizon = Horizon(ago(30), TODAY)
    assert date_range(Window.STEP, TODAY, horizon) == date_range(Window.ALL, TODAY, horizon)
    assert neighbours(Window.STEP, date_range(Window.STEP, TODAY, horizon), horizon) == (None, None)


def test_a_plan_that_is_still_to_come_leaves_the_days_before_it() -> None:
    assert date_range(Window.STEP, TODAY, Horizon(ago(8), TODAY, (TODAY + 3 * DAY,))) == DateRange(
        ago(8), TODAY + 2 * DAY
    )


horizons = st.builds(
    lambda back, steps: Horizon(ago(back), TODAY, tuple(sorted(ago(each) for each in steps))),
    st.integers(0, 900),
    st.sets(st.integers(-120, 850), max_size=12),
)
zooms = st.sampled_from([Window.DAY, Window.WEEK, Window.MONTH, Window.STEP])


@given(zooms, horizons, st.integers(0, 900))
def test_going_back_reaches_the_first_day_and_leaves_no_day_out(window: Window, horizon: Horizon, back: int) -> None:
    assume(window is not Window.STEP or horizon.steps)
    days = date_range(window, ago(back), horizon)
    for _ in range(1000):
        before, _after = neighbours(window, days, horizon)
        if before is None:
            break
        earlier = date_range(window, before, horizon)
        assert earlier.last_day == days.first_day - DAY
        days = earlier
    assert days.first_day <= horizon.first_day


@given(zooms, horizons, st.integers(0, 900))
def test_going_on_reaches_today_and_leaves_no_day_out(window: Window, horizon: Horizon, back: int) -> None:
    assume(window is not Window.STEP or horizon.steps)
    days = date_range(window, ago(back), horizon)
    assert ago(back) in days
    for _ in range(1000):
        _before, after = neighbours(window, days, horizon)
        if after is None:
            break
        assert after <= TODAY
        later = date_range(window, after, horizon)
        assert days.first_day < later.first_day <= days.last_day + DAY
        assert later.last_day > days.last_day
        days = later
    assert TODAY in days


@given(horizons, st.integers(0, 900), st.data())
def test_every_day_of_a_step_is_in_that_step_and_in_no_other(horizon: Horizon, back: int, data: st.DataObject) -> None:
    assume(horizon.steps and ago(back) >= horizon.first_day)
    days = date_range(Window.STEP, ago(back), horizon)
    day = data.draw(st.dates(days.first_day, min(days.last_day, TODAY)))
    assert date_range(Window.STEP, day, horizon) == days
    assert not any(days.first_day < start <= days.last_day for start in horizon.steps)

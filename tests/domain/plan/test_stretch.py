"""More time before a larger cut, where the answer is a whole number that can be worked out by hand (contract §2)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.plan.stretch import days_for_amount, days_for_percent

KEPT = [Fraction(percent, 100) for percent in (1, 10, 25, 50, 60, 75, 90, 95, 99)]


@pytest.mark.parametrize("kept", KEPT)
@pytest.mark.parametrize("every_days", [1, 7, 14, 30])
@pytest.mark.parametrize("times", [1, 2, 3, 5, 8])
def test_so_many_cuts_at_once_take_so_many_times_as_long(kept: Fraction, every_days: int, times: int) -> None:
    assert days_for_percent(kept, kept**times, every_days) == times * every_days


@pytest.mark.parametrize("kept", KEPT)
def test_a_hair_more_takes_a_day_more_and_a_hair_less_none(kept: Fraction) -> None:
    hair = Fraction(1, 10**40)
    assert days_for_percent(kept, kept**3 - hair, 14) == 43
    assert days_for_percent(kept, kept**3 + hair, 14) == 42
    assert days_for_percent(kept, kept + hair, 14) == 14


@given(st.sampled_from(KEPT), st.fractions(Fraction(1, 50), Fraction(49, 50), max_denominator=200), st.integers(1, 30))
def test_it_is_the_least_number_of_days_that_is_enough(kept: Fraction, left: Fraction, every_days: int) -> None:
    days = days_for_percent(kept, left, every_days)
    assert kept**days <= left**every_days
    assert days == every_days or kept ** (days - 1) > left**every_days


@pytest.mark.parametrize(
    ("cut", "asked", "days"),
    [(10, Fraction(10), 14), (11, Fraction(10), 16), (20, Fraction(10), 28), (5, Fraction(10), 14)],
)
def test_an_amount_takes_days_in_proportion(cut: int, asked: Fraction, days: int) -> None:
    assert days_for_amount(cut, asked, 14) == days

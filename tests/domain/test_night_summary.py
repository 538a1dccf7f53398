from __future__ import annotations

import cmath
import math
from datetime import date, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from companion.domain.night import Night, NightFigures, circular_mean, figures, read_night, summarise

BRUSSELS = ZoneInfo("Europe/Brussels")
clock_times = st.times().map(lambda at: at.replace(second=0, microsecond=0))


def pair(day: int, **fields: str) -> tuple[Night, NightFigures]:
    night = read_night(fields, date(2026, 11, day), BRUSSELS)
    assert isinstance(night, Night)
    measured = figures(night, BRUSSELS)
    assert isinstance(measured, NightFigures)
    return night, measured


def test_no_nights_have_no_means() -> None:
    empty = summarise([])
    assert empty.nights == 0
    assert {empty.tib, empty.tst, empty.se, empty.bedtime, empty.rising_time} == {None}


def test_means_are_of_the_values_that_are_there() -> None:
    summary = summarise(
        [
            pair(
                1,
                in_bed="23:00",
                lights_out="23:00",
                sol_min="60",
                awakenings="0",
                final_wake="07:00",
                up="07:00",
            ),
            pair(2, in_bed="01:00", up="07:00", sol_min="15"),
            pair(3, naps_min="20"),
        ]
    )
    assert (summary.nights, summary.tib, summary.tst, summary.sol) == (3, 420, 420, Fraction(75, 2))
    assert summary.se == Fraction(87 * 2 + 1, 2)
    assert (summary.bedtime, summary.rising_time) == (time(0, 0), time(7, 0))


def test_a_night_without_sleep_counts_in_the_means() -> None:
    summary = summarise([pair(1, sol_min="none"), pair(2, sol_min="0", waso_min="0", lights_out="23:00", up="07:00")])
    assert (summary.tst, summary.se, summary.sol) == (0, 0, 0)


def test_efficiency_is_the_mean_of_the_nights_not_of_the_sums() -> None:
    summary = summarise(
        [
            pair(
                1,
                in_bed="21:00",
                lights_out="21:00",
                sol_min="300",
                awakenings="0",
                final_wake="07:00",
                up="07:00",
            ),
            pair(
                2,
                in_bed="23:30",
                lights_out="23:30",
                sol_min="30",
                awakenings="0",
                final_wake="07:00",
                up="07:00",
            ),
        ]
    )
    assert summary.se == (Fraction(50) + Fraction(100 * 420, 450)) / 2


@pytest.mark.parametrize(
    ("times", "mean"),
    [
        ([time(23), time(1)], time(0)),
        ([time(22, 30)], time(22, 30)),
        ([time(23), time(23, 1)], time(23, 1)),
        ([time(23, 59), time(0, 0)], time(0, 0)),
        ([time(6), time(18)], None),
        ([time(0), time(8), time(16)], None),
        ([], None),
    ],
)
def test_clock_times_are_meant_on_the_round_of_the_clock(times: list[time], mean: time | None) -> None:
    assert circular_mean(times) == mean


@given(st.lists(clock_times, min_size=1, max_size=20), st.integers(0, 1439))
def test_turning_the_clock_turns_the_mean(times: list[time], turn: int) -> None:
    def turned(at: time) -> time:
        minutes = (at.hour * 60 + at.minute + turn) % 1440
        return time(minutes // 60, minutes % 60)

    vectors = [cmath.exp(1j * math.tau * (at.hour * 60 + at.minute) / 1440) for at in times]
    assume(abs(sum(vectors)) > 1e-3)
    before, after = circular_mean(times), circular_mean([turned(at) for at in times])
    assert before is not None
    assert after is not None
    apart = timedelta(hours=turned(before).hour - after.hour, minutes=turned(before).minute - after.minute)
    assert min(abs(apart), timedelta(days=1) - abs(apart)) <= timedelta(minutes=1)


@given(clock_times, st.integers(0, 300), st.integers(1, 10))
def test_times_close_together_mean_their_middle(first: time, spread: int, copies: int) -> None:
    start = first.hour * 60 + first.minute
    others = [(start + spread * 2) % 1440, start]
    mean = circular_mean([time(at // 60, at % 60) for at in others] * copies)
    assert mean == time((start + spread) % 1440 // 60, (start + spread) % 60)

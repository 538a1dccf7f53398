"""The instants of a night by hand, on a plain clock and where it changes; and the row that a typed night looks like.

Clock changes in Brussels: 29 March 2026 at 02:00 (forward) and 25 October 2026 at 03:00 (back).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from companion.domain.night.drawn_from import drawn_from_night, row_begins
from companion.domain.night.moments import Moments, possible_moments, readings
from companion.domain.night.row import read_row, window
from companion.domain.night.value import NO_SLEEP, DrawnRow, Night, SleepOnset

BRUSSELS = ZoneInfo("Europe/Brussels")
PLAIN, FORWARD, BACK = date(2026, 11, 21), date(2026, 3, 29), date(2026, 10, 25)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_each_time_is_the_latest_one_that_is_not_after_the_next() -> None:
    night = Night(PLAIN, in_bed=time(22, 30), lights_out=time(0, 10), final_wake=time(6), up=time(6, 40))
    assert possible_moments(night, BRUSSELS) == (
        Moments(
            in_bed=utc("2026-11-20 21:30"),
            lights_out=utc("2026-11-20 23:10"),
            final_wake=utc("2026-11-21 05:00"),
            up=utc("2026-11-21 05:40"),
        ),
    )
    same = Night(PLAIN, in_bed=time(6), lights_out=time(6), up=time(6))
    assert len({moment for _, moment in possible_moments(same, BRUSSELS)[0].known()}) == 1


def test_without_a_morning_nothing_is_known() -> None:
    night = Night(PLAIN, in_bed=time(23), lights_out=time(23, 30))
    assert possible_moments(night, BRUSSELS) == (Moments(),)
    assert Moments().known() == ()
    waking = possible_moments(Night(PLAIN, lights_out=time(23), final_wake=time(6)), BRUSSELS)
    assert waking == (Moments(lights_out=utc("2026-11-20 22:00"), final_wake=utc("2026-11-21 05:00")),)


def test_what_is_known_comes_in_the_order_of_the_night() -> None:
    night = Night(PLAIN, in_bed=time(23), final_wake=time(6), up=time(7))
    assert [name for name, _ in possible_moments(night, BRUSSELS)[0].known()] == ["in_bed", "final_wake", "up"]


def test_in_the_hour_that_is_there_twice_the_first_pass_comes_first() -> None:
    """02:30 is 00:30 UTC on summer time, and 01:30 UTC an hour later."""
    found = possible_moments(Night(BACK, in_bed=time(23), up=time(2, 30)), BRUSSELS)
    assert [each.up for each in found] == [utc("2026-10-25 00:30"), utc("2026-10-25 01:30")]
    assert {each.in_bed for each in found} == {utc("2026-10-24 21:00")}


def test_the_second_pass_is_taken_where_only_that_lets_the_night_be() -> None:
    found = possible_moments(Night(BACK, final_wake=time(2, 45), up=time(2, 15)), BRUSSELS)
    assert found[0] == Moments(final_wake=utc("2026-10-25 00:45"), up=utc("2026-10-25 01:15"))


@pytest.mark.parametrize(("end", "instant"), [(58, "2026-10-25 00:30"), (62, "2026-10-25 01:30")])
def test_a_drawing_knows_which_pass_it_was(end: int, instant: str) -> None:
    """Quarters from noon, 10:00 UTC: 44 is 23:00 there, 58 is 00:30 UTC and 62 is 01:30 UTC."""
    letters = ("." * 44 + "s" * (end - 44)).ljust(window(BACK, BRUSSELS).quarters, ".")
    drawn = read_row(letters, BACK, BRUSSELS)
    assert isinstance(drawn, DrawnRow)
    found = possible_moments(Night(BACK, in_bed=time(23), up=time(2, 30), drawn=drawn), BRUSSELS)
    assert found[0].up == utc(instant)
    assert len(found) == 2


def test_a_time_in_the_hour_that_is_skipped_is_read_as_on_the_old_clock() -> None:
    """02:30 was not there: half an hour after 02:00, which is 01:30 UTC."""
    found = possible_moments(Night(FORWARD, in_bed=time(23), up=time(2, 30)), BRUSSELS)
    on_the_old, on_the_new = utc("2026-03-29 01:30"), utc("2026-03-29 00:30")
    assert [each.up for each in found] == [on_the_old, on_the_new]
    assert readings(datetime.combine(FORWARD, time(2, 30)), BRUSSELS) == (on_the_old, on_the_new)
    assert readings(datetime.combine(FORWARD, time(3, 30)), BRUSSELS) == (utc("2026-03-29 01:30"),)


def test_a_night_two_days_after_a_clock_change_has_one_reading() -> None:
    """The walk never goes back to it, though it looks for clock changes that far."""
    night = Night(date(2026, 10, 27), in_bed=time(2, 30), up=time(2, 45))
    assert possible_moments(night, BRUSSELS) == (Moments(in_bed=utc("2026-10-27 01:30"), up=utc("2026-10-27 01:45")),)


def test_across_a_day_that_was_left_out() -> None:
    """Samoa had no 30 December 2011: the evening before the 31st was the 29th, 22:00 there, 08:00 UTC on the 30th."""
    night = Night(date(2011, 12, 31), in_bed=time(22), up=time(7))
    up = utc("2011-12-30 17:00")
    found = possible_moments(night, ZoneInfo("Pacific/Apia"))
    assert {each.up for each in found} == {up}
    assert all(each.in_bed is not None and each.in_bed <= up for each in found)


# As a row


def hour(**told: time | SleepOnset) -> Night:
    """An hour in bed from 23:00 to midnight, trying to sleep from the first minute on."""
    more = {"awakenings": 1, "sol_min": 0} | told
    return Night(PLAIN, in_bed=time(23), lights_out=time(23), final_wake=time(0), up=time(0), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("night", "letters"),
    [
        (hour(waso_min=0), "ssss"),
        (hour(waso_min=7), "ssss"),
        (hour(waso_min=8), "swss"),
        (hour(waso_min=30), "swws"),
        # never fewer than two quarters asleep around what was awake
        (hour(waso_min=50), "swws"),
        # the answers that are missing leave only "in bed"
        (hour(), "bbbb"),
        (hour(waso_min=0, sol_min=None), "bbbb"),
        (hour(waso_min=0, sol_min=15), "wsss"),
        (hour(waso_min=0, sol_min=23), "wwss"),
        (hour(sol_min=NO_SLEEP, awakenings=None), "wwww"),
    ],
)
def test_an_hour_in_bed_as_quarters(night: Night, letters: str) -> None:
    drawn = drawn_from_night(night, BRUSSELS)
    assert drawn == DrawnRow("." * 44 + letters + "." * 48)


def test_gaps_and_sleep_are_spread_evenly() -> None:
    """Six hours asleep and an hour awake in three times: 24 quarters in four parts, 4 quarters in three."""
    night = Night(
        PLAIN,
        in_bed=time(23),
        lights_out=time(23),
        sol_min=0,
        awakenings=3,
        waso_min=60,
        final_wake=time(6),
        still_trying_min=15,
        up=time(6, 45),
    )
    drawn = drawn_from_night(night, BRUSSELS)
    assert drawn is not None
    runs = [(run[0][0], len(run[0])) for run in re.finditer(r"(.)\1*", drawn.quarters.strip("."))]
    assert runs == [
        ("s", 6), ("w", 1), ("s", 6), ("w", 1), ("s", 6), ("w", 2), ("s", 6),
        ("w", 1), ("b", 2),
    ]  # fmt: skip
    assert len(drawn.quarters) == 96


@pytest.mark.parametrize(
    ("told", "begins"),
    [
        ({"in_bed": time(12), "up": time(11)}, time(12)),
        ({"in_bed": time(11), "up": time(13)}, time(18)),
        ({"in_bed": time(18), "up": time(17)}, time(18)),
        ({"in_bed": time(17), "up": time(19)}, time(0)),
        ({"up": time(7)}, time(12)),
        ({"in_bed": time(11), "up": time(10)}, time(12)),
        ({}, time(12)),
    ],
)
def test_a_row_begins_at_the_first_hour_at_which_the_night_fits(told: dict[str, time], begins: time) -> None:
    assert row_begins(Night(PLAIN, **told), BRUSSELS) == begins  # type: ignore[arg-type]


def test_the_row_of_a_night_in_the_hour_that_is_there_twice_ends_at_its_first_pass() -> None:
    night = Night(BACK, in_bed=time(23), up=time(2, 30))
    assert drawn_from_night(night, BRUSSELS) == DrawnRow("." * 44 + "b" * 14 + "." * 42)
    assert row_begins(night, BRUSSELS) == time(12)

"""Where no clock change is near, the one reading is found at once: the same as by looking around."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.night import Night
from companion.domain.night import moments as subject
from tests.domain.night_strategies import clock_change_days, days, zones

walls = st.one_of(st.none(), st.integers(0, 24 * 60 - 1).map(lambda at: time(at // 60, at % 60)))


@given(zones, days, st.tuples(walls, walls, walls, walls), st.integers(-6, 6))
@settings(max_examples=300, deadline=None)
def test_both_ways_give_the_same_instants(zone: ZoneInfo, day: date, told: tuple[time | None, ...], near: int) -> None:
    changes = clock_change_days(zone, day.year)
    nights = [Night(day, *told[:2], final_wake=told[2], up=told[3])]
    if changes:
        beside = changes[day.toordinal() % len(changes)] + timedelta(days=near)
        nights.append(Night(beside, *told[:2], final_wake=told[2], up=told[3]))
    for night in nights:
        found = subject.possible_moments(night, zone)
        with patch.object(subject, "_steady_offset", lambda *_: None):
            assert subject.possible_moments(night, zone) == found


def test_an_offset_is_steady_only_where_every_hour_that_counts_has_it() -> None:
    brussels = ZoneInfo("Europe/Brussels")
    assert subject._steady_offset(brussels, date(2026, 11, 21)) == timedelta(hours=1)
    for day in (date(2026, 10, 25), date(2026, 10, 26), date(2026, 10, 29)):
        assert subject._steady_offset(brussels, day) is None
    assert datetime(2026, 10, 25, 2, 30, tzinfo=brussels).utcoffset() == timedelta(hours=2)

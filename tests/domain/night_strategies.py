"""Nights for property tests: any zone of the database, any day, clock changes more often than chance."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tests.domain.night_oracle import MINUTE, Lived

ZONES = (
    "Europe/Brussels",
    "Europe/Lisbon",
    "America/New_York",
    "America/Havana",
    "America/Santiago",
    "America/St_Johns",
    "Asia/Beirut",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Africa/Casablanca",
    "UTC",
)

change_days = st.sampled_from([date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31)])
days = st.one_of(st.dates(date(2000, 1, 1), date(2035, 12, 31)), change_days)
zones = st.sampled_from(ZONES).map(ZoneInfo)


@cache
def clock_change_days(zone: ZoneInfo, year: int) -> list[date]:
    """The local days of a year on which the offset changes."""
    midnights = [datetime(year, 1, 1, tzinfo=zone) + timedelta(days=day) for day in range(366)]
    return [day.date() for day, next_day in pairwise(midnights) if day.utcoffset() != next_day.utcoffset()]


@st.composite
def lived_nights(draw: st.DrawFn) -> Lived:
    """A night that was: up at some minute of a day, and at most 20 real hours before that into bed."""
    zone = draw(zones)
    changes = clock_change_days(zone, draw(st.integers(2020, 2030)))
    day = draw(st.one_of(days, st.sampled_from(changes)) if changes else days)
    midnight = datetime.combine(day, datetime.min.time(), tzinfo=UTC)
    near_morning = st.integers(0, 10 * 60)
    minute = draw(st.one_of(near_morning, st.integers(0, 24 * 60 - 1)))
    offset = midnight.astimezone(zone).utcoffset()
    assert offset is not None
    up = midnight - offset + minute * MINUTE
    twak = draw(st.integers(0, 180))
    spt = draw(st.integers(0, 600))
    sol = draw(st.integers(0, 240))
    reading = draw(st.integers(0, 180))
    final_wake = up - twak * MINUTE
    lights_out = final_wake - (spt + sol) * MINUTE
    return Lived(
        wake_date=up.astimezone(zone).date(),
        zone=zone,
        in_bed=lights_out - reading * MINUTE,
        lights_out=lights_out,
        final_wake=final_wake,
        up=up,
        sol=sol,
        waso=draw(st.integers(0, spt)),
    )

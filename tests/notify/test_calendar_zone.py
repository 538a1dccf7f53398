"""VTIMEZONE: the offset at any wall time, read by the letter of RFC 5545, is that of the zone tables."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Timezone

from companion.notify.calendar_zone import zone_component

ZONES = [
    "Europe/Brussels",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Tokyo",
    "Africa/Casablanca",
    "America/Nuuk",
]


def onsets(zone: Timezone) -> list[tuple[datetime, timedelta, timedelta]]:
    """(instant, offset before, offset after) of every change, from DTSTART with RRULE or RDATE."""
    found = []
    for part in zone.subcomponents:
        before, after = part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td
        walls = [part["DTSTART"].dt]
        if "RDATE" in part:
            dates = part["RDATE"] if isinstance(part["RDATE"], list) else [part["RDATE"]]
            walls += [each.dt for group in dates for each in group.dts]
        if "RRULE" in part:
            walls += [
                yearly(walls[0].replace(year=walls[0].year + n), str(part["RRULE"]["BYDAY"][0])) for n in range(1, 20)
            ]
        found += [((wall - before).replace(tzinfo=UTC), before, after) for wall in walls]
    return sorted(found)


def yearly(wall: datetime, place: str) -> datetime:
    """The nth (or last) weekday of that month."""
    name, nth = place[-2:], int(place[:-2])
    days = [
        wall.replace(day=day)
        for day in range(1, monthrange(wall.year, wall.month)[1] + 1)
        if wall.replace(day=day).weekday() == ("MO", "TU", "WE", "TH", "FR", "SA", "SU").index(name)
    ]
    return days[nth - 1 if nth > 0 else nth]


@pytest.mark.parametrize("name", ZONES)
@settings(max_examples=150, deadline=None)
@given(st.integers(0, 19 * 365 * 24 * 60))
def test_the_offset_is_that_of_the_zone(name: str, minutes: int) -> None:
    instant = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    known = onsets(zone_component(ZoneInfo(name), 2026))
    offset = next(after for at, _, after in reversed(known) if at <= instant)
    assert offset == instant.astimezone(ZoneInfo(name)).utcoffset()


def test_brussels_is_said_as_a_rule() -> None:
    text = zone_component(ZoneInfo("Europe/Brussels"), 2026).to_ical().decode()
    assert "DTSTART:20260329T020000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in text
    assert "DTSTART:20261025T030000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in text

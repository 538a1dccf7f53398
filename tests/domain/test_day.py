"""The day turns at the person's hour, also when the clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.day import day_of, day_start, part_ends, part_of_day, read_wall_time

ZONES = [ZoneInfo(name) for name in ("Europe/Brussels", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland")]
TURNS = st.integers(0, 12 * 60).map(lambda minutes: time(minutes // 60, minutes % 60))
INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


def at(local: str, zone: ZoneInfo = ZONES[0]) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("local", "day"),
    [
        ("2026-11-21 23:59", "2026-11-21"),
        ("2026-11-22 00:40", "2026-11-21"),
        ("2026-11-22 04:59:59", "2026-11-21"),
        ("2026-11-22 05:00", "2026-11-22"),
        ("2026-03-29 01:59", "2026-03-28"),
        ("2026-03-29 03:00", "2026-03-28"),
        ("2026-03-29 05:00", "2026-03-29"),
        ("2026-10-25 04:59", "2026-10-24"),
        ("2026-10-25 05:00", "2026-10-25"),
        ("2027-01-01 00:30", "2026-12-31"),
    ],
)
def test_until_five_it_is_the_day_before(local: str, day: str) -> None:
    assert day_of(at(local), ZONES[0]).isoformat() == day


def test_the_hour_that_comes_twice_belongs_to_one_day() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert {day_of(first + timedelta(hours=n), ZONES[0]) for n in (0, 1)} == {date(2026, 10, 24)}


def test_the_days_of_clock_change_last_23_and_25_hours() -> None:
    for day, hours in ((date(2026, 3, 28), 23), (date(2026, 10, 24), 25), (date(2026, 11, 21), 24)):
        length = day_start(day + timedelta(days=1), ZONES[0]) - day_start(day, ZONES[0])
        assert length == timedelta(hours=hours)


@given(INSTANTS, st.sampled_from(ZONES), TURNS)
def test_every_instant_is_in_one_day_that_has_begun(instant: datetime, zone: ZoneInfo, turn: time) -> None:
    day = day_of(instant, zone, turn)
    local = instant.astimezone(zone)
    assert day in {local.date(), local.date() - timedelta(days=1)}
    assert (day == local.date()) == (local.time() >= turn)


@given(INSTANTS, st.sampled_from(ZONES), TURNS, st.integers(0, 100_000))
def test_an_hour_later_is_never_an_earlier_day(instant: datetime, zone: ZoneInfo, turn: time, minutes: int) -> None:
    later = instant + timedelta(minutes=minutes)
    if instant.astimezone(zone).utcoffset() == later.astimezone(zone).utcoffset():
        assert day_of(later, zone, turn) >= day_of(instant, zone, turn)


@pytest.mark.parametrize(
    ("local", "part"),
    [("00:00", "night"), ("04:59", "night"), ("05:00", "morning"), ("11:59", "morning"), ("12:00", "afternoon"),
     ("17:59", "afternoon"), ("18:00", "evening"), ("23:59", "evening")],
)  # fmt: skip
def test_the_parts_of_the_day(local: str, part: str) -> None:
    assert part_of_day(at(f"2026-11-21 {local}"), ZONES[0]) == part


@pytest.mark.parametrize(
    ("turn", "local", "part"),
    [
        ("03:30", "03:29", "night"),
        ("03:30", "03:30", "morning"),
        ("08:00", "04:59", "night"),
        ("08:00", "05:00", "morning"),
    ],
)
def test_the_night_ends_at_five_or_earlier_where_the_day_turns_earlier(turn: str, local: str, part: str) -> None:
    assert part_of_day(at(f"2026-11-21 {local}"), ZONES[0], time.fromisoformat(turn)) == part


@pytest.mark.parametrize(
    ("local", "turn", "end"),
    [
        ("2026-11-21 11:59:59", "05:00", "2026-11-21 12:00"),
        ("2026-11-21 12:00", "05:00", "2026-11-21 18:00"),
        ("2026-11-21 22:00", "05:00", "2026-11-22 00:00"),
        ("2026-11-22 00:00", "05:00", "2026-11-22 05:00"),
        ("2026-11-22 05:00", "08:00", "2026-11-22 08:00"),
        ("2026-11-22 03:00", "08:00", "2026-11-22 05:00"),
        ("2026-03-29 01:00", "05:00", "2026-03-29 05:00"),
    ],
)
def test_when_a_part_of_the_day_ends(local: str, turn: str, end: str) -> None:
    assert part_ends(at(local), ZONES[0], time.fromisoformat(turn)) == at(end)


@given(INSTANTS, st.sampled_from(ZONES), TURNS, st.data())
def test_until_it_ends_nothing_of_the_day_changes(
    instant: datetime, zone: ZoneInfo, turn: time, data: st.DataObject
) -> None:
    end = part_ends(instant, zone, turn)
    between = instant + timedelta(seconds=data.draw(st.integers(0, int((end - instant).total_seconds()) - 1)))
    if instant.astimezone(zone).utcoffset() == end.astimezone(zone).utcoffset():

        def seen(moment: datetime) -> tuple[date, str]:
            return day_of(moment, zone, turn), part_of_day(moment, zone, turn)

        assert seen(between) == seen(instant)
        assert (seen(end) != seen(instant)) or end.astimezone(zone).time() == time(0)


@pytest.mark.parametrize(("text", "wall"), [("22:50", time(22, 50)), ("5:00", time(5)), ("00:00:00", time(0))])
def test_a_wall_time_is_read(text: str, wall: time) -> None:
    assert read_wall_time(text) == wall


@pytest.mark.parametrize(
    "text", ["", "24:00", "22", "2250", "22:60", "22:50:30", "22:50+01:00", "22:50Z", "T22:50", "２２:50"]
)
def test_what_is_not_a_wall_time_is_not_read(text: str) -> None:
    assert read_wall_time(text) is None

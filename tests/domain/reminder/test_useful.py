"""A reminder that comes too late is worse than none."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.reminder import Kind, Quiet
from companion.domain.reminder.useful import quiet_from, quiet_until, tonight, useful_until

BRUSSELS = ZoneInfo("Europe/Brussels")


def at(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=BRUSSELS).astimezone(UTC)


@pytest.mark.parametrize(
    ("kind", "due", "until"),
    [
        (Kind.DOSE, "2027-01-04 21:45", "2027-01-04 23:45"),
        (Kind.DOSE, "2027-01-04 23:30", "2027-01-05 01:30"),
        (Kind.DOSE, "2027-01-05 04:00", "2027-01-05 05:00"),  # the person's day turns at 05:00
        (Kind.DIARY, "2027-01-04 08:00", "2027-01-04 14:00"),
        (Kind.DIARY, "2027-01-04 11:59", "2027-01-04 14:00"),
        (Kind.DIARY, "2027-01-04 12:00", "2027-01-04 20:00"),
        (Kind.DIARY, "2027-01-04 19:00", "2027-01-05 03:00"),
        (Kind.DIARY, "2027-01-04 23:00", "2027-01-05 05:00"),
        (Kind.STEP, "2027-01-04 18:00", "2027-01-05 00:00"),
        (Kind.SUPPLY, "2027-01-04 23:50", "2027-01-05 00:50"),
        (Kind.DOSE, "2027-03-28 01:30", "2027-03-28 04:30"),  # two hours, whatever the wall shows
    ],
)
def test_how_long_it_is_worth_showing(kind: Kind, due: str, until: str) -> None:
    assert useful_until(kind, at(due), BRUSSELS) == at(until)


def test_a_moment_that_is_not_later_ends_nothing() -> None:
    due = at("2027-01-04 21:45")
    assert useful_until(Kind.DOSE, due, BRUSSELS, next_moment=due) == due + timedelta(hours=2)
    assert useful_until(Kind.APPOINTMENT, due, BRUSSELS, begins=due) == at("2027-01-05 00:00")


def test_a_dose_ends_at_the_next_moment() -> None:
    due, following = at("2027-01-04 21:45"), at("2027-01-04 22:30")
    assert useful_until(Kind.DOSE, due, BRUSSELS, next_moment=following) == following
    assert useful_until(Kind.DOSE, due, BRUSSELS, next_moment=due + timedelta(days=1)) == due + timedelta(hours=2)


def test_an_appointment_ends_when_it_begins() -> None:
    due, begins = at("2027-01-04 09:00"), at("2027-01-04 10:00")
    assert useful_until(Kind.APPOINTMENT, due, BRUSSELS, begins=begins) == begins
    assert useful_until(Kind.APPOINTMENT, due, BRUSSELS, begins=begins + timedelta(days=1)) == at("2027-01-05 00:00")


@given(
    st.sampled_from(Kind),
    st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.sampled_from(["Europe/Brussels", "America/Havana", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu"]),
    st.integers(0, 12 * 60),
)
def test_it_is_always_worth_something_and_never_longer_than_a_day_and_an_hour(
    kind: Kind, due: datetime, zone: str, turn: int
) -> None:
    until = useful_until(kind, due, ZoneInfo(zone), time(turn // 60, turn % 60))
    assert due < until <= due + timedelta(days=1, hours=2)


def test_quiet_hours_over_midnight() -> None:
    quiet = Quiet(time(23), time(7))
    assert quiet_until(quiet, BRUSSELS, at("2027-01-04 22:59")) is None
    assert quiet_until(quiet, BRUSSELS, at("2027-01-04 23:00")) == at("2027-01-05 07:00")
    assert quiet_until(quiet, BRUSSELS, at("2027-01-05 06:59")) == at("2027-01-05 07:00")
    assert quiet_until(quiet, BRUSSELS, at("2027-01-05 07:00")) is None
    assert quiet_until(None, BRUSSELS, at("2027-01-05 03:00")) is None
    assert quiet_from(quiet, BRUSSELS, at("2027-01-04 21:45")) == at("2027-01-04 23:00")
    assert quiet_from(None, BRUSSELS, at("2027-01-04 21:45")) is None


def test_quiet_hours_in_an_hour_that_is_there_twice() -> None:
    """02:40 for the second time: half past three is fifty minutes away, not a day."""
    second = datetime(2027, 10, 31, 1, 40, tzinfo=UTC)
    assert quiet_until(Quiet(time(22), time(3, 30)), BRUSSELS, second) == second + timedelta(minutes=50)
    assert quiet_until(Quiet(time(22), time(2, 50)), BRUSSELS, second) == second + timedelta(minutes=10)


@given(
    st.datetimes(datetime(2000, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.integers(0, 24 * 60 - 1),
    st.integers(0, 24 * 60 - 1),
)
def test_quiet_hours_end_within_a_day_and_an_hour(instant: datetime, start: int, end: int) -> None:
    quiet = Quiet(time(start // 60, start % 60), time(end // 60, end % 60))
    ends = quiet_until(quiet, BRUSSELS, instant)
    if ends is not None:
        assert instant < ends <= instant + timedelta(hours=25)
    begins = quiet_from(quiet, BRUSSELS, instant)
    assert begins is not None
    assert instant < begins <= instant + timedelta(hours=25)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [(7, 9, [7, 8]), (23, 1, [0, 23]), (7, 7, []), (0, 0, [])],
)
def test_quiet_hours_hold_from_their_start_up_to_their_end(start: int, end: int, hours: list[int]) -> None:
    quiet = Quiet(time(start), time(end))
    assert [hour for hour in range(24) if quiet.holds(time(hour))] == hours


def test_quiet_hours_that_begin_now_begin_again_tomorrow() -> None:
    quiet = Quiet(time(23), time(7))
    assert quiet_from(quiet, BRUSSELS, at("2027-01-04 23:00")) == at("2027-01-05 23:00")


def test_tonight_is_at_eight_or_in_an_hour() -> None:
    assert tonight(BRUSSELS, at("2027-01-04 11:00")) == at("2027-01-04 20:00")
    assert tonight(BRUSSELS, at("2027-01-04 19:29")) == at("2027-01-04 20:00")
    assert tonight(BRUSSELS, at("2027-01-04 19:30")) == at("2027-01-04 20:30")
    assert tonight(BRUSSELS, at("2027-01-04 19:45")) == at("2027-01-04 20:45")
    assert tonight(BRUSSELS, at("2027-01-04 22:10")) == at("2027-01-04 23:10")

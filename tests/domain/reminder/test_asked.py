"""What someone asks of a reminder: their own time and days, outside of their quiet hours."""

from __future__ import annotations

from datetime import time

import pytest

from companion.domain.codes import Refused
from companion.domain.consent import Purpose
from companion.domain.reminder.asked import WEEK, can_remind, may_remind, not_in, proposed, read_habit, read_quiet
from companion.domain.reminder.model import DAILY, Habit, Kind, Quiet, Weekdays

NIGHT = Quiet(time(22), time(7))


def told(found: object) -> list[tuple[str, str]]:
    assert isinstance(found, Refused)
    return [(reason.field, reason.code) for reason in found.reasons]


def test_a_time_and_days_are_read() -> None:
    assert read_habit(" 8:05 ", "daily", [], NIGHT) == Habit(time(8, 5), DAILY)
    assert read_habit("21:59", "some", ["mon", "sun", "doomsday"], NIGHT) == Habit(
        time(21, 59), Weekdays(frozenset({0, 6}))
    )
    assert read_habit("23:00", "daily", ["mon"], None) == Habit(time(23), DAILY)


def test_every_field_that_is_wrong_is_named() -> None:
    assert told(read_habit("25:00", "some", [], NIGHT)) == [("at", "remind_time"), ("every", "remind_days")]
    assert told(read_habit("8:00", "never", WEEK, NIGHT)) == [("every", "remind_days")]
    assert told(read_habit("6:59", "daily", [], NIGHT)) == [("at", "remind_in_quiet")]


@pytest.mark.parametrize(
    ("at", "quiet"), [(time(21, 59), False), (time(22), True), (time(0), True), (time(6, 59), True), (time(7), False)]
)
def test_quiet_hours_go_over_midnight(at: time, quiet: bool) -> None:
    refused = not_in(NIGHT, at, "time")
    assert (refused is not None) is quiet
    if refused:
        assert refused == Refused.because("time", "remind_in_quiet", start="22:00", end="07:00")


@pytest.mark.parametrize(
    ("at", "quiet"), [(time(12, 59), False), (time(13), True), (time(14, 59), True), (time(15), False)]
)
def test_quiet_hours_can_be_by_day(at: time, quiet: bool) -> None:
    assert Quiet(time(13), time(15)).holds(at) is quiet


def test_no_quiet_hours_hold_nothing() -> None:
    assert not_in(None, time(0)) is None
    assert read_quiet(False, "x", "y", [time(23)]) is None


def test_quiet_hours_are_read_and_hold_no_time_that_is_in_use() -> None:
    assert read_quiet(True, "22:00", " 07:00 ", [time(7), time(21, 59)]) == NIGHT
    held = read_quiet(True, "22:00", "07:00", [time(23), time(6), time(12)])
    assert held == Refused.because("quiet_from", "remind_quiet_used", time="06:00")
    assert told(read_quiet(True, "", "7", [])) == [("quiet_from", "remind_time"), ("quiet_until", "remind_time")]
    assert told(read_quiet(True, "22:00", "7", [])) == [("quiet_until", "remind_time")]
    assert told(read_quiet(True, "22:00", "22:00", [])) == [("quiet_until", "remind_quiet_same")]


@pytest.mark.parametrize(
    ("kind", "key", "at"),
    [
        (Kind.DOSE, "morning", time(8)),
        (Kind.DOSE, "noon", time(12, 30)),
        (Kind.DOSE, "evening", time(18, 30)),
        (Kind.DOSE, "bedtime", time(22)),
        (Kind.DIARY, "", time(9)),
        (Kind.SYMPTOMS, "", time(18)),
        (Kind.STEP, "", time(18)),
        (Kind.SUPPLY, "", time(11)),
        (Kind.PRESCRIPTION, "", time(11)),
    ],
)
def test_a_time_that_most_can_use_is_proposed_for_every_day(kind: Kind, key: str, at: time) -> None:
    assert can_remind(kind, key)
    assert proposed(kind, key) == Habit(at, DAILY)


def test_only_what_is_there_can_be_turned_on() -> None:
    assert not can_remind(Kind.APPOINTMENT, "")
    assert not can_remind(Kind.DOSE, "midnight")


@pytest.mark.parametrize("kind", [*Kind])
def test_nothing_reminds_without_consent_for_what_it_serves(kind: Kind) -> None:
    of_the_plan = {Kind.DOSE, Kind.STEP, Kind.SUPPLY, Kind.PRESCRIPTION}
    of_the_diary = {Kind.DIARY, Kind.SYMPTOMS}
    assert not may_remind(kind, [])
    assert not may_remind(kind, [Purpose.OUTCOMES])
    assert may_remind(kind, [Purpose.PLAN]) is (kind not in of_the_diary)
    assert may_remind(kind, [Purpose.DIARY]) is (kind not in of_the_plan)

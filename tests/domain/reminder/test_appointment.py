"""An appointment that someone typed, and when they hear of it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from companion.domain.codes import Refused
from companion.domain.reminder.appointment import Appointment, Before, from_words, read_appointment
from companion.domain.reminder.model import Habit, Once

TODAY = date(2026, 11, 22)
TYPED = {"what": "  Dr.  Peeters ", "day": "2026-12-01", "time": "0:30", "before": "hour"}
READ = Appointment("Dr. Peeters", date(2026, 12, 1), time(0, 30), Before.HOUR)


@pytest.mark.parametrize(
    ("before", "at"),
    [
        ("hour", datetime(2026, 11, 30, 23, 30)),  # noqa: DTZ001
        ("two-hours", datetime(2026, 11, 30, 22, 30)),  # noqa: DTZ001
        ("morning", datetime(2026, 12, 1, 8, 30)),  # noqa: DTZ001
        ("evening", datetime(2026, 11, 30, 19, 0)),  # noqa: DTZ001
    ],
)
def test_it_reminds_once_that_long_before(before: str, at: datetime) -> None:
    read = read_appointment(TYPED | {"before": before}, TODAY)
    assert isinstance(read, Appointment)
    assert read.habit == Habit(at.time(), Once(at.date()))


def test_what_is_sealed_comes_back_as_it_went() -> None:
    assert read_appointment(TYPED, TODAY) == READ
    assert READ.words == {"what": "Dr. Peeters", "day": "2026-12-01", "time": "00:30", "before": "hour"}
    assert from_words(READ.words) == READ


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("what", " ", "appointment_what"),
        ("what", "a" * 81, "appointment_what"),
        ("what", "a\x07", "appointment_what"),
        ("day", "tomorrow", "supply_date"),
        ("day", "2026-11-21", "supply_date_past"),
        ("day", (TODAY + timedelta(days=733)).isoformat(), "appointment_far"),
        ("time", "25:00", "remind_time"),
        ("before", "never", "appointment_before"),
    ],
)
def test_the_field_that_is_wrong_is_named(field: str, typed: str, code: str) -> None:
    found = read_appointment(TYPED | {field: typed}, TODAY)
    assert isinstance(found, Refused)
    assert [(reason.field, reason.code) for reason in found.reasons] == [(field, code)]


def test_every_field_that_is_wrong_is_named() -> None:
    found = read_appointment({}, TODAY)
    assert isinstance(found, Refused)
    assert [reason.field for reason in found.reasons] == ["what", "day", "time", "before"]


@pytest.mark.parametrize(
    ("field", "typed"),
    [("what", "a" * 80), ("day", " 2026-11-22 "), ("day", (TODAY + timedelta(days=732)).isoformat())],
)
def test_the_farthest_that_is_fine(field: str, typed: str) -> None:
    assert isinstance(read_appointment(TYPED | {field: typed}, TODAY), Appointment)

"""The input of `companion reminders`, read strictly, and its answer."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from companion.domain.codes import Refused
from companion.domain.reminder.document import Asked, answer, read_asked
from companion.domain.reminder.model import DAILY, Every, Habit, Kind, Weekdays

ZONES = {"Europe/Brussels", "UTC"}


def document(*reminders: object, **changes: Any) -> dict[str, Any]:
    span = {"from": "2027-01-04T00:00:00Z", "until": "2027-01-11T00:00:00Z"}
    return {"zone": "Europe/Brussels", **span, "reminders": list(reminders), **changes}


def reminder(**changes: Any) -> dict[str, Any]:
    return {"kind": "dose", "at": "22:00", "days": "daily", **changes}


def told(found: object) -> list[tuple[str, str]]:
    assert isinstance(found, Refused)
    return [(reason.field, reason.code) for reason in found.reasons]


def asked(*reminders: object, **changes: Any) -> Asked:
    found = read_asked(document(*reminders, **changes), ZONES)
    assert isinstance(found, Asked), found
    return found


@pytest.mark.parametrize(
    ("days", "read"),
    [
        ("daily", DAILY),
        (["mon", "sun"], Weekdays(frozenset({0, 6}))),
        ({"every": 1, "from": "1900-01-01"}, Every(1, date(1900, 1, 1))),
        ({"every": 3660, "from": "2199-12-31"}, Every(3660, date(2199, 12, 31))),
    ],
)
def test_days_are_read(days: object, read: object) -> None:
    assert asked(reminder(days=days)).reminders == ((Kind.DOSE, Habit(time(22), read)),)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"kind": "poem"}, "kind", "plan_not_one_of"),
        ({"at": "7:00"}, "at", "reminder_at"),
        ({"at": 7}, "at", "reminder_at"),
        ({"days": "weekly"}, "days", "reminder_days"),
        ({"days": []}, "days", "plan_list_empty"),
        ({"days": ["mon", "maandag"]}, "days[1]", "plan_not_one_of"),
        ({"days": ["mon", "tue", "mon"]}, "days[2]", "reminder_day_twice"),
        ({"days": {"every": 2}}, "days.from", "plan_missing"),
        ({"days": {"every": 0, "from": "2027-01-01"}}, "days.every", "plan_not_whole_number"),
        ({"days": {"every": 3661, "from": "2027-01-01"}}, "days.every", "plan_not_whole_number"),
        ({"days": {"every": 2, "from": "2027-02-30"}}, "days.from", "plan_no_such_date"),
        ({"days": {"every": 2, "from": "1899-12-31"}}, "days.from", "reminder_year"),
        ({"days": {"every": 2, "from": "2200-01-01"}}, "days.from", "reminder_year"),
        ({"more": 1}, "more", "reminder_unknown_key"),
    ],
)
def test_what_is_wrong_with_a_reminder_is_named(changes: dict[str, object], field: str, code: str) -> None:
    found = read_asked(document(reminder(), reminder(**changes)), ZONES)
    assert told(found) == [(f"reminders[1].{field}", code)]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"zone": "Mars/Olympus"}, ("zone", "reminder_zone")),
        ({"zone": 1}, ("zone", "reminder_zone")),
        ({"from": "today"}, ("from", "reminder_instant")),
        ({"until": "2027-01-03T23:59:59Z"}, ("until", "reminder_until_before_from")),
        ({"reminders": {}}, ("reminders", "plan_not_list")),
        ({"reminders": [reminder()] * 1001}, ("reminders", "plan_list_too_long")),
        ({"more": 1}, ("more", "reminder_unknown_key")),
    ],
)
def test_what_is_wrong_with_the_document_is_named(changes: dict[str, Any], wrong: tuple[str, str]) -> None:
    assert told(read_asked(document(**changes), ZONES)) == [wrong]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    found = read_asked(document(reminder(kind=1, at=2, days=3), zone=4, until=5), ZONES)
    assert [field for field, _ in told(found)] == [
        "zone",
        "until",
        *(f"reminders[0].{key}" for key in ("kind", "at", "days")),
    ]


def test_nothing_reminds_of_nothing() -> None:
    assert answer(asked()) == []
    assert answer(asked(reminder(), until="2027-01-04T00:00:00Z")) == []


def test_the_answer_is_by_instant_and_then_as_listed() -> None:
    both = asked(
        reminder(kind="step", days=["tue"]), reminder(kind="dose", days=["mon", "tue"]), until="2027-01-06T00:00:00Z"
    )
    found = answer(both)
    assert not isinstance(found, Refused)
    assert [(each["kind"], each["due"]) for each in found] == [
        ("dose", "2027-01-04T21:00:00Z"),
        ("step", "2027-01-05T21:00:00Z"),
        ("dose", "2027-01-05T21:00:00Z"),
    ]
    assert [each["local"][:16] for each in found] == ["2027-01-04T22:00", "2027-01-05T22:00", "2027-01-05T22:00"]

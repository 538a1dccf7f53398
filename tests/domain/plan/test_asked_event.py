"""What a phone asks of a plan: an event, of which plan, of the version it saw."""

from __future__ import annotations

from typing import Any

import pytest

from companion.domain.codes import Refused
from companion.domain.plan.asked_event import AskedEvent, asked_event_to_data, read_asked_event
from companion.domain.plan.model import GoalKind

PLAN = {"plan": "0b5f5a3e-7c5b-4b1e-9d59-3f6f0a9b2c1d", "version": 3}
EVENTS: list[dict[str, Any]] = [
    {"kind": "stay", "on": "2027-01-04"},
    {"kind": "stay", "on": "2027-01-04", "days": 1},
    {"kind": "go_on", "on": "2027-01-04"},
    {"kind": "back", "on": "2027-01-04"},
    {"kind": "back", "on": "2027-01-04", "days": 7},
    {"kind": "extra", "on": "2027-01-04", "mg": "0.5"},
    {"kind": "extra", "on": "2027-01-04", "mg": "0.5", "moment": "noon"},
    {
        "kind": "rows",
        "on": "2027-01-04",
        "rows": [{"daily": {"bedtime": "1.5", "noon": "1"}, "days": 14}, {"daily": {"bedtime": "1"}}],
    },
]


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("version", [1, 3])
def test_what_was_asked_comes_back_as_it_went(event: dict[str, Any], version: int) -> None:
    asked = read_asked_event({**PLAN, **event, "version": version}, GoalKind.STABILISE)
    assert isinstance(asked, AskedEvent)
    assert (asked.plan_id, asked.version) == (PLAN["plan"], version)
    assert asked_event_to_data(asked) == {**PLAN, **event, "version": version}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({**PLAN, "plan": "x"}, [("plan", "sync_plan")]),
        ({**PLAN, "version": 0}, [("version", "plan_not_whole_number")]),
        ({"version": 1}, [("plan", "plan_missing")]),
        ({"plan": PLAN["plan"]}, [("version", "plan_missing")]),
        ({**PLAN, "more": 1}, [("more", "plan_unknown_key")]),
        ({**PLAN, "days": 0}, [("days", "plan_not_whole_number")]),
        ({**PLAN, "on": "x", "plan": 1}, [("plan", "sync_plan"), ("on", "plan_not_date")]),
    ],
)
def test_everything_that_is_wrong_is_told(data: dict[str, Any], told: list[tuple[str, str]]) -> None:
    found = read_asked_event({"kind": "stay", "on": "2027-01-04", **data}, GoalKind.STOP)
    assert isinstance(found, Refused)
    assert [(reason.field, reason.code) for reason in found.reasons] == told

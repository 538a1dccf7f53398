"""A plan event that a phone kept: done once, on the plan it saw, as of the day on which it was asked."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from typing import Any
from uuid import uuid4

import pytest

from companion.bootstrap import House
from companion.domain.consent import Purpose
from companion.domain.person import Person
from companion.services.change_plan import confirm_rows, end_plan, start_plan
from companion.services.consent import choose
from companion.services.export_person import export_person
from companion.services.join import Joined, Joining, join
from companion.services.plan_view import LivePlan, plan_of
from companion.services.record_sync import record_sync
from tests.build import Clock
from tests.domain.plan.build import plan as document
from tests.sent import sent

START = date(2026, 11, 16)


@pytest.fixture
def person(house: House, clock: Clock) -> Person:
    clock.set("2026-11-21 12:00")
    joined = join(house.store, Joining("alice", "seven quiet yellow boats", True, "nl"), clock())
    assert isinstance(joined, Joined)
    choose(house.store, joined.person, set(Purpose), "nl", clock())
    return joined.person


@pytest.fixture
def plan_id(house: House, clock: Clock, person: Person) -> str:
    """Six days into a plan of which every row stands confirmed."""
    plan_id = str(uuid4())
    asked = document(
        start=START.isoformat(),
        products=[{"strength": "1", "form": "tablet", "split": "halves"}],
        daily={"bedtime": "3"},
        pace={"kind": "rows", "rows": [{"daily": {"bedtime": mg}, "days": 14} for mg in ("2.5", "2", "1.5", "1")]},
    )
    assert start_plan(house.store, person, plan_id, asked, clock()) is None
    for n in range(1, 5):
        assert confirm_rows(house.store, person, plan_id, 1, {n}, "doctor", clock(), after_all=True) is None
    return plan_id


def asked(plan_id: str, kind: str, version: Any = 1, day: str = "2026-11-21", **more: Any) -> dict[str, Any]:
    event = {"on": day, "kind": kind, "plan": plan_id, "version": version} | more
    return sent("plan_event", event, day=day, recorded_at=f"{day}T10:00:00Z")


def send(house: House, person: Person, clock: Clock, *given: Any) -> list[tuple[str, list[str]]]:
    """Status and refused fields of each."""
    results = record_sync(house.store, person, given, clock())
    assert results is not None
    return [(each.status.value, [reason.field for reason in each.reasons]) for each in results]


def now_of(house: House, person: Person, plan_id: str) -> LivePlan:
    found = plan_of(house.store, person, plan_id)
    assert found
    return found


DONE = [("stored", [])]


def test_a_stay_moves_the_plan_once_however_often_it_is_sent(
    house: House, clock: Clock, person: Person, plan_id: str
) -> None:
    stay = asked(plan_id, "stay", days=10)
    before = now_of(house, person, plan_id)
    assert send(house, person, clock, stay, stay) == [("stored", []), ("already_stored", [])]
    assert send(house, person, clock, stay) == [("already_stored", [])]
    after = now_of(house, person, plan_id)
    assert after.kept.version == 2
    assert before.rows[0].last_day
    assert after.rows[0].last_day == before.rows[0].last_day + timedelta(days=10)
    assert after.confirmed_numbers == {1, 2, 3, 4}
    [entry] = export_person(house.store, person)["plan_events"]
    assert entry["data"] == {"on": "2026-11-21", "kind": "stay", "days": 10, "plan": plan_id, "version": 1}


def test_each_kind_of_event_does_what_it_does_on_the_page(
    house: House, clock: Clock, person: Person, plan_id: str
) -> None:
    assert send(house, person, clock, asked(plan_id, "back", days=3)) == DONE
    assert now_of(house, person, plan_id).in_force(date(2026, 11, 21)).daily_mg == 3  # type: ignore[union-attr]
    clock.forward(days=3)
    assert send(house, person, clock, asked(plan_id, "stay", 2, "2026-11-24")) == DONE
    clock.forward(days=1)
    assert now_of(house, person, plan_id).stays_open(date(2026, 11, 25))
    assert send(house, person, clock, asked(plan_id, "go_on", 3, "2026-11-25")) == DONE
    rows = [{"daily": {"bedtime": "2.0"}, "days": 5}, {"daily": {"bedtime": "0.5"}, "days": 7}]
    assert send(house, person, clock, asked(plan_id, "rows", 4, "2026-11-25", rows=rows, on="2026-11-28")) == DONE
    plan = now_of(house, person, plan_id)
    assert (plan.kept.version, plan.rows[-1].daily_mg, plan.state(plan.rows[-1])) == (
        5,
        plan.rows[-1].daily_mg,
        "sketch",
    )
    assert plan.layout.first_day_without == date(2026, 12, 10)


def test_several_act_in_the_order_in_which_they_were_asked(
    house: House, clock: Clock, person: Person, plan_id: str
) -> None:
    events = [asked(plan_id, "stay", version, days=days) for version, days in ((1, 2), (2, 3), (3, 4))]
    for minute, each in enumerate(events):
        each["recorded_at"] = f"2026-11-21T10:0{minute}:00Z"
    order = list(permutations(events))[-1]
    assert send(house, person, clock, *order) == DONE * 3
    plan = now_of(house, person, plan_id)
    assert (plan.kept.version, plan.rows[0].last_day) == (4, date(2026, 12, 8))


def test_an_old_version_is_refused_and_nothing_of_it_is_kept(
    house: House, clock: Clock, person: Person, plan_id: str
) -> None:
    first, second = asked(plan_id, "stay", days=10), asked(plan_id, "stay", days=5)
    second["recorded_at"] = "2026-11-21T10:30:00Z"
    night = sent()
    assert send(house, person, clock, second, night, first) == [
        ("refused", ["version"]),
        ("stored", []),
        ("stored", []),
    ]
    assert now_of(house, person, plan_id).kept.version == 2
    assert len(export_person(house.store, person)["plan_events"]) == 1
    end_plan(house.store, person, plan_id, clock())
    assert send(house, person, clock, asked(plan_id, "stay", 2, days=1)) == [("refused", ["version"])]


def test_what_was_asked_some_days_ago_acts_as_of_that_day(
    house: House, clock: Clock, person: Person, plan_id: str
) -> None:
    stay = asked(plan_id, "stay", day="2026-11-28", days=5)
    clock.set("2026-12-02 12:00")
    assert send(house, person, clock, stay) == DONE
    plan = now_of(house, person, plan_id)
    assert plan.rows[0].last_day == date(2026, 12, 4)
    assert plan.in_force(date(2026, 12, 2)) == plan.rows[0]


def test_what_was_asked_too_long_ago_is_over(house: House, clock: Clock, person: Person, plan_id: str) -> None:
    clock.set("2026-11-29 12:00")
    assert send(house, person, clock, asked(plan_id, "stay", days=5)) == [("refused", ["day"])]
    assert now_of(house, person, plan_id).kept.version == 1


def test_an_extra_amount_is_noted_as_a_dose_whatever_the_version(
    house: House, clock: Clock, person: Person, plan_id: str
) -> None:
    extra = asked(plan_id, "extra", 7, mg="0.50", moment="noon")
    assert send(house, person, clock, extra) == DONE
    assert send(house, person, clock, extra) == [("already_stored", [])]
    export = export_person(house.store, person)
    [dose] = export["doses"]
    assert dose["data"] == {"plan": plan_id, "moment": "noon", "mg": "0.5", "taken": True, "extra": True}
    assert len(export["plan_events"]) == 1
    assert now_of(house, person, plan_id).kept.version == 1


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"kind": "hospital"}, "kind"),
    ({"kind": None}, "kind"),
    ({"days": 0}, "days"),
    ({"days": True}, "days"),
    ({"days": 10**400}, "days"),
    ({"why": "x"}, "why"),
    ({"on": "2026-02-30"}, "on"),
    ({"on": "2026-11-20"}, "on"),
    ({"on": 7}, "on"),
    ({"version": "1"}, "version"),
    ({"version": True}, "version"),
    ({"version": 0}, "version"),
    ({"version": 2}, "version"),
    ({"plan": None}, "plan"),
    ({"plan": str(uuid4())}, "plan"),
    ({"plan": "x"}, "plan"),
    ({"kind": "go_on", "days": 1}, "days"),
    ({"kind": "rows"}, "rows"),
    ({"kind": "extra"}, "mg"),
    ({"on": "2030-01-01"}, "kind"),
]


@pytest.mark.parametrize(("wrong", "field"), WRONG)
def test_what_is_wrong_with_an_event_is_told_by_its_field(
    house: House, clock: Clock, person: Person, plan_id: str, wrong: dict[str, Any], field: str
) -> None:
    event = asked(plan_id, "stay", days=3)
    event["data"] |= wrong
    [(status, fields)] = send(house, person, clock, event)
    assert (status, field in fields) == ("refused", True), fields
    assert now_of(house, person, plan_id).kept.version == 1
    assert export_person(house.store, person)["plan_events"] == []


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [
        ("go_on", {}, "kind"),
        ("extra", {"mg": "0"}, "mg"),
        ("extra", {"mg": "1", "on": "2026-11-22"}, "on"),
        ("rows", {"rows": []}, "rows"),
        ("rows", {"rows": [{"daily": {"bedtime": "0.3"}, "days": 3}]}, "rows[0].daily.bedtime"),
        ("rows", {"rows": [{"daily": {"bedtime": "1"}}]}, "rows[0].days"),
        ("rows", {"rows": [{"daily": {"bedtime": "1"}, "days": 3}], "on": "2026-11-20"}, "on"),
    ],
)
def test_what_the_plan_does_not_let_happen_is_refused(
    house: House, clock: Clock, person: Person, plan_id: str, kind: str, more: dict[str, Any], field: str
) -> None:
    event = asked(plan_id, kind)
    event["data"] |= more
    assert send(house, person, clock, event) == [("refused", [field])]
    assert now_of(house, person, plan_id).kept.version == 1


def test_a_sketch_is_not_bent(house: House, clock: Clock, person: Person) -> None:
    plan_id = str(uuid4())
    assert start_plan(house.store, person, plan_id, document(start=START.isoformat()), clock()) is None
    for kind in ("stay", "back"):
        assert send(house, person, clock, asked(plan_id, kind)) == [("refused", ["kind"])]


def test_the_plan_of_somebody_else_is_not_known(house: House, clock: Clock, person: Person, plan_id: str) -> None:
    joined = join(house.store, Joining("charlie", "a stranger walks by", True, "nl"), clock())
    assert isinstance(joined, Joined)
    choose(house.store, joined.person, set(Purpose), "nl", clock())
    for kind, more in (("stay", {}), ("extra", {"mg": "1"})):
        assert send(house, joined.person, clock, asked(plan_id, kind, **more)) == [("refused", ["plan"])]
    assert now_of(house, person, plan_id).kept.version == 1


def test_without_consent_for_the_plan_it_is_refused(house: House, clock: Clock, person: Person, plan_id: str) -> None:
    choose(house.store, person, {Purpose.DIARY}, "nl", clock())
    assert send(house, person, clock, asked(plan_id, "stay")) == [("refused", [""])]


def test_what_fails_half_way_leaves_neither_the_event_nor_the_version(
    house: House, clock: Clock, person: Person, plan_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stay = asked(plan_id, "stay", days=3)

    def fall(*_: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr("companion.services.apply_event.entries.add", fall)
        with pytest.raises(ZeroDivisionError):
            send(house, person, clock, stay)
    assert now_of(house, person, plan_id).kept.version == 1
    assert send(house, person, clock, stay) == DONE


def test_an_instant_of_a_wrong_clock_still_acts(house: House, clock: Clock, person: Person, plan_id: str) -> None:
    stay = asked(plan_id, "stay", days=3) | {"recorded_at": "2031-01-01T00:00:00Z"}
    assert send(house, person, clock, stay) == DONE


def test_more_events_than_anyone_asks_are_left_for_later(
    house: House, clock: Clock, person: Person, plan_id: str
) -> None:
    events = [asked(plan_id, "extra", mg="1") for _ in range(52)]
    told = send(house, person, clock, *events)
    assert (told.count(("stored", [])), told.count(("refused", [""]))) == (50, 2)
    again = send(house, person, clock, *events)
    assert (again.count(("already_stored", [])), again.count(("stored", []))) == (50, 2)

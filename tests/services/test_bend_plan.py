"""Living with a plan through the service: the past stays byte for byte, and a version acts once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.bootstrap import House
from companion.domain.bending import Bend
from companion.domain.codes import Refused
from companion.domain.confirmation import OPEN
from companion.domain.history import Window
from companion.domain.person import Person
from companion.domain.plan_change import Why
from companion.services.bend_plan import bend_plan, choices_of, turns_of, versions_of
from companion.services.change_plan import confirm_rows, start_plan
from companion.services.export_person import export_person
from companion.services.history import read_history
from companion.services.join import Joining, join
from companion.services.plan_view import LivePlan, plan_of
from tests.build import Clock, open_house
from tests.domain.plan.build import plan as document

START = date(2026, 11, 21)


@pytest.fixture(scope="module")
def lived_in() -> Iterator[tuple[House, Clock, Person]]:
    clock = Clock()
    clock.set("2026-11-21 12:00")
    with tempfile.TemporaryDirectory() as folder, open_house(Path(folder) / "instance", clock) as house:
        joined = join(house.store, Joining("alice", "seven quiet yellow boats", adult=True, language="nl"), clock())
        assert not isinstance(joined, Refused)
        yield house, clock, joined.person


def begun(house: House, person: Person, clock: Clock, **changes: Any) -> str:
    clock.set("2026-11-21 12:00")
    plan_id = str(uuid4())
    assert start_plan(house.store, person, plan_id, document(start=START.isoformat(), **changes), clock()) is None
    for row in now_of(house, person, plan_id).rows:  # one by one: the half tablets make cuts larger than asked
        assert confirm_rows(house.store, person, plan_id, 1, {row.n}, "doctor", clock(), after_all=True) is None
    return plan_id


def now_of(house: House, person: Person, plan_id: str) -> LivePlan:
    found = plan_of(house.store, person, plan_id)
    assert found
    return found


def past(plan: LivePlan, today: date) -> list[Any]:
    days = [START + timedelta(days=after) for after in range((today - START).days)]
    rows = [(plan.row_on(day), plan.stands_on(day), plan.in_force(day) is None) for day in days]
    return [(row and dict(row.moments), stands, none) for row, stands, none in rows]


BENDS = st.lists(
    st.tuples(
        st.sampled_from([Why.STAY, Why.BACK, Why.GO_ON, Why.HOSPITAL, Why.HOME]),
        st.none() | st.integers(1, 30),
        st.integers(0, 12),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(BENDS)
def test_whatever_is_done_no_day_before_today_changes(
    lived_in: tuple[House, Clock, Person], told: list[tuple[Why, int | None, int]]
) -> None:
    house, clock, person = lived_in
    plan_id = begun(house, person, clock)
    for why, days, later in told:
        clock.forward(days=later)
        today = person.day(clock())
        before = now_of(house, person, plan_id)
        bend = Bend(why, today, days if why in {Why.STAY, Why.BACK, Why.HOSPITAL} else None)
        refused = bend_plan(house.store, person, plan_id, before.kept.version, bend, clock())
        after = now_of(house, person, plan_id)
        assert past(before, today) == past(after, today)
        if refused:
            assert after.kept == before.kept
        else:
            assert after.kept.version == before.kept.version + 1
            assert all(after.state(row) == "confirmed" for row in after.layout.rows)
    export_person(house.store, person)
    today = person.day(clock())
    for window in Window:
        read_history(house.store, person, plan_id, window, today, today)
    assert len(versions_of(house.store, person, plan_id)) == now_of(house, person, plan_id).kept.version


def test_a_version_that_was_not_the_one_seen_changes_nothing(lived_in: tuple[House, Clock, Person]) -> None:
    house, clock, person = lived_in
    plan_id = begun(house, person, clock)
    bend = Bend(Why.STAY, START, 7)
    assert bend_plan(house.store, person, plan_id, 1, bend, clock()) is None
    again = bend_plan(house.store, person, plan_id, 1, bend, clock())
    assert again == Refused.because("", "plan_changed_meanwhile")
    assert now_of(house, person, plan_id).kept.version == 2


def test_a_wait_is_a_gap_in_history_and_a_stay_is_marked(lived_in: tuple[House, Clock, Person]) -> None:
    house, clock, person = lived_in
    plan_id = begun(house, person, clock)
    assert bend_plan(house.store, person, plan_id, 1, Bend(Why.STAY, START, 7), clock()) is None
    clock.set("2026-12-20 12:00")
    today = person.day(clock())
    assert bend_plan(house.store, person, plan_id, 2, Bend(Why.HOSPITAL, today, 5), clock()) is None
    later = today + timedelta(days=30)
    found = read_history(house.store, person, plan_id, Window.ALL, later, later).history
    assert [(turn.kind, turn.first_day) for turn in found.turns] == [("stay", START), ("hospital", today)]
    covered = {
        step.first_day + timedelta(days=after)
        for step in found.doses
        if step.last_day
        for after in range((step.last_day - step.first_day).days + 1)
    }
    assert {START, today - timedelta(days=1)} <= covered
    assert not any(today + timedelta(days=after) in covered for after in range(5))
    assert today + timedelta(days=5) in covered


def test_steady_plans_can_wait_and_change_but_not_stay(lived_in: tuple[House, Clock, Person]) -> None:
    house, clock, person = lived_in
    plan_id = begun(house, person, clock, goal={"kind": "stabilise"}, pace=None)
    choices = choices_of(now_of(house, person, plan_id), START)
    assert (choices.stay, choices.back, choices.go_on, choices.hospital, choices.rows) == (
        False,
        False,
        None,
        True,
        True,
    )
    assert bend_plan(house.store, person, plan_id, 1, Bend(Why.HOSPITAL, START), clock()) is None
    clock.forward(days=9)
    today = person.day(clock())
    assert now_of(house, person, plan_id).in_force(today) is None
    assert bend_plan(house.store, person, plan_id, 2, Bend(Why.HOME, today), clock()) is None
    plan = now_of(house, person, plan_id)
    assert plan.in_force(today) is not None
    assert plan.kept.until == {1: OPEN}
    assert [(turn.kind, turn.last_day) for turn in turns_of(plan)] == [("hospital", today - timedelta(days=1))]

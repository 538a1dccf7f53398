"""Which list Today offers, by real plans: lead-ins, stays, steps back, waits, plans that end, and several of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from companion.bootstrap import House
from companion.domain.bending import Bend
from companion.domain.codes import Refused
from companion.domain.instrument import Answers
from companion.domain.person import Person
from companion.domain.plan_change import Why
from companion.services.bend_plan import bend_plan
from companion.services.change_plan import confirm_rows, end_plan, start_plan
from companion.services.join import Joining, join
from companion.services.log_symptoms import log_symptoms
from companion.services.offer_lists import course_of, offered
from companion.services.plan_view import plan_of, plans_of
from tests.build import Clock
from tests.domain.plan.build import plan as document

START = date(2026, 11, 21)
DAY = timedelta(days=1)


@pytest.fixture
def person(house: House, clock: Clock) -> Person:
    clock.set("2026-11-01 12:00")
    joined = join(house.store, Joining("alice", "seven quiet yellow boats", adult=True, language="nl"), clock())
    assert not isinstance(joined, Refused)
    return joined.person


Begin = Callable[..., str]


@pytest.fixture
def begin(house: House, person: Person, clock: Clock) -> Begin:
    """`begin(start=…, confirmed=True, **more)`: a plan from 10 mg in typed rows of 21 days of 8, 6 and 4 mg."""

    def make(start: date = START, *, confirmed: bool = True, **more: Any) -> str:
        plan_id = str(uuid4())
        rows = [{"daily": {"bedtime": mg}, "days": 21} for mg in ("8", "6", "4")]
        given = {
            "products": [{"strength": "2", "form": "tablet", "split": "whole"}],
            "daily": {"bedtime": "10"},
            "pace": {"kind": "rows", "rows": rows},
        }
        written = document(start=start.isoformat(), **(given | more))
        assert start_plan(house.store, person, plan_id, written, clock()) is None
        found = plan_of(house.store, person, plan_id)
        assert found
        if confirmed:
            for row in found.layout.rows:
                refused = confirm_rows(house.store, person, plan_id, 1, {row.n}, "doctor", clock(), after_all=True)
                assert refused is None
        return plan_id

    return make


def at(clock: Clock, day: date) -> None:
    clock.set(f"{day.isoformat()} 20:00")


def offers(house: House, person: Person, first: date, days: int, name: str = "bwsq") -> list[int]:
    """The numbers of the days, from `first`, on which a questionnaire is the one offered."""
    plans = plans_of(house.store, person)
    found = [offered(house.store, person, plans, first + number * DAY) for number in range(days)]
    return [number for number, each in enumerate(found) if each and each.id == name]


def fill_in(house: House, person: Person, clock: Clock, day: date, name: str = "bwsq") -> None:
    at(clock, day)
    log_symptoms(house.store, person, Answers(name, {"1": 1}, "", {}), str(uuid4()), clock())


def test_without_a_plan_nothing_is_offered(house: House, person: Person) -> None:
    assert offers(house, person, START, 100) == []


def test_around_the_steps_of_a_plan(house: House, person: Person, begin: Begin) -> None:
    begin()
    steps = [7, 8, 9, 10, 14, 15, 16, 17]
    before = [-5, -4, -3, -2, -1, 0]
    expected = [*before, *steps, *(21 + day for day in steps), *(42 + day for day in steps)]
    end = [62 + 14, 62 + 28]
    expected += [day + more for day in end for more in range(4)]
    found = [number - 20 for number in offers(house, person, START - 20 * DAY, 250)]
    assert found == sorted(set(expected))


def test_before_a_lead_in_ends(house: House, person: Person, begin: Begin) -> None:
    pace = {"kind": "amount", "mg": "2", "every_days": 14}
    begin(pace=pace, lead_in_days=20)
    assert offers(house, person, START, 21) == [15, 16, 17, 18, 19, 20]


def test_a_sketch_is_asked_about_once_before_it_and_not_after(house: House, person: Person, begin: Begin) -> None:
    begin(confirmed=False)
    assert offers(house, person, START - 10 * DAY, 200) == [5, 6, 7, 8, 9, 10]


def test_a_plan_to_stay_stable_has_no_list(house: House, person: Person, begin: Begin) -> None:
    begin(goal={"kind": "stabilise"}, pace=None)
    assert offers(house, person, START - 10 * DAY, 200) == []


def test_while_staying_every_two_weeks(house: House, person: Person, begin: Begin, clock: Clock) -> None:
    plan_id = begin()
    at(clock, START + 10 * DAY)
    assert bend_plan(house.store, person, plan_id, 1, Bend(Why.STAY, START + 10 * DAY, None), clock()) is None
    fill_in(house, person, clock, START)
    found = offers(house, person, START + DAY, 90)
    firsts = [number + 1 for number in found if number - 1 not in found]
    assert firsts == [7, 14, 28, 42, 56, 70, 84]


def test_a_step_back_is_a_change_too(house: House, person: Person, begin: Begin, clock: Clock) -> None:
    plan_id = begin()
    day = START + 25 * DAY
    at(clock, day)
    assert bend_plan(house.store, person, plan_id, 1, Bend(Why.BACK, day, 14), clock()) is None
    found = plan_of(house.store, person, plan_id)
    assert found
    changed = [(each.first_day - START).days for each in course_of(found).stretches if each.changed]
    assert changed == [0, 21, 25, 39, 60]


def test_while_others_give_the_medicine_nothing_is_asked(
    house: House, person: Person, begin: Begin, clock: Clock
) -> None:
    plan_id = begin()
    at(clock, START + 6 * DAY)
    bend = Bend(Why.HOSPITAL, START + 6 * DAY, 10)
    assert bend_plan(house.store, person, plan_id, 1, bend, clock()) is None
    assert not [number for number in offers(house, person, START + 6 * DAY, 10)]


def test_an_ended_plan_offers_no_more_and_the_other_one_goes_on(
    house: House, person: Person, begin: Begin, clock: Clock
) -> None:
    first = begin()
    at(clock, START + 3 * DAY)
    end_plan(house.store, person, first, clock())
    assert offers(house, person, START + 3 * DAY, 200) == []
    begin(START + 30 * DAY, medicine="zolpidem")
    assert offers(house, person, START + 3 * DAY, 40) == [*range(22, 28), 34, 35, 36, 37]


def test_a_list_for_one_plan_is_a_list_for_both(house: House, person: Person, begin: Begin, clock: Clock) -> None:
    begin()
    begin(START + DAY, medicine="zolpidem")
    assert START in [START - 5 * DAY + number * DAY for number in offers(house, person, START - 5 * DAY, 10)]
    fill_in(house, person, clock, START)
    assert offers(house, person, START, 7) == []


def test_looking_back_at_the_start_and_every_three_months(
    house: House, person: Person, begin: Begin, clock: Clock
) -> None:
    begin()
    fill_in(house, person, clock, START)
    assert offers(house, person, START, 14, "sds") == [1, 2, 3, 4, 5, 6]
    fill_in(house, person, clock, START + 2 * DAY, "sds")
    found = offers(house, person, START + 3 * DAY, 130, "sds")
    assert found
    assert all(START + 92 * DAY <= START + (3 + number) * DAY < START + 99 * DAY for number in found)


def test_one_list_a_day_is_enough(house: House, person: Person, begin: Begin, clock: Clock) -> None:
    begin()
    fill_in(house, person, clock, START + DAY)
    assert offered(house.store, person, plans_of(house.store, person), START + DAY) is None
    assert offers(house, person, START + 2 * DAY, 1, "sds") == [0]


def test_looking_back_ends_some_time_after_the_last_dose(house: House, person: Person, begin: Begin) -> None:
    begin()
    found = offers(house, person, START, 900, "sds")
    assert max(found) < 62 + 3 * 31 + 7

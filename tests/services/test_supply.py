"""What someone has and how long it lasts, from the database to what Today says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from companion.bootstrap import House
from companion.domain.codes import Refused
from companion.domain.person import Person
from companion.domain.plan import Moment
from companion.domain.supply import Reach
from companion.services.change_plan import end_plan
from companion.services.count_supply import count_supply, field_of
from companion.services.export_person import export_person
from companion.services.log_dose import Slot, take, take_extra
from companion.services.supply import PlanSupply, read_supply, soon
from tests.build import Clock
from tests.confirmed import HALVES, PROGRAMME, confirmed_plan, person_named
from tests.web.fetcher import Browser


@pytest.fixture
def person(house: House, alice: Browser) -> Person:
    return person_named(house, "alice")


def only(house: House, person: Person, clock: Clock) -> PlanSupply:
    [supply] = read_supply(house.store, person, clock.instant)
    return supply


def count(house: House, person: Person, clock: Clock, number: str, day: str = "") -> Refused | None:
    supply = only(house, person, clock)
    field = field_of(supply.plan.id, supply.kinds[0])
    return count_supply(house.store, person, {field: number}, day, clock.instant)


def test_a_count_lasts_until_a_day_and_is_said_within_ten_days(house: House, person: Person, clock: Clock) -> None:
    confirmed_plan(house, person, HALVES, clock.instant)  # 21 November: nine days of 1.5, then 14 of 1
    assert soon(house.store, person, clock.instant) == []
    assert count(house, person, clock, "20,5") is None
    [stock] = only(house, person, clock).stocks.values()
    assert (stock.counted.count, stock.lasts.reach, stock.lasts.day) == (
        Decimal("20.5"),
        Reach.UNTIL,
        date(2026, 12, 6),
    )
    assert soon(house.store, person, clock.instant) == []
    clock.forward(days=5)
    [told] = soon(house.store, person, clock.instant)
    assert told.stock is not None
    assert told.stock.runs_out() == date(2026, 12, 6)
    assert count(house, person, clock, "60") is None
    assert soon(house.store, person, clock.instant) == []


def test_a_sketch_is_never_counted(house: House, person: Person, clock: Clock) -> None:
    confirmed_plan(house, person, HALVES, clock.instant, rows=[1])
    assert count(house, person, clock, "13,5") is None
    supply = only(house, person, clock)
    [stock] = supply.stocks.values()
    assert (stock.lasts.reach, stock.lasts.day) == (Reach.ENOUGH, date(2026, 11, 29))
    assert supply.last_day == date(2026, 11, 29)
    assert supply.sketch_until(date(2026, 11, 21), date(2026, 12, 1))


@pytest.mark.parametrize("typed", ["x", "-1", "1,3", "0,5,5", "1 000"])
def test_nonsense_is_refused_and_nothing_is_kept(house: House, person: Person, clock: Clock, typed: str) -> None:
    confirmed_plan(house, person, HALVES, clock.instant)
    refused = count(house, person, clock, typed)
    assert isinstance(refused, Refused)
    assert refused.reasons[0].field.startswith("have-")
    assert only(house, person, clock).stocks == {}


def test_the_day_of_the_count_is_not_to_come(house: House, person: Person, clock: Clock) -> None:
    confirmed_plan(house, person, HALVES, clock.instant)
    assert isinstance(count(house, person, clock, "3", "2026-11-22"), Refused)
    assert isinstance(count(house, person, clock, "3", "yesterday"), Refused)
    assert count(house, person, clock, "3", "2026-11-19") is None
    [stock] = only(house, person, clock).stocks.values()
    assert stock.lasts.day == date(2026, 11, 20)


def test_something_else_than_the_plan_asks_to_count_again(house: House, person: Person, clock: Clock) -> None:
    plan = confirmed_plan(house, person, HALVES, clock.instant)
    count(house, person, clock, "30")
    slot = Slot(plan.id, Moment.BEDTIME, date(2026, 11, 21))
    take(house.store, person, slot, Decimal("1.5"), "11111111-1111-4111-8111-111111111111", clock.instant)
    [stock] = only(house, person, clock).stocks.values()
    assert not stock.differs
    take_extra(house.store, person, slot, "1", "", "11111111-1111-4111-8111-111111111112", clock.instant)
    [stock] = only(house, person, clock).stocks.values()
    assert stock.differs


def test_the_prescriptions_of_the_programme(house: House, person: Person, clock: Clock) -> None:
    confirmed_plan(house, person, PROGRAMME, clock.instant, rows=[1, 2, 3])
    supply = only(house, person, clock)
    assert [[step.n for step in visit.steps] for visit in supply.visits] == [[1, 2], [3]]
    assert supply.visits[1].first_day == date(2026, 12, 31)
    assert soon(house.store, person, clock.instant) == []
    clock.set("2026-12-21 12:00")
    [told] = soon(house.store, person, clock.instant)
    assert told.visit == supply.visits[1]


def test_typed_rows_have_no_prescriptions_of_the_programme(house: House, person: Person, clock: Clock) -> None:
    confirmed_plan(house, person, HALVES, clock.instant)
    assert only(house, person, clock).visits == []


def test_a_plan_that_ended_needs_nothing(house: House, person: Person, clock: Clock) -> None:
    plan = confirmed_plan(house, person, HALVES, clock.instant)
    end_plan(house.store, person, plan.id, clock.instant)
    assert read_supply(house.store, person, clock.instant) == []


def test_a_count_is_in_the_export(house: House, person: Person, clock: Clock) -> None:
    confirmed_plan(house, person, HALVES, clock.instant)
    count(house, person, clock, "12½")
    [kept] = export_person(house.store, person)["supplies"]
    assert (kept["form"], kept["strength"], kept["count"], kept["counted_on"]) == ("tablet", "1", "12.5", "2026-11-21")

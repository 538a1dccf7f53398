"""A plan document at its limits: the longest, the most, what it is when something is left out (contract §2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from companion.domain.codes import Reason, Refused
from companion.domain.plan import lay_out
from companion.domain.plan.document import read_plan
from companion.domain.plan.fields import below, read_amount_text, read_day, read_list, read_object, read_whole
from companion.domain.plan.model import (
    Extra,
    Goal,
    GoalKind,
    Moment,
    PercentOfCurrent,
    PlanInput,
    Stay,
    TypedRows,
)
from companion.domain.product import Form, Product, Split
from tests.domain.plan.build import Doc, plan, refused, tablet


def read(**changes: Any) -> PlanInput:
    asked = read_plan(plan(**changes))
    assert isinstance(asked, PlanInput), asked
    return asked


def reasons(**changes: Any) -> list[tuple[str, str, Mapping[str, str]]]:
    asked = read_plan(plan(**changes))
    outcome = asked if isinstance(asked, Refused) else lay_out(asked)
    return [(why.field, why.code, dict(why.values)) for why in outcome.reasons] if isinstance(outcome, Refused) else []


def row(days: object) -> Doc:
    return {"daily": {"bedtime": "1"}, "days": days}


def typed(rows: list[Doc]) -> Doc:
    return {"kind": "rows", "rows": rows}


def event(kind: str, **more: object) -> Doc:
    return {"on": "2027-01-05", "kind": kind, **more}


def test_what_is_left_out_is_what_the_contract_says() -> None:
    assert read() == PlanInput(
        products=(Product(Form.TABLET, Decimal(1), Split.HALVES),),
        daily={Moment.BEDTIME: Decimal(2)},
        goal=Goal(GoalKind.STOP, Decimal(0)),
        pace=PercentOfCurrent(Decimal(10), 14),
        start=date(2027, 1, 4),
        medicine="",
        stretch=False,
        lead_in_days=0,
        last_dose=None,
        lower_first=(Moment.MORNING, Moment.NOON, Moment.EVENING, Moment.BEDTIME),
        events=(),
    )


def test_a_plan_made_without_a_document_has_the_same_defaults() -> None:
    asked = read()
    assert PlanInput(asked.products, asked.daily, Goal(GoalKind.STOP), asked.pace, asked.start) == asked


def test_what_is_given_is_read() -> None:
    asked = read(
        medicine="lormetazepam",
        stretch=True,
        lead_in_days=3,
        last_dose="0.5",
        lower_first=["bedtime", "noon"],
        goal={"kind": "reduce", "target": "0.5"},
        events=[event("extra", mg="0.5", moment="noon"), event("stay")],
    )
    assert (asked.medicine, asked.stretch, asked.lead_in_days, asked.last_dose) == (
        "lormetazepam",
        True,
        3,
        Decimal("0.5"),
    )
    assert asked.lower_first == (Moment.BEDTIME, Moment.NOON, Moment.MORNING, Moment.EVENING)
    assert asked.goal == Goal(GoalKind.REDUCE, Decimal("0.5"))
    day = date(2027, 1, 5)
    assert asked.events == (Extra(day, Decimal("0.5"), Moment.NOON), Stay(day, None))


@pytest.mark.parametrize(
    ("product", "expected"),
    [
        (tablet("1"), Product(Form.TABLET, Decimal(1), Split.WHOLE)),
        (tablet("1", "quarters"), Product(Form.TABLET, Decimal(1), Split.QUARTERS)),
        ({"form": "capsule", "strength": "5"}, Product(Form.CAPSULE, Decimal(5), Split.WHOLE)),
        ({"form": "drops", "strength": "0.1"}, Product(Form.DROPS, Decimal("0.1"), Split.WHOLE)),
        (
            {"form": "liquid", "strength": "2", "step_ml": "0.5"},
            Product(Form.LIQUID, Decimal(2), Split.WHOLE, Decimal("0.5")),
        ),
        ({"form": "made_capsule"}, Product(Form.MADE_CAPSULE, Decimal(0), Split.WHOLE, Decimal(0))),
    ],
)
def test_each_form_has_its_own_keys(product: Doc, expected: Product) -> None:
    assert read(products=[product]).products == (expected,)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"lead_in_days": 3661}, "lead_in_days"),
        ({"pace": typed([row(3661)])}, "pace.rows[0].days"),
        ({"events": [event("stay", days=3661)]}, "events[0].days"),
        ({"events": [event("back", days=3661)]}, "events[0].days"),
    ],
)
def test_nothing_in_a_plan_lasts_longer_than_ten_years(changes: Doc, field: str) -> None:
    ((where, code, values),) = reasons(**changes)
    assert (where, code, values["most"]) == (field, "plan_not_whole_number", "3660")


def test_ten_years_can_be_asked_for() -> None:
    assert read(lead_in_days=3660).lead_in_days == 3660
    assert read(pace={"kind": "percent_of_current", "percent": "10", "every_days": 3660}).pace == PercentOfCurrent(
        Decimal(10), 3660
    )
    pace = read(pace=typed([row(3660)])).pace
    assert isinstance(pace, TypedRows)
    assert pace.rows[0].days == 3660
    assert read(events=[event("stay", days=3660)]).events == (Stay(date(2027, 1, 5), 3660),)


def test_a_plan_lasts_two_hundred_years_at_most() -> None:
    rows = [row(3650)] * 20
    assert reasons(pace=typed([*rows, row(50)])) == []
    too_long = [("start", "plan_too_long", {"most": "73050"})]
    assert reasons(pace=typed([*rows, row(51)])) == too_long


def test_two_thousand_rows_and_two_thousand_events_are_the_most() -> None:
    extra = event("extra", mg="0.5")
    assert len(read(events=[extra] * 2000).events) == 2000
    assert reasons(events=[extra] * 2001) == [("events", "plan_list_too_long", {"most": "2000"})]
    assert reasons(pace=typed([row(1)] * 2000)) == []
    assert reasons(pace=typed([row(1)] * 2001)) == [("pace.rows", "plan_list_too_long", {"most": "2000"})]


@pytest.mark.parametrize("kind", ["percent_of_current", "percent_of_start"])
def test_a_percent_is_below_a_hundred(kind: str) -> None:
    pace = {"kind": kind, "every_days": 14}
    assert reasons(pace={**pace, "percent": "99.5"}) == []
    assert reasons(pace={**pace, "percent": "100"}) == [("pace.percent", "plan_percent_outside", {})]
    assert reasons(pace=None) == [("pace", "plan_missing", {})]
    assert reasons(pace=[]) == [("pace", "plan_not_object", {})]
    assert [code for _, code, _ in reasons(pace={**pace, "kind": "slowly"})] == ["plan_not_one_of"]


def test_twelve_products_are_the_most() -> None:
    assert len(read(products=[tablet(str(n)) for n in range(1, 13)]).products) == 12
    assert reasons(products=[tablet(str(n)) for n in range(1, 14)]) == [
        ("products", "plan_list_too_long", {"most": "12"})
    ]


def test_the_name_of_a_medicine_has_two_hundred_letters_at_most() -> None:
    assert read(medicine="x" * 200).medicine == "x" * 200
    assert reasons(medicine="x" * 201) == [("medicine", "plan_not_short_text", {"most": "200"})]


def test_one_made_capsule_is_fine_and_never_beside_another_product() -> None:
    made: Doc = {"form": "made_capsule"}
    assert len(read(products=[made], last_dose="1").products) == 1
    assert refused(plan(products=[tablet("1"), made])) == [("products", "plan_made_capsule_alone")]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"lower_first": ["noon", "midnight"]}, [("lower_first[1]", "plan_not_one_of")]),
        ({"lower_first": ["noon", "bedtime", "noon"]}, [("lower_first", "plan_moment_twice")]),
        ({"last_dose": "1", "goal": {"kind": "stabilise"}, "pace": None}, [("last_dose", "plan_last_dose_unused")]),
        ({"last_dose": "0"}, [("last_dose", "plan_not_above_zero")]),
        ({"events": [event("extra", mg="1", moment="night")]}, [("events[0].moment", "plan_not_one_of")]),
        ({"events": [event("extra")]}, [("events[0].mg", "plan_missing")]),
        (
            {"products": [{"form": "tablet", "strength": "x", "split": "thirds"}]},
            [("products[0].strength", "plan_not_amount"), ("products[0].split", "plan_not_one_of")],
        ),
    ],
)
def test_what_is_wrong_on_the_way_is_named(changes: Doc, expected: list[tuple[str, str]]) -> None:
    assert refused(plan(**changes)) == expected


# One field


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("999999.999999", Decimal("999999.999999")),
        ("0.000001", Decimal("0.000001")),
        ("007", Decimal(7)),
        ("1000000", "plan_not_amount"),
        ("0.0000001", "plan_not_amount"),
        ("0.000000", "plan_not_above_zero"),
    ],
)
def test_an_amount_has_six_digits_before_and_after_the_point(text: str, found: Decimal | str) -> None:
    assert read_amount_text(text, "mg") == (found if isinstance(found, Decimal) else Refused((Reason("mg", found),)))


def test_a_whole_number_from_the_least_up_to_the_most() -> None:
    wrong = Refused((Reason("days", "plan_not_whole_number", {"least": "1", "most": "3"}),))
    assert [read_whole(days, "days", 1, 3) for days in (0, 1, 3, 4)] == [wrong, 1, 3, wrong]
    assert read_whole(True, "days", 1, 3) == wrong


def test_a_list_up_to_its_most() -> None:
    assert read_list([1, 2], "x", 2) == [1, 2]
    assert read_list([1, 2, 3], "x", 2) == Refused((Reason("x", "plan_list_too_long", {"most": "2"}),))


def test_a_day_that_exists() -> None:
    assert read_day("2028-02-29", "on") == date(2028, 2, 29)
    assert read_day("2027-02-29", "on") == Refused((Reason("on", "plan_no_such_date"),))
    assert read_day(date(2027, 1, 4), "on") == Refused((Reason("on", "plan_not_date"),))


def test_every_missing_and_every_unknown_key_is_named_at_once() -> None:
    assert read_object({"a": 1, "c": 2}, "x", ["a", "b"], ["d"], "odd") == Refused(
        (Reason("x.c", "odd"), Reason("x.b", "plan_missing"))
    )
    assert read_object({"a": 1, "d": 2}, "x", ["a"], ["d"]) == {"a": 1, "d": 2}


def test_a_name_of_forty_letters_is_whole() -> None:
    assert below("", "a" * 41) == "a" * 40
    assert below("x", "b" * 40) == f"x.{'b' * 40}"

"""Going down by hand: how long rows last, when it ends, and which drops are told (contract §2, "Laying out")."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.domain.plan.build import Doc, moments, plan, refused, short, tablet, told

MADE = [{"form": "made_capsule"}]


def amount(mg: str, every_days: int = 14) -> Doc:
    return {"kind": "amount", "mg": mg, "every_days": every_days}


def percent(much: str, every_days: int = 14) -> Doc:
    return {"kind": "percent_of_current", "percent": much, "every_days": every_days}


def days(document: Doc) -> list[int | None]:
    def length(first: str | None, last: str | None) -> int | None:
        return (date.fromisoformat(last) - date.fromisoformat(first)).days + 1 if first and last else None

    return [length(first, last) for first, last, _ in short(document)]


def doses(document: Doc) -> list[str]:
    return [mg for _, _, mg in short(document)]


def test_two_hundred_years_of_a_pace_and_not_a_day_more() -> None:
    """Twenty rows of 3,650 days, and a lead-in of 50."""
    slow: dict[str, Any] = {"products": [tablet("1")], "daily": {"bedtime": "21"}, "pace": amount("1", 3650)}
    assert sum(found or 0 for found in days(plan(**slow, lead_in_days=50))) == 73_050
    assert refused(plan(**slow, lead_in_days=51)) == [("pace", "plan_too_long")]


def test_the_dose_asked_for_may_be_the_last_dose_itself() -> None:
    by_half = plan(products=MADE, pace=amount("0.5"), last_dose="0.5")
    assert doses(by_half) == ["1.5", "1", "0.5"]
    assert doses({**by_half, "last_dose": "0.51"}) == ["1.5", "1"]
    assert doses({**by_half, "pace": percent("50"), "last_dose": "0.5"}) == ["1", "0.5"]


def test_below_the_last_dose_comes_the_target() -> None:
    reduced = plan(products=MADE, pace=percent("50"), last_dose="0.75", goal={"kind": "reduce", "target": "0.1"})
    assert short(reduced)[-2:] == [("2027-01-04", "2027-01-17", "1"), ("2027-01-18", None, "0.1")]


def test_each_row_before_a_larger_cut_gets_its_own_more_time_and_a_lead_in_none() -> None:
    """Halves of 1 mg, a tenth every fourteen days: 14 x ln(1/1.5) / ln 0.9 = 53.9; 14 x ln(1/2) / ln 0.9 = 92.1."""
    assert days(plan(pace=percent("10"), stretch=True)) == [54, 93, 14]
    assert days(plan(pace=percent("10"), stretch=True, lead_in_days=5)) == [5, 54, 93, 14]


def test_a_moment_that_comes_to_nothing_does_not_end_the_plan() -> None:
    """1 mg over two moments becomes 0.5 mg at one of them: the row before it still gets more time."""
    two = plan(daily={"morning": "0.5", "bedtime": "0.5"}, pace=percent("10"), stretch=True, lead_in_days=3)
    assert moments(two)[1:] == [{"bedtime": "0.5"}]
    later = plan(daily={"morning": "0.5", "bedtime": "1"}, pace=percent("10"), stretch=True)
    assert doses(later) == ["1", "0.5"]
    assert [sorted(each) for each in moments(later)] == [["bedtime", "morning"], ["bedtime"]]
    assert days(later) == [93, 14]


@pytest.mark.parametrize(("lasts", "noted"), [(13, True), (14, False)])
def test_a_drop_of_more_than_a_quarter_is_told_when_it_comes_within_two_weeks(lasts: int, noted: bool) -> None:
    """From 4 mg to 3 is a quarter; to 2.5 mg it is more, for who still took 4 mg two weeks ago."""
    rows = [{"daily": {"bedtime": mg}, "days": length} for mg, length in (("4", 7), ("3", lasts), ("2.5", 7))]
    found = told(plan(daily={"bedtime": "4"}, pace={"kind": "rows", "rows": rows}))["rows"]
    over = ["over_25_percent_in_14_days"]
    assert [row["notes"] for row in found] == [[], [], over if noted else []]


def test_from_the_dose_before_the_plan_as_well() -> None:
    rows = [{"daily": {"bedtime": mg}, "days": 20} for mg in ("1.25", "1")]
    found = told(plan(products=[tablet("1", "quarters")], pace={"kind": "rows", "rows": rows}))["rows"]
    assert [row["notes"] for row in found] == [["over_25_percent_in_14_days"], []]


def test_a_step_back_lasts_as_long_as_the_pace_says_also_from_a_row_that_had_more_time() -> None:
    back = [{"on": "2027-01-25", "kind": "back"}]
    assert days(plan(pace=percent("10"), stretch=True, events=back)) == [21, 14, 54, 93, 14]


def test_a_step_back_in_the_programme_lasts_as_long_as_its_steps() -> None:
    programme = {"kind": "programme", "steps": 5, "days": 20}
    goal = {"kind": "reduce", "target": "1.5"}
    document = plan(products=MADE, pace=programme, goal=goal, events=[{"on": "2027-02-20", "kind": "back"}])
    assert short(document) == [
        ("2027-01-04", "2027-01-23", "2"),
        ("2027-01-24", "2027-02-12", "1.6"),
        ("2027-02-13", "2027-02-19", "1.5"),
        ("2027-02-20", "2027-03-11", "1.6"),
        ("2027-03-12", None, "1.5"),
    ]


def test_what_is_used_up_is_told_by_the_larger_strength_first() -> None:
    rows = [{"daily": {"bedtime": mg}, "days": 2} for mg in ("1", "2.5", "2")]
    document = plan(
        products=[tablet("1", "halves"), tablet("2")], daily={"bedtime": "3"}, pace={"kind": "rows", "rows": rows}
    )
    units = [(unit["strength"], unit["count"]) for unit in told(document)["units"]]
    assert units == [("2", "4"), ("1", "3")]

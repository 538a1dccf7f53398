"""Several moments, more time, the programme, and typed rows."""

from typing import Any

import pytest

from companion.domain.plan import programme_percents
from tests.domain.plan.build import doses, moments, plan, refused, short, tablet, told

MADE = [{"form": "made_capsule"}]


# Several moments


def test_a_total_is_shared_as_the_daily_dose_is() -> None:
    document = plan(
        products=[tablet("1", "halves")],
        daily={"bedtime": "4", "morning": "2"},
        pace={"kind": "amount", "mg": "1.5", "every_days": 7},
    )
    assert moments(document) == [
        {"morning": "1.5", "bedtime": "3"},
        {"morning": "1", "bedtime": "2"},
        {"morning": "0.5", "bedtime": "1"},
    ]


def test_as_few_moments_as_possible_come_to_nothing() -> None:
    document = plan(daily={"morning": "0.5", "bedtime": "4"}, pace={"kind": "amount", "mg": "0.5", "every_days": 7})
    assert [row.get("morning") for row in moments(document)] == ["0.5"] * 7 + [None]


@pytest.mark.parametrize(
    ("lower_first", "first"),
    [(None, {"morning": "0.5", "bedtime": "1"}), (["bedtime"], {"morning": "1", "bedtime": "0.5"})],
)
def test_ties_are_lowered_first_where_the_person_wants(lower_first: list[str] | None, first: dict[str, str]) -> None:
    document = plan(
        daily={"morning": "1", "bedtime": "1"},
        pace={"kind": "amount", "mg": "0.5", "every_days": 7},
        lower_first=lower_first,
    )
    assert moments(document)[0] == first


def test_only_splits_from_which_the_target_can_still_be_made_count() -> None:
    """Tablets of 2 and 3 whole: 3 + 3 down to 3 must keep a 3 somewhere, though 2 + 2 is below 5."""
    document = plan(
        products=[tablet("2"), tablet("3")],
        daily={"morning": "3", "bedtime": "3"},
        goal={"kind": "reduce", "target": "3"},
        pace={"kind": "amount", "mg": "2", "every_days": 7},
    )
    assert moments(document) == [{"morning": "2", "bedtime": "3"}, {"bedtime": "3"}]


# More time


def test_a_row_before_a_larger_cut_lasts_longer_when_asked() -> None:
    """0.9^d <= (1/1.5)^14 first holds for d = 54; 0.9^d <= (0.5/1)^14 for d = 93; the step to 0 is not stretched."""
    document = plan(stretch=True)
    rows = short(document)
    assert rows == [
        ("2027-01-04", "2027-02-26", "1.5"),
        ("2027-02-27", "2027-05-30", "1"),
        ("2027-05-31", "2027-06-13", "0.5"),
    ]


def test_a_lead_in_is_not_stretched() -> None:
    assert short(plan(stretch=True, lead_in_days=5))[0] == ("2027-01-04", "2027-01-08", "2")


@pytest.mark.parametrize("pace", [{"kind": "percent_of_start", "percent": "15"}, {"kind": "amount", "mg": "0.3"}])
def test_other_paces_stretch_in_proportion(pace: dict[str, str]) -> None:
    """0.5 instead of 0.3 every 14 days: 23.33 days, rounded up."""
    rows = told(plan(stretch=True, pace={**pace, "every_days": 14}))["rows"]
    assert [row["first_day"] for row in rows] == ["2027-01-04", "2027-01-28", "2027-02-21"]


# The programme


def test_the_percents_of_the_programme() -> None:
    assert list(map(str, programme_percents(5) or ())) == ["100", "80", "60", "40", "20"]
    assert list(map(str, programme_percents(10) or ())) == [str(percent) for percent in range(100, 0, -10)]
    assert programme_percents(7) is None


def test_seven_steps_need_their_percents() -> None:
    seven: dict[str, Any] = {"kind": "programme", "steps": 7, "days": 20}
    assert refused(plan(products=MADE, pace=seven)) == [("pace.percents", "plan_percents_needed")]
    given = {**seven, "percents": ["100", "85", "70", "55", "40", "25", "10"]}
    assert doses(plan(products=MADE, pace=given)) == ["2", "1.7", "1.4", "1.1", "0.8", "0.5", "0.2"]


def test_a_programme_dose_goes_up_to_the_next_thousandth() -> None:
    document = plan(products=MADE, daily={"bedtime": "0.125"}, pace={"kind": "programme", "steps": 10, "days": 10})
    assert doses(document)[:4] == ["0.125", "0.113", "0.1", "0.088"]


def test_a_programme_with_a_target_stays_there() -> None:
    document = plan(
        products=MADE, goal={"kind": "reduce", "target": "1.1"}, pace={"kind": "programme", "steps": 10, "days": 30}
    )
    assert doses(document) == ["2", "1.8", "1.6", "1.4", "1.2", "1.1"]
    assert short(document)[-1][1] is None


def test_a_programme_comes_to_its_target_once() -> None:
    document = plan(
        products=MADE, goal={"kind": "reduce", "target": "1.2"}, pace={"kind": "programme", "steps": 10, "days": 30}
    )
    assert doses(document) == ["2", "1.8", "1.6", "1.4", "1.2"]
    assert short(document)[-1][1] is None


# Typed rows


def test_a_typed_row_that_goes_up_is_noted() -> None:
    document = plan(
        pace={
            "kind": "rows",
            "rows": [
                {"daily": {"bedtime": "1.5"}, "days": 10},
                {"daily": {"morning": "0.5", "bedtime": "0.5"}, "days": 10},
                {"daily": {"bedtime": "2"}, "days": 10},
            ],
        }
    )
    rows = told(document)["rows"]
    assert [row["notes"] for row in rows] == [[], ["over_25_percent_in_14_days", "rises"], ["rises"]]
    assert [row["cut_percent"] for row in rows] == ["25", "33.3", "-100"]


def test_the_last_typed_row_of_reduce_stays_open_with_or_without_days() -> None:
    for last in ({"daily": {"bedtime": "1"}, "days": 10}, {"daily": {"bedtime": "1"}}):
        document = plan(
            goal={"kind": "reduce", "target": "1"},
            pace={"kind": "rows", "rows": [{"daily": {"bedtime": "1.5"}, "days": 10}, last]},
        )
        assert short(document) == [("2027-01-04", "2027-01-13", "1.5"), ("2027-01-14", None, "1")]

import json
from typing import Any

from companion.domain.plan import pieces_for
from tests.domain.plan.build import doses, laid, plan, short, tablet, told

CONTRACT_INPUT = """
{"medicine": "lormetazepam",
 "products": [{"strength": "1", "form": "tablet", "split": "halves"},
              {"strength": "2", "form": "tablet", "split": "whole"}],
 "daily": {"bedtime": "2"},
 "goal": {"kind": "stop"},
 "pace": {"kind": "percent_of_current", "percent": "10", "every_days": 14},
 "stretch": false, "lead_in_days": 0,
 "start": "2027-01-04",
 "events": [{"on": "2027-02-01", "kind": "stay", "days": 30}]}
"""
CONTRACT_ANSWER = (
    '{"rows": [{"n": 1, "first_day": "2027-01-04", "last_day": "2027-01-17", "daily_mg": "1.5", "cut_percent": "25", '
    '"notes": ["larger_than_asked"], "moments": {"bedtime": {"mg": "1.5", "pieces": [{"strength": "1", "form": '
    '"tablet", "piece": "1", "count": 1}, {"strength": "1", "form": "tablet", "piece": "1/2", "count": 1}]}}}, '
    '{"n": 2, "first_day": "2027-01-18", "last_day": "2027-01-31", "daily_mg": "1", "cut_percent": "33.3", "notes": '
    '["larger_than_asked", "over_25_percent_in_14_days"], "moments": {"bedtime": {"mg": "1", "pieces": [{"strength": '
    '"1", "form": "tablet", "piece": "1", "count": 1}]}}}, {"n": 3, "first_day": "2027-02-01", "last_day": '
    '"2027-03-16", "daily_mg": "0.5", "cut_percent": "50", "notes": ["larger_than_asked", '
    '"over_25_percent_in_14_days"], "moments": {"bedtime": {"mg": "0.5", "pieces": [{"strength": "1", "form": '
    '"tablet", "piece": "1/2", "count": 1}]}}}], "first_day_without": "2027-03-17", "days": 72, "last_cut": '
    '{"from_mg": "0.5", "percent_of_start": "25", "notes": ["larger_than_asked"]}, "units": [{"strength": "1", '
    '"form": "tablet", "count": "57"}]}'
)

MADE = [{"form": "made_capsule"}]


def test_the_example_of_the_contract_comes_out_byte_for_byte() -> None:
    assert json.dumps(told(json.loads(CONTRACT_INPUT)), ensure_ascii=False) == CONTRACT_ANSWER


def test_lormetazepam_in_the_programme_of_ten_steps() -> None:
    """Alice: 2 mg, ten steps of thirty days of capsules made by the pharmacist."""
    document = plan(
        products=MADE, pace={"kind": "programme", "steps": 10, "days": 30}, start="2026-01-05", medicine="lormetazepam"
    )
    answer = told(document)
    assert doses(document) == ["2", "1.8", "1.6", "1.4", "1.2", "1", "0.8", "0.6", "0.4", "0.2"]
    assert [row["cut_percent"] for row in answer["rows"]] == [
        "0", "10", "11.1", "12.5", "14.3", "16.7", "20", "25", "33.3", "50",
    ]  # fmt: skip
    assert answer["rows"][1]["first_day"] == "2026-02-04"
    assert (answer["first_day_without"], answer["days"]) == ("2026-11-01", 300)
    assert answer["rows"][0]["moments"]["bedtime"]["pieces"] == [
        {"strength": "2", "form": "made_capsule", "piece": "1", "count": 1}
    ]
    assert answer["units"][1] == {"strength": "1.8", "form": "made_capsule", "count": "30"}
    assert answer["last_cut"] == {"from_mg": "0.2", "percent_of_start": "10", "notes": []}


def test_diazepam_with_three_strengths_as_typed_by_the_doctor() -> None:
    """Bob: 10 mg down with tablets of 10, 5 and 2 mg that may be halved."""
    typed = ["10", "9", "8", "7.5", "7", "6", "5", "4", "3", "2.5", "2", "1"]
    document = plan(
        products=[tablet("10", "halves"), tablet("5", "halves"), tablet("2", "halves")],
        daily={"evening": "10"},
        pace={"kind": "rows", "rows": [{"daily": {"evening": mg}, "days": 14} for mg in typed]},
    )
    answer = told(document)
    assert doses(document) == typed
    assert all(not row["notes"] for row in answer["rows"][:10])
    pieces = [
        [(one["strength"], one["piece"], one["count"]) for one in row["moments"]["evening"]["pieces"]]
        for row in answer["rows"]
    ]
    assert pieces[:4] == [
        [("10", "1", 1)],
        [("5", "1", 1), ("2", "1", 2)],
        [("5", "1", 1), ("2", "1", 1), ("2", "1/2", 1)],
        [("5", "1", 1), ("5", "1/2", 1)],
    ]
    assert answer["units"] == [
        {"strength": "10", "form": "tablet", "count": "14"},
        {"strength": "5", "form": "tablet", "count": "98"},
        {"strength": "2", "form": "tablet", "count": "140"},
    ]


def test_a_percent_of_the_start_and_an_amount_take_the_same_off_each_time() -> None:
    quarters = [tablet("1", "quarters")]
    expected = ["1.75", "1.5", "1.25", "1", "0.75", "0.5", "0.25"]
    for pace in ({"kind": "percent_of_start", "percent": "12.5"}, {"kind": "amount", "mg": "0.25"}):
        document = plan(products=quarters, pace={**pace, "every_days": 7})
        assert doses(document) == expected
        assert all("larger_than_asked" not in row["notes"] for row in told(document)["rows"])
        assert told(document)["last_cut"] == {"from_mg": "0.25", "percent_of_start": "12.5", "notes": []}


def test_the_lowest_takeable_dose_at_or_above_the_one_asked_for_is_chosen() -> None:
    document = plan(products=[tablet("1", "quarters")], pace={"kind": "amount", "mg": "0.6", "every_days": 7})
    assert doses(document) == ["1.5", "1", "0.5"]
    assert told(document)["last_cut"]["notes"] == []


def test_a_lead_in_is_the_current_dose() -> None:
    assert short(plan(lead_in_days=5))[:2] == [("2027-01-04", "2027-01-08", "2"), ("2027-01-09", "2027-01-22", "1.5")]


def test_stabilise_is_one_open_row() -> None:
    assert told(plan(goal={"kind": "stabilise"}, pace=None)) == {
        "rows": [
            {
                "n": 1,
                "first_day": "2027-01-04",
                "last_day": None,
                "daily_mg": "2",
                "cut_percent": "0",
                "notes": [],
                "moments": {
                    "bedtime": {"mg": "2", "pieces": [{"strength": "1", "form": "tablet", "piece": "1", "count": 2}]}
                },
            }
        ],
        "first_day_without": None,
        "days": None,
        "last_cut": None,
        "units": [],
    }


def test_reduce_ends_in_an_open_row_at_the_target() -> None:
    answer = told(plan(goal={"kind": "reduce", "target": "1"}))
    assert short(plan(goal={"kind": "reduce", "target": "1"})) == [
        ("2027-01-04", "2027-01-17", "1.5"),
        ("2027-01-18", None, "1"),
    ]
    assert (answer["first_day_without"], answer["days"], answer["last_cut"]) == (None, None, None)
    assert answer["units"] == [{"strength": "1", "form": "tablet", "count": "21"}]


def test_one_tablet_that_may_not_be_divided_stops_at_once_and_says_so() -> None:
    answer = told(plan(products=[tablet("2")]))
    assert answer["rows"] == []
    assert (answer["first_day_without"], answer["days"]) == ("2027-01-04", 0)
    assert answer["last_cut"] == {"from_mg": "2", "percent_of_start": "100", "notes": ["larger_than_asked"]}


def test_the_last_dose_ends_what_a_percentage_never_would() -> None:
    document = plan(
        products=[{"form": "drops", "strength": "0.1"}],
        pace={"kind": "percent_of_current", "percent": "20", "every_days": 7},
        last_dose="0.8",
    )
    assert doses(document) == ["1.6", "1.3", "1.1", "0.9"]
    assert told(document)["last_cut"] == {"from_mg": "0.9", "percent_of_start": "45", "notes": []}


def test_drops_and_liquids_are_counted_and_measured() -> None:
    drops = told(
        plan(products=[{"form": "drops", "strength": "0.1"}], pace={"kind": "amount", "mg": "1", "every_days": 10})
    )
    assert drops["rows"][0]["moments"]["bedtime"]["pieces"] == [
        {"strength": "0.1", "form": "drops", "piece": "1", "count": 10}
    ]
    assert drops["units"] == [{"strength": "0.1", "form": "drops", "count": "100"}]
    liquid = {"form": "liquid", "strength": "0.8", "step_ml": "0.25"}
    measured = told(plan(products=[liquid], pace={"kind": "amount", "mg": "1", "every_days": 10}))
    assert measured["rows"][0]["moments"]["bedtime"]["pieces"] == [
        {"strength": "0.8", "form": "liquid", "piece": "1.25", "count": 1}
    ]
    assert measured["units"] == [{"strength": "0.8", "form": "liquid", "count": "12.5"}]


def test_a_note_tells_a_drop_of_more_than_a_quarter_within_two_weeks() -> None:
    quick = told(plan(products=[tablet("1", "quarters")], pace={"kind": "amount", "mg": "0.25", "every_days": 4}))
    noted = [row["daily_mg"] for row in quick["rows"] if "over_25_percent_in_14_days" in row["notes"]]
    assert noted == ["1.25", "1", "0.75", "0.5", "0.25"]


# For the pages


def test_a_layout_knows_the_row_of_a_day() -> None:
    layout = laid(json.loads(CONTRACT_INPUT))
    days = [layout.rows[0].first_day, layout.rows[0].last_day, layout.rows[2].last_day, layout.first_day_without]
    assert [row.n if day and (row := layout.row_on(day)) else None for day in days] == [1, 1, 3, None]


def test_a_row_tells_what_the_pace_asked_for() -> None:
    assert [str(row.asked_mg) for row in laid(plan()).rows] == ["9/5", "27/20", "9/10"]


def test_pieces_for_is_at_hand_for_any_amount() -> None:
    products = laid_products()
    assert [piece.count for piece in pieces_for(products, laid(plan()).rows[0].daily_mg) or ()] == [1, 1]


def laid_products() -> Any:
    from companion.domain.plan import PlanInput, read_plan

    asked = read_plan(plan())
    assert isinstance(asked, PlanInput)
    return asked.products

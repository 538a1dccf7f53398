"""What the products must be able to make, by hand (contract §2, "Refused")."""

from __future__ import annotations

from typing import Any

import pytest

from tests.domain.plan.build import Doc, doses, plan, refused, tablet

DROPS = {"form": "drops", "strength": "0.1"}
MADE = {"form": "made_capsule"}
PROGRAMME = {"kind": "programme", "steps": 5, "days": 10}


def rows(*typed: str) -> Doc:
    return {"kind": "rows", "rows": [{"daily": {"bedtime": mg}, "days": 7} for mg in typed]}


def test_typed_rows_may_be_higher_than_the_dose_there_is() -> None:
    """2 and 3 mg make every whole amount from 2 mg on, also above the highest that is taken now."""
    products = [tablet("2"), tablet("3")]
    higher = plan(products=products, daily={"bedtime": "2"}, pace=rows("7", "11", "2"))
    assert doses(higher) == ["7", "11", "2"]
    event = {"on": "2027-01-05", "kind": "rows", "rows": rows("13")["rows"]}
    assert doses(plan(products=products, daily={"bedtime": "2"}, pace=rows("2"), events=[event])) == ["2", "13"]
    assert refused({**higher, "pace": rows("7", "1")}) == [("pace.rows[1].daily.bedtime", "plan_cannot_make")]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # of a dose that cannot be made nothing is said about the goal
        (
            {"daily": {"bedtime": "2.25"}, "goal": {"kind": "reduce", "target": "1.25"}},
            [("daily.bedtime", "plan_cannot_make")],
        ),
        ({"products": [tablet("1"), DROPS]}, [("last_dose", "plan_last_dose_needed")]),
        ({"products": [DROPS, tablet("1")], "pace": {"kind": "amount", "mg": "1", "every_days": 7}}, []),
        (
            {"pace": PROGRAMME, "daily": {"morning": "1", "bedtime": "1"}},
            [("products", "plan_programme_capsules"), ("daily", "plan_programme_one_moment")],
        ),
        ({"products": [MADE], "pace": PROGRAMME}, []),
        (
            {"goal": {"kind": "reduce", "target": "1"}, "pace": rows("1.5", "0.5")},
            [("pace.rows[1].daily", "plan_last_row_not_target")],
        ),
        ({"goal": {"kind": "reduce", "target": "1"}, "pace": rows("1.5", "1")}, []),
    ],
)
def test_what_is_not_possible_is_told(changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert refused(plan(**changes)) == expected


@pytest.mark.parametrize(
    ("last_dose", "expected"),
    [
        ("1", [("last_dose", "plan_last_dose_outside")]),
        ("1.001", []),
        ("1.999", []),
        ("2", [("last_dose", "plan_last_dose_outside")]),
    ],
)
def test_the_last_dose_lies_between_the_goal_and_the_dose_there_is(
    last_dose: str, expected: list[tuple[str, str]]
) -> None:
    document = plan(products=[MADE], goal={"kind": "reduce", "target": "1"}, last_dose=last_dose)
    assert refused(document) == expected

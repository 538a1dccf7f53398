"""No input takes long: it is laid out at once, or refused with a reason."""

import time
from typing import Any

import pytest

from companion.domain.codes import Refused
from companion.domain.plan import Layout, answer, lay_out, read_plan
from tests.domain.plan.build import plan, tablet

Doc = dict[str, Any]
MOMENTS = ("morning", "noon", "evening", "bedtime")


def drops(strength: str) -> Doc:
    return {"form": "drops", "strength": strength}


def liquid(strength: str, step_ml: str) -> Doc:
    return {"form": "liquid", "strength": strength, "step_ml": step_ml}


def amount(mg: str, every_days: int = 14) -> Doc:
    return {"kind": "amount", "mg": mg, "every_days": every_days}


def percent(of_current: str, every_days: int) -> Doc:
    return {"kind": "percent_of_current", "percent": of_current, "every_days": every_days}


TWO_TABLETS = [tablet("1", "halves"), tablet("2.5", "halves")]
TWO_LIQUIDS = [liquid("1", "0.3"), liquid("2.5", "0.07")]
AWKWARD = [drops("0.033333"), tablet("10", "halves")]


def outcome(document: Doc, seconds: float) -> Layout | Refused:
    """The layout or refusal, told as JSON too, within so many seconds (many times what it takes on an idle machine)."""
    began = time.process_time()
    asked = read_plan(document)
    laid = asked if isinstance(asked, Refused) else lay_out(asked)
    if isinstance(laid, Layout):
        answer(laid)
    assert time.process_time() - began < seconds
    return laid


@pytest.mark.parametrize(
    ("changes", "rows"),
    [
        ({"products": [drops("0.001")], "daily": {"bedtime": "1.001"}, "pace": amount("0.001")}, 1000),
        ({"products": [liquid("1", "0.01")], "daily": {"bedtime": "10.01"}, "pace": amount("0.01")}, 1000),
        ({"products": TWO_TABLETS, "daily": {"bedtime": "500.5"}, "pace": amount("0.5")}, 1000),
        ({"products": [drops("0.000001")], "daily": {"bedtime": "999999.999999"}, "pace": amount("1000", 1)}, 999),
        (
            {
                "products": [drops("0.01")],
                "daily": {"morning": "0.02", "noon": "2.17", "evening": "3.99", "bedtime": "3.83"},
                "pace": amount("0.01"),
            },
            1000,
        ),
    ],
)  # fmt: skip
def test_a_thousand_rows_within_a_blink(changes: Doc, rows: int) -> None:
    laid = outcome(plan(**changes), 2)
    assert isinstance(laid, Layout)
    assert len(laid.rows) == rows


NEAR = [tablet(f"1.{n:06d}") for n in (1, 3, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41)]
HUGE = {"bedtime": "999999.999999"}
HUGE_TABLETS = [tablet("999999.999999"), tablet("999999.999998"), tablet("0.000003", "quarters")]
ODD_LIQUIDS = [liquid("0.777777", "0.000003"), liquid("0.555555", "0.000007")]
ONE, TWENTY, MANY = [tablet("1")], {"bedtime": "20"}, {"bedtime": "999"}
STAYS = [{"on": "2027-01-05", "kind": "stay", "days": 1}] * 1999
TENTHS = [tablet(f"1.{n}", "quarters") for n in range(10)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"products": [drops("0.000001")], "daily": HUGE, "pace": amount("0.000001", 1)}, "plan_too_many_rows"),
        ({"products": [drops("0.000002"), drops("0.000003")], "daily": HUGE}, "plan_too_many_ways"),
        ({"products": HUGE_TABLETS, "daily": HUGE}, "plan_too_many_ways"),
        ({"products": NEAR, "daily": {"bedtime": "60.00006"}}, "plan_too_many_ways"),
        ({"products": ODD_LIQUIDS, "daily": {"bedtime": "7.77777"}, "pace": amount("1")}, "plan_too_many_ways"),
        ({"products": ONE, "daily": TWENTY, "stretch": True, "pace": percent("0.000001", 14)}, "plan_too_long"),
        ({"products": ONE, "daily": MANY, "stretch": True, "pace": percent("0.09", 3660)}, "plan_too_long"),
        ({"products": ONE, "daily": {"bedtime": "30"}, "pace": amount("1", 3660)}, "plan_too_long"),
        ({"events": [{"on": "2027-01-04", "kind": "stay", "days": 3660}] * 25}, "plan_too_long"),
        ({"start": "9999-12-01"}, "plan_too_long"),
        ({"daily": dict.fromkeys(MOMENTS, "10"), "products": TENTHS, "pace": amount("0.1")}, None),
        ({"daily": dict.fromkeys(MOMENTS, "20"), "products": AWKWARD, "pace": amount("1")}, None),
        ({"products": TWO_LIQUIDS, "daily": {"bedtime": "40.2"}, "pace": amount("0.1")}, None),
        ({"pace": {"kind": "rows", "rows": [{"daily": {"bedtime": "1"}, "days": 14}] * 2000}}, None),
        ({"events": [{"on": "2027-01-04", "kind": "back", "days": 1}, *STAYS]}, None),
    ],
)  # fmt: skip
def test_what_nobody_needs_is_refused_or_done_at_once(changes: Doc, code: str | None) -> None:
    laid = outcome(plan(**changes), 5)
    assert (laid.reasons[0].code if isinstance(laid, Refused) else None) == code

"""The sum behind each row, larger cuts, and the figures of a layout."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given

from companion.domain.codes import Refused
from companion.domain.plan import Layout, PlanInput, lay_out, read_plan
from companion.domain.plan.figures import figures_of
from companion.domain.plan.larger import days_with_more_time, larger_rows, may_confirm
from companion.domain.plan.sums import SumKind, by_cut, sums_of
from tests.domain.plan.build import plan, tablet
from tests.domain.plan.strategies import plans

MADE = [{"form": "made_capsule"}]


def both(document: Any) -> tuple[PlanInput, Layout]:
    asked = read_plan(document)
    assert not isinstance(asked, Refused)
    layout = lay_out(asked)
    assert not isinstance(layout, Refused)
    return asked, layout


def percent(kind: str = "percent_of_current", much: str = "10", every: int = 14) -> dict[str, Any]:
    return {"kind": kind, "percent": much, "every_days": every}


def typed(*rows: tuple[str, int]) -> dict[str, Any]:
    return {"kind": "rows", "rows": [{"daily": {"bedtime": mg}, "days": days} for mg, days in rows]}


def test_percent_of_current_is_of_the_dose_before() -> None:
    found = sums_of(*both(plan(products=MADE, pace=percent(), last_dose="0.5")))
    assert (found[1].before, found[1].result, found[1].chosen) == (Decimal(2), Fraction(9, 5), Decimal("1.8"))
    assert found[1].exact
    assert (found[2].before, found[2].result) == (Decimal("1.8"), Fraction(81, 50))


def test_percent_of_start_is_of_the_start() -> None:
    found = sums_of(*both(plan(products=MADE, pace=percent("percent_of_start", "25"))))
    assert [one.result for one in found.values()] == [Fraction(3, 2), 1, Fraction(1, 2)]
    assert {one.start for one in found.values()} == {Decimal(2)}


def test_what_the_tablets_make_stands_beside_what_was_asked() -> None:
    products = [tablet("1", "quarters")]
    document = plan(products=products, pace={"kind": "amount", "mg": "0.2", "every_days": 7})
    first = sums_of(*both(document))[1]
    assert (first.kind, first.result, first.exact) == (SumKind.AMOUNT, Fraction(9, 5), False)
    assert first.chosen == Decimal("1.75")


def test_a_result_under_the_target_is_held_there() -> None:
    document = plan(
        products=[tablet("1", "quarters")], goal={"kind": "reduce", "target": "1.75"}, pace=percent(much="20")
    )
    one = sums_of(*both(document))[1]
    assert one.held
    assert one.chosen == Decimal("1.75")


def test_the_programme_is_a_share_of_the_start() -> None:
    document = plan(products=MADE, pace={"kind": "programme", "steps": 5, "days": 10})
    found = sums_of(*both(document))
    assert [one.part for one in found.values()] == [100, 80, 60, 40, 20]
    assert {one.kind for one in found.values()} == {SumKind.SHARE}


def test_typed_rows_have_no_sum() -> None:
    assert sums_of(*both(plan(pace=typed(("1", 7))))) == {}


def test_a_step_back_has_no_sum_and_the_row_after_it_the_one_it_had() -> None:
    document = plan(
        products=MADE, pace=percent(), last_dose="1", start="2027-01-04",
        events=[{"on": "2027-01-20", "kind": "back", "days": 7}],
    )  # fmt: skip
    asked, layout = both(document)
    again = [row.n for row in layout.rows if row.kind.value == "back"]
    found = sums_of(asked, layout)
    assert again == [3]
    assert again[0] not in found
    assert (found[4].before, found[4].result) == (found[2].before, found[2].result)


@given(plans())
def test_every_sum_adds_up(document: Any) -> None:
    asked = read_plan(document)
    assert not isinstance(asked, Refused)
    layout = lay_out(asked)
    if isinstance(layout, Refused):
        return
    found = sums_of(asked, layout)
    assert set(found) == {row.n for row in layout.rows if row.asked_mg is not None}
    for n, one in found.items():
        assert layout.rows[n - 1].asked_mg == max(one.result, Fraction(asked.goal.target))
        cut = {
            SumKind.AMOUNT: one.part,
            SumKind.PERCENT_OF_CURRENT: one.part / 100 * Fraction(one.before),
            SumKind.PERCENT_OF_START: one.part / 100 * Fraction(one.start),
        }.get(one.kind)
        if cut is not None:
            assert Fraction(one.before) - cut == one.result
        assert one.chosen == layout.rows[n - 1].daily_mg


# Larger cuts

HALVES = plan(products=[tablet("1", "halves")], pace=percent())


def test_a_cut_larger_than_asked_needs_a_choice() -> None:
    assert larger_rows(both(HALVES), None) == {1, 2, 3}


def test_it_still_does_after_other_rows_were_changed_by_hand() -> None:
    by_hand = HALVES | {"pace": typed(("1.5", 14), ("1", 40), ("0.5", 14))}
    assert larger_rows(both(by_hand), both(HALVES)) == {1, 2, 3}
    other_dose = plan(products=[tablet("1", "quarters")], pace=typed(("1.75", 14), ("1", 14)))
    assert larger_rows(both(other_dose), both(HALVES)) == frozenset()


def test_a_larger_row_is_never_confirmed_together_with_others() -> None:
    assert may_confirm({1, 2}, {3}, False) is None
    refused = may_confirm({1, 3}, {3}, True)
    assert refused is not None
    assert [reason.code for reason in refused.reasons] == ["plan_larger_alone"]
    refused = may_confirm({3}, {3}, False)
    assert refused is not None
    assert [reason.code for reason in refused.reasons] == ["plan_larger_choose"]
    assert may_confirm({3}, {3}, True) is None


def test_more_time_is_what_stretch_gives() -> None:
    plain, stretched = both(HALVES), both(HALVES | {"stretch": True})
    lengths = [(row.last_day - row.first_day).days + 1 for row in stretched[1].rows if row.last_day and row.first_day]
    assert days_with_more_time(plain, plain, 1) is None
    assert [days_with_more_time(plain, plain, n) for n in (2, 3)] == lengths[:2]


@pytest.mark.parametrize("asked", [{"kind": "amount", "mg": "0.2"}, {"kind": "percent_of_start", "percent": "10"}])
def test_more_time_for_a_cut_that_is_always_the_same(asked: dict[str, str]) -> None:
    laid = both(plan(products=[tablet("1", "halves")], pace={**asked, "every_days": 10}))
    assert days_with_more_time(laid, laid, 2) == 25


def test_a_lead_in_is_not_stretched() -> None:
    laid = both(HALVES | {"lead_in_days": 14})
    assert days_with_more_time(laid, laid, 2) is None
    assert days_with_more_time(laid, laid, 3) is not None


@pytest.mark.parametrize(("mg", "held"), [("0.5", False), ("0.75", True)])
def test_a_sum_is_held_only_where_it_would_go_below_the_goal(mg: str, held: bool) -> None:
    pace = {"kind": "amount", "mg": mg, "every_days": 10}
    asked, layout = both(plan(products=MADE, goal={"kind": "reduce", "target": "1"}, pace=pace))
    found = sums_of(asked, layout)
    assert [each.held for each in found.values()] == [False, held]
    assert list(by_cut(asked, layout, found).values()) == list(found.values())


# Figures


def test_the_figures_of_a_layout() -> None:
    document = plan(products=[tablet("1", "halves")], pace=typed(("1.5", 10), ("0.5", 7)))
    figures = figures_of(both(document)[1])
    assert figures.rows == 2
    assert figures.largest_cut == Decimal("66.7")
    assert figures.last_from_mg == Decimal("0.5")
    assert figures.to_divide == 9  # 17 halves are of nine tablets


def test_the_figures_of_a_layout_that_stays_open() -> None:
    rows = [{"daily": {"bedtime": "1.75"}, "days": 10}, {"daily": {"bedtime": "1.5"}}]
    reduced = {"goal": {"kind": "reduce", "target": "1.5"}, "pace": {"kind": "rows", "rows": rows}}
    figures = figures_of(both(plan(products=[tablet("1", "quarters")], **reduced))[1])
    assert (figures.rows, figures.first_day_without, figures.last_from_mg) == (2, None, None)
    assert figures.to_divide == 8  # ten halves and ten quarters; nobody knows how many halves after that

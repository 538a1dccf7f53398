"""Supply sums against a naive day-by-day count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.codes import Refused
from companion.domain.confirmation import OPEN
from companion.domain.plan import Layout, Moment, MomentDose, lay_out, read_plan
from companion.domain.product import Form, Piece
from companion.domain.supply import Kind, Lasts, Reach, Stretch, clip, kinds, lasts, need, on, same_as, unbroken
from tests.domain.plan.build import laid, plan
from tests.domain.plan.strategies import plans

DAY = timedelta(days=1)
START = date(2027, 1, 4)
ONE = Kind(Decimal(1), Form.TABLET)


def stretches_of(layout: Layout) -> list[Stretch]:
    return [Stretch(row.n, row.first_day, row.last_day or OPEN, row.moments) for row in layout.rows if row.first_day]


def halves(count: int, first: date = START, days: int = 7, n: int = 1) -> Stretch:
    """Days with `count` half tablets of 1 mg at bedtime."""
    piece = Piece(Decimal(1), Form.TABLET, Decimal("0.5"), count)
    return Stretch(n, first, first + (days - 1) * DAY, {Moment.BEDTIME: MomentDose(piece.mg, (piece,))})


@settings(deadline=None, max_examples=80)
@given(plans())
def test_the_need_until_the_end_is_the_units_of_the_layout(document: dict[str, object]) -> None:
    asked = read_plan(document)
    if isinstance(asked, Refused) or isinstance(layout := lay_out(asked), Refused):
        return
    dated = [each for each in stretches_of(layout) if each.last_day != OPEN]
    found = [(each.kind.strength, each.kind.form, each.units) for each in need(dated)]
    told = [(unit.strength, unit.form, unit.count) for unit in layout.units]
    assert sorted(found) == sorted(told)


@settings(deadline=None, max_examples=80)
@given(plans(), st.integers(0, 40), st.decimals(0, 30, places=2), st.integers(0, 2))
def test_the_last_day_is_the_one_a_naive_count_finds(
    document: dict[str, object], after: int, count: Decimal, which: int
) -> None:
    asked = read_plan(document)
    if isinstance(asked, Refused) or isinstance(layout := lay_out(asked), Refused):
        return
    known = stretches_of(layout)
    kind = ([*kinds(known), ONE])[which % (len(kinds(known)) + 1)]
    first = START + after * DAY
    assert lasts(known, kind, count, first) == naive(known, kind, count, first)


def naive(known: list[Stretch], kind: Kind, count: Decimal, first: date) -> Lasts:
    """Takes every piece from the box, a day at a time."""
    day, used = first, False
    while today := on(known, day):
        if (day - first).days > 4000 and not today.a_day(kind):
            return Lasts(Reach.ENOUGH if used else Reach.UNUSED, OPEN)
        for dose in today.moments.values():
            for piece in dose.pieces:
                if (piece.strength, piece.form) == kind:
                    used = True
                    count -= piece.piece * piece.count
        if count < 0:
            return Lasts(Reach.UNTIL, day - DAY)
        day += DAY
    if day == first:
        return Lasts(Reach.UNKNOWN, None)
    return Lasts(Reach.ENOUGH if used else Reach.UNUSED, day - DAY)


@settings(deadline=None, max_examples=60)
@given(plans(), st.integers(0, 60))
def test_a_week_takes_the_pieces_of_its_seven_days(document: dict[str, object], after: int) -> None:
    asked = read_plan(document)
    if isinstance(asked, Refused) or isinstance(layout := lay_out(asked), Refused):
        return
    known = stretches_of(layout)
    first = START + after * DAY
    counted: dict[Kind, Decimal] = {}
    cut: dict[Kind, Decimal] = {}
    for place in range(7):
        row = layout.row_on(first + place * DAY)
        for dose in row.moments.values() if row else ():
            for piece in dose.pieces:
                kind = Kind(piece.strength, piece.form)
                counted[kind] = counted.get(kind, Decimal(0)) + piece.piece * piece.count
                parted = piece.form is Form.TABLET and piece.piece != 1
                cut[kind] = cut.get(kind, Decimal(0)) + (piece.piece * piece.count if parted else 0)
    found = need(clip(known, first, first + 6 * DAY))
    assert {each.kind: each.units for each in found} == counted
    assert {each.kind: each.cut for each in found} == cut
    assert all(each.units <= each.whole < each.units + 1 for each in found if each.kind.form is Form.TABLET)


def test_the_example_of_the_contract_needs_57_tablets() -> None:
    document = plan(
        products=[
            {"strength": "1", "form": "tablet", "split": "halves"},
            {"strength": "2", "form": "tablet", "split": "whole"},
        ],
        events=[{"on": "2027-02-01", "kind": "stay", "days": 30}],
    )
    [tablets] = need(stretches_of(laid(document)))
    assert (tablets.kind, tablets.units, tablets.whole) == (ONE, 57, 57)


def test_a_lone_half_needs_a_whole_tablet() -> None:
    [week] = need([halves(1)])
    assert (week.units, week.whole, week.to_cut, week.left_over) == (Decimal("3.5"), 4, 4, Decimal("0.5"))


def test_two_halves_are_one_tablet() -> None:
    [week] = need([halves(2)])
    assert (week.units, week.whole, week.to_cut, week.left_over) == (7, 7, 7, 0)


def test_three_tablets_as_halves_last_six_days() -> None:
    assert lasts([halves(1)], ONE, Decimal(3), START) == Lasts(Reach.UNTIL, START + 5 * DAY)
    assert lasts([halves(1)], ONE, Decimal("3.5"), START) == Lasts(Reach.ENOUGH, START + 6 * DAY)


def test_nothing_lasts_until_the_day_before() -> None:
    assert lasts([halves(1)], ONE, Decimal(0), START) == Lasts(Reach.UNTIL, START - DAY)


def test_an_open_row_has_a_day_too_and_an_endless_stock_none() -> None:
    steady = Stretch(1, START, OPEN, halves(1).moments)
    assert lasts([steady], ONE, Decimal(10), START) == Lasts(Reach.UNTIL, START + 19 * DAY)
    assert lasts([steady], ONE, Decimal(999_999_999), START) == Lasts(Reach.ENOUGH, OPEN)


def test_days_that_are_not_known_are_never_jumped_over() -> None:
    apart = [halves(1), halves(1, START + 8 * DAY, n=2)]
    assert lasts(apart, ONE, Decimal(100), START) == Lasts(Reach.ENOUGH, START + 6 * DAY)
    assert lasts(apart, ONE, Decimal(100), START + 7 * DAY) == Lasts(Reach.UNKNOWN, None)
    assert unbroken(apart, START + 8 * DAY) == [apart[1]]


def test_an_open_stretch_must_be_clipped_before_it_is_counted() -> None:
    with pytest.raises(ValueError, match="no end"):
        need([Stretch(1, START, OPEN, halves(1).moments)])


def test_a_box_is_the_same_as_the_step_of_today_or_the_first_to_come() -> None:
    def capsule(mg: str, n: int) -> Stretch:
        piece = Piece(Decimal(mg), Form.MADE_CAPSULE, Decimal(1), 1)
        first = START + (n - 1) * 30 * DAY
        return Stretch(n, first, first + 29 * DAY, {Moment.BEDTIME: MomentDose(piece.mg, (piece,))})

    steps = [capsule("2", 1), capsule("1.8", 2), capsule("2", 3)]
    assert same_as(steps, Decimal("1.8"), START) == steps[1]
    assert same_as(steps, Decimal("2.0"), START) == steps[0]
    later = same_as(steps, Decimal(2), START + 40 * DAY)
    assert later is not None
    assert later.n == 3
    assert same_as(steps, Decimal("1.8"), START + 60 * DAY) is None
    assert same_as(steps, Decimal("1.6"), START) is None


def test_what_one_row_takes_is_not_there_for_the_next() -> None:
    rows = [halves(2), halves(4, START + 7 * DAY, n=2)]
    assert lasts(rows, ONE, Decimal(10), START) == Lasts(Reach.UNTIL, START + 7 * DAY)
    assert lasts(rows, ONE, Decimal("20.5"), START) == Lasts(Reach.UNTIL, START + 12 * DAY)
    assert lasts(rows, ONE, Decimal(21), START) == Lasts(Reach.ENOUGH, START + 13 * DAY)


def both_strengths() -> Stretch:
    """Half of 1 mg and two of 2 mg a day."""
    half, two = Piece(Decimal(1), Form.TABLET, Decimal("0.5"), 1), Piece(Decimal(2), Form.TABLET, Decimal(1), 2)
    return replace(halves(1), moments={Moment.BEDTIME: MomentDose(half.mg + two.mg, (half, two))})


def test_a_box_of_either_strength_is_the_same_as_a_step_with_both() -> None:
    step = both_strengths()
    assert same_as([step], Decimal(1), START) == same_as([step], Decimal(2), START) == step


def test_the_largest_strength_is_told_first() -> None:
    assert [each.strength for each in kinds([both_strengths()])] == [2, 1]
    assert [(each.kind.strength, each.units) for each in need([both_strengths()])] == [(2, 14), (1, Decimal("3.5"))]

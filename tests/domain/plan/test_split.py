"""Sharing a daily total over moments, against every way there is; also where the doses are no grid (2 and 3 mg)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product as every_combination

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from companion.domain.effort import Effort, TooManyWaysError
from companion.domain.plan.split import Split, best_split, can_make
from companion.domain.product import Form, Product, to_ticks
from companion.domain.takeable import Takeable

MG = to_ticks(Decimal(1))
HIGHEST = 9
CABINETS = st.lists(st.sampled_from([1, 2, 3, 5, 7]), min_size=1, max_size=3, unique=True)


def takeable_of(strengths: list[int]) -> Takeable:
    return Takeable([Product(Form.TABLET, Decimal(mg)) for mg in strengths], HIGHEST * 3 * MG)


def doses_of(strengths: list[int], highest: int) -> list[int]:
    """In mg, one built on the other."""
    found = [0]
    for mg in range(1, highest + 1):
        if any(mg - strength in found for strength in strengths):
            found.append(mg)
    return found


def ways(total: int, caps: Split, strengths: list[int]) -> list[Split]:
    below = [doses_of(strengths, cap) for cap in caps]
    return [way for way in every_combination(*below) if sum(way) == total]


def best(total: int, caps: Split, shares: Split, target: int, strengths: list[int]) -> Split | None:
    """Fewest moments newly without, then nearest to the shares, then the earliest lowest."""

    def badness(way: Split) -> tuple[int, Fraction, Split]:
        away = [dose - Fraction(share * total, sum(shares)) for dose, share in zip(way, shares, strict=True)]
        new_none = sum(dose == 0 and cap > 0 for dose, cap in zip(way, caps, strict=True))
        return new_none, sum((each * each for each in away), Fraction(0)), way

    return min((way for way in ways(total, caps, strengths) if ways(target, way, strengths)), key=badness, default=None)


def in_ticks(doses: Split) -> Split:
    return tuple(dose * MG for dose in doses)


@given(CABINETS, st.lists(st.integers(0, HIGHEST), min_size=1, max_size=3), st.data())
def test_a_total_is_shared_as_a_search_of_every_way_finds(
    strengths: list[int], some: list[int], data: st.DataObject
) -> None:
    takeable, doses = takeable_of(strengths), doses_of(strengths, HIGHEST)
    shares = tuple(data.draw(st.sampled_from([dose for dose in doses if dose] or [0])) for _ in some)
    caps = tuple(max(dose for dose in doses if dose <= cap) for cap in some)
    assume(all(shares) and any(caps))
    total, target = data.draw(st.integers(0, sum(caps))), data.draw(st.integers(0, sum(caps)))
    found = best_split(total * MG, in_ticks(caps), in_ticks(shares), target * MG, takeable, Effort(100_000))
    wanted = best(total, caps, shares, target, strengths)
    assert found == (None if wanted is None else in_ticks(wanted))


def test_the_last_moment_may_come_down_to_the_smallest_dose() -> None:
    shared = best_split(8 * MG, in_ticks((6, 3)), in_ticks((6, 2)), 0, takeable_of([2, 3]), Effort(100))
    assert shared == in_ticks((6, 2))


@given(CABINETS, st.lists(st.integers(0, HIGHEST), min_size=1, max_size=3), st.integers(0, 3 * HIGHEST))
def test_a_total_can_be_made_where_there_is_a_way(strengths: list[int], caps: list[int], total: int) -> None:
    possible = can_make(total * MG, in_ticks(tuple(caps)), takeable_of(strengths), Effort(100_000))
    assert possible == bool(ways(total, tuple(caps), strengths))


@pytest.mark.parametrize("strengths", [[1], [2], [2, 3], [3, 5]])
def test_every_small_total_of_two_moments(strengths: list[int]) -> None:
    """No examples by chance here: everything up to 6 mg a moment, with a goal of nothing, 2 or 3 mg."""
    takeable, doses = takeable_of(strengths), doses_of(strengths, 6)
    for caps in every_combination(doses, doses):
        for total in range(sum(caps) + 2):
            assert can_make(total * MG, in_ticks(caps), takeable, Effort(1000)) == bool(ways(total, caps, strengths))
            for target, shares in every_combination((0, 2, 3), ((1, 1), (2, 1))):
                found = best_split(total * MG, in_ticks(caps), shares, target * MG, takeable, Effort(1000))
                wanted = best(total, caps, shares, target, strengths)
                assert found == (None if wanted is None else in_ticks(wanted))


@pytest.mark.parametrize("strengths", [[1], [2, 3]])
def test_every_small_total_of_three_moments(strengths: list[int]) -> None:
    takeable, doses = takeable_of(strengths), doses_of(strengths, 4)
    for caps in every_combination(doses, doses, doses):
        for total in range(sum(caps) + 2):
            assert can_make(total * MG, in_ticks(caps), takeable, Effort(1000)) == bool(ways(total, caps, strengths))
            found = best_split(total * MG, in_ticks(caps), (2, 1, 2), 0, takeable, Effort(1000))
            wanted = best(total, caps, (2, 1, 2), 0, strengths)
            assert found == (None if wanted is None else in_ticks(wanted))


@pytest.mark.parametrize(
    ("strengths", "total", "caps", "shares", "shared"),
    [
        ([1], 18, (2, 9, 7, 6), (9, 9, 4, 3), (2, 8, 4, 4)),
        ([1], 21, (4, 7, 6, 9), (7, 2, 1, 1), (4, 7, 5, 5)),
        ([2, 3], 18, (9, 2, 8, 6), (2, 6, 2, 2), (5, 2, 5, 6)),
        ([3, 5], 6, (5, 0, 5, 3), (8, 3, 9, 2), (3, 0, 3, 0)),
    ],
)
def test_four_moments_where_what_was_shared_before_decides(
    strengths: list[int], total: int, caps: Split, shares: Split, shared: Split
) -> None:
    """Searching from any other dose than the nearest to the shares that are left finds something else here."""
    assert best(total, caps, shares, 0, strengths) == shared
    found = best_split(total * MG, in_ticks(caps), shares, 0, takeable_of(strengths), Effort(1000))
    assert found == in_ticks(shared)


@pytest.mark.parametrize(("total", "fits"), [(2, True), (3, True), (1, False), (4, False)])
def test_one_moment_has_all_of_it_or_nothing_does(total: int, fits: bool) -> None:
    """2 and 3 mg, at most 3 mg, and not below the goal of 2 mg."""
    found = best_split(total * MG, (3 * MG,), (3 * MG,), 2 * MG, takeable_of([2, 3]), Effort(100))
    assert found == ((total * MG,) if fits else None)
    assert best_split(3 * MG, (3 * MG,), (3 * MG,), MG, takeable_of([2, 3]), Effort(100)) is None


@pytest.mark.parametrize("strengths", [[2, 3], [1]])
def test_looking_through_ends_where_it_may_cost_no_more(strengths: list[int]) -> None:
    takeable, caps = takeable_of(strengths), in_ticks((6, 6, 6))
    with pytest.raises(TooManyWaysError):
        best_split(12 * MG, caps, caps, 0, takeable, Effort(3))

from decimal import Decimal
from fractions import Fraction
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.effort import TooManyWaysError
from companion.domain.pieces import PieceMaker, pieces_for
from companion.domain.product import Form, Piece, Product, Split, from_ticks, to_ticks
from companion.domain.takeable import Takeable


def tablet(strength: str, split: Split = Split.WHOLE) -> Product:
    return Product(Form.TABLET, Decimal(strength), split)


def drops(strength: str) -> Product:
    return Product(Form.DROPS, Decimal(strength))


def liquid(strength: str, step_ml: str) -> Product:
    return Product(Form.LIQUID, Decimal(strength), step_ml=Decimal(step_ml))


def told(products: list[Product], mg: str) -> list[tuple[str, str, int]] | None:
    pieces = pieces_for(products, Decimal(mg))
    return None if pieces is None else [(str(one.strength), one.piece_text, one.count) for one in pieces]


DIAZEPAM = [tablet("10", Split.HALVES), tablet("5", Split.HALVES), tablet("2", Split.HALVES)]


@pytest.mark.parametrize(
    ("products", "mg", "pieces"),
    [
        (DIAZEPAM, "10", [("10", "1", 1)]),
        (DIAZEPAM, "9", [("5", "1", 1), ("2", "1", 2)]),
        (DIAZEPAM, "7.5", [("5", "1", 1), ("5", "1/2", 1)]),
        (DIAZEPAM, "6", [("5", "1", 1), ("2", "1/2", 1)]),
        (DIAZEPAM, "1", [("2", "1/2", 1)]),
        (DIAZEPAM, "0", []),
        (DIAZEPAM, "0.5", None),
        (DIAZEPAM, "1.5", None),
        # fewest pieces before fewest cuts: half of 10 is one piece, but a whole 5 has no cut
        (DIAZEPAM, "5", [("5", "1", 1)]),
        ([tablet("10", Split.HALVES), tablet("2.5")], "5", [("10", "1/2", 1)]),
        # ties to the larger strength, not to the nearer ones
        ([tablet("1"), tablet("2"), tablet("3")], "4", [("3", "1", 1), ("1", "1", 1)]),
        ([tablet("1", Split.HALVES), tablet("2"), tablet("3", Split.HALVES)], "6.5", [("3", "1", 2), ("1", "1/2", 1)]),
        # not greedy: the largest strength does not fit in
        ([tablet("3"), tablet("4"), tablet("1")], "6", [("3", "1", 2)]),
        # a half is one cut and a quarter two: two halves are as many as a whole and a quarter
        (
            [tablet("5", Split.HALVES), tablet("3"), tablet("2", Split.QUARTERS)],
            "3.5",
            [("5", "1/2", 1), ("2", "1/2", 1)],
        ),
        (
            [tablet("8", Split.QUARTERS), tablet("7", Split.HALVES), tablet("3", Split.HALVES)],
            "5",
            [("8", "1/4", 1), ("3", "1", 1)],
        ),
        ([tablet("1", Split.QUARTERS)], "2.75", [("1", "1", 2), ("1", "1/2", 1), ("1", "1/4", 1)]),
        ([tablet("1", Split.QUARTERS)], "0.5", [("1", "1/2", 1)]),
        ([Product(Form.CAPSULE, Decimal(5)), tablet("10")], "15", [("10", "1", 1), ("5", "1", 1)]),
        ([drops("0.1")], "1.2", [("0.1", "1", 12)]),
        ([drops("0.1")], "1.25", None),
        ([drops("0.1"), tablet("10", Split.HALVES)], "9.9", [("10", "1/2", 1), ("0.1", "1", 49)]),
        ([liquid("2", "0.5")], "5", [("2", "2.5", 1)]),
        ([liquid("2", "0.5")], "5.5", None),
        ([liquid("1", "0.5"), tablet("5")], "5", [("5", "1", 1)]),
        ([liquid("10", "0.5"), tablet("5")], "5", [("10", "0.5", 1)]),
        ([liquid("1", "0.3"), liquid("2.5", "0.2")], "2.1", [("1", "2.1", 1)]),
        ([liquid("1", "0.3"), liquid("2.5", "0.2")], "1.1", [("2.5", "0.2", 1), ("1", "0.6", 1)]),
        # a tablet and a volume are as many as two volumes: the tablet is the larger strength
        ([liquid("0.1", "3"), liquid("0.25", "2"), tablet("0.5")], "1.1", [("0.5", "1", 1), ("0.1", "6", 1)]),
        ([Product(Form.MADE_CAPSULE)], "1.8", [("1.8", "1", 1)]),
        ([Product(Form.MADE_CAPSULE)], "1.8005", None),
        ([tablet("1"), tablet("1", Split.HALVES)], "1.5", [("1", "1", 1), ("1", "1/2", 1)]),
    ],
)
def test_makes_a_dose_from_as_few_pieces_and_cuts_as_possible(
    products: list[Product], mg: str, pieces: list[tuple[str, str, int]] | None
) -> None:
    assert told(products, mg) == pieces


def test_a_piece_knows_what_it_holds_and_uses_up() -> None:
    halves = Piece(Decimal("2.5"), Form.TABLET, Decimal("0.5"), 2)
    assert (halves.mg, halves.units, halves.piece_text) == (Decimal("2.5"), Decimal(1), "1/2")
    volume = Piece(Decimal("0.5"), Form.LIQUID, Decimal("0.25"), 1)
    assert (volume.mg, volume.units, volume.piece_text) == (Decimal("0.125"), Decimal("0.25"), "0.25")


def test_what_is_not_said_of_a_product_is_nothing() -> None:
    assert Product(Form.MADE_CAPSULE) == Product(Form.MADE_CAPSULE, Decimal(0), Split.WHOLE, Decimal(0))
    assert [tablet("2", split).smallest_mg for split in Split] == [Decimal(2), Decimal(1), Decimal("0.5")]
    assert Product(Form.CAPSULE, Decimal(2), Split.HALVES).smallest_mg == Decimal(2)
    assert (liquid("2", "0.5").smallest_mg, Product(Form.MADE_CAPSULE).smallest_mg) == (Decimal(1), Decimal("0.001"))


def test_amounts_are_whole_ticks_as_fine_as_any_product_and_no_finer() -> None:
    finest = Decimal("0.000001") * Decimal("0.000001")
    assert from_ticks(to_ticks(finest)) == finest
    assert from_ticks(to_ticks(Decimal("0.000001") / 4)) == Decimal("0.00000025")
    with pytest.raises(ValueError, match="finer"):
        to_ticks(finest / 16)


STRENGTHS = st.sampled_from(["0.5", "1", "1.5", "2", "2.5", "3", "4", "5"])
PRODUCTS = st.lists(
    st.builds(tablet, STRENGTHS, st.sampled_from(Split)) | st.builds(liquid, STRENGTHS, st.sampled_from(["0.5", "1"])),
    min_size=1,
    max_size=3,
    unique_by=lambda product: product.strength,
)


def every_way(products: list[Product], mg: Fraction, pieces: int) -> list[tuple[int, int]]:
    """(pieces, cuts) of every way to make `mg` with at most so many pieces."""
    kinds: set[tuple[Fraction, int]] = set()
    for product in products:
        if product.form is Form.LIQUID:
            step = Fraction(product.strength) * Fraction(product.step_ml)
            kinds |= {(step * times, 0) for times in range(1, int(mg / step) + 1)}
        for part, cuts in [(Fraction(1), 0), (Fraction(1, 2), 1), (Fraction(1, 4), 2)]:
            if product.form is Form.TABLET and cuts <= [*Split].index(product.split):
                kinds.add((Fraction(product.strength) * part, cuts))
    return [
        (count, sum(cuts for _, cuts in chosen))
        for count in range(pieces + 1)
        for chosen in combinations_with_replacement(sorted(kinds), count)
        if sum(amount for amount, _ in chosen) == mg
    ]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(PRODUCTS, st.integers(0, 24))
def test_pieces_are_as_few_as_a_search_of_every_way_finds(products: list[Product], quarters: int) -> None:
    mg = Fraction(quarters, 4)
    pieces = pieces_for(products, Decimal(quarters) / 4)
    ways = every_way(products, mg, 3)
    if pieces is None or sum(piece.count for piece in pieces) > 3:
        assert not ways
        return
    assert sum((piece.mg for piece in pieces), Decimal(0)) == Decimal(quarters) / 4
    found = (sum(p.count for p in pieces), sum({"1/2": 1, "1/4": 2}.get(p.piece_text, 0) * p.count for p in pieces))
    assert found == min(ways)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(PRODUCTS, st.integers(0, 80))
def test_takeable_is_what_pieces_can_make_and_its_neighbours_are_nearest(products: list[Product], eighths: int) -> None:
    maker = PieceMaker(products)
    makeable = [n for n in range(81 + 40) if maker.pieces(to_ticks(Decimal(n) / 8)) is not None]
    takeable = Takeable(products, to_ticks(Decimal(10)))
    ticks = to_ticks(Decimal(eighths) / 8)
    assert (ticks in takeable) == (eighths in makeable)
    assert from_ticks(takeable.down(ticks)) * 8 == max(n for n in makeable if n <= eighths)
    assert from_ticks(takeable.up(ticks)) * 8 == min(n for n in makeable if n >= eighths)


COINS = st.lists(
    st.builds(tablet, STRENGTHS, st.sampled_from(Split)) | st.builds(drops, st.sampled_from(["0.125", "0.375", "1"])),
    min_size=1,
    max_size=4,
    unique_by=lambda product: product.strength,
)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(COINS)
def test_pieces_of_larger_doses_are_those_of_a_plain_table(products: list[Product]) -> None:
    """Amounts in eighths of a mg, every one up to 25 mg built on the smaller ones."""
    coins = [
        (int(product.strength * part * 8), {"1": 0, "0.5": 1, "0.25": 2}[str(part)])
        for product in products
        for part in product.fractions
    ]
    table: list[tuple[int, int] | None] = [(0, 0)]
    for eighths in range(1, 201):
        ways = [
            (before[0] + 1, before[1] + cuts)
            for coin, cuts in coins
            if coin <= eighths and (before := table[eighths - coin]) is not None
        ]
        table.append(min(ways, default=None))
    maker = PieceMaker(products)
    for eighths, best in enumerate(table):
        pieces = maker.pieces(to_ticks(Decimal(eighths) / 8))
        assert (pieces is None) == (best is None)
        if pieces is not None:
            cuts = sum({"1/2": 1, "1/4": 2}.get(piece.piece_text, 0) * piece.count for piece in pieces)
            assert (sum(piece.count for piece in pieces), cuts) == best


def test_what_is_too_fine_to_search_is_said_and_not_searched() -> None:
    strange = [drops("0.000002"), drops("0.000003")]
    with pytest.raises(TooManyWaysError):
        Takeable(strange, to_ticks(Decimal(999999)))
    near = [tablet(f"1.{n:06d}") for n in (1, 3, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41)]
    assert pieces_for(near, Decimal("60.00006")) is None


def test_without_products_only_nothing_can_be_made() -> None:
    assert told([], "0") == []
    assert told([], "1") is None


def test_fine_drops_and_large_amounts_are_exact_at_once() -> None:
    assert told([drops("0.000001")], "999999.999999") == [("0.000001", "1", 999999999999)]
    assert told([drops("0.000001"), tablet("10", Split.HALVES)], "999999.000001") == [
        ("10", "1", 99999),
        ("10", "1/2", 1),
        ("0.000001", "1", 4000001),
    ]
    maker = PieceMaker([liquid("0.000001", "0.000001")])
    assert maker.pieces(to_ticks(Decimal("999999.999999"))) == (
        Piece(Decimal("0.000001"), Form.LIQUID, Decimal(999999999999), 1),
    )

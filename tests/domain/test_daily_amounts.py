"""Sums of what was written down: exact, and rounded only to be shown."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from companion.domain.daily_amounts import amounts_of, rounded

DAY = date(2026, 11, 21)
NOTES = st.lists(
    st.tuples(
        st.integers(0, 13).map(lambda back: DAY - timedelta(days=back)),
        st.decimals(0, 999, places=3),
    ),
    min_size=1,
)


@given(NOTES)
def test_the_average_lies_between_and_adds_up(notes: list[tuple[date, Decimal]]) -> None:
    found = amounts_of(notes)
    assert found.days == len({day for day, _ in notes})
    assert found.mean_mg * found.days == Fraction(sum(mg for _, mg in notes))
    assert found.lowest_mg <= found.mean_mg <= found.highest_mg
    assert list(found.by_day) == sorted(found.by_day)
    assert abs(Fraction(rounded(found.mean_mg)) - found.mean_mg) <= Fraction(1, 200)


def test_half_goes_up_and_last_zeros_go() -> None:
    assert str(rounded(Fraction(1, 8))) == "0.13"
    assert [str(rounded(Fraction(value))) for value in ("10", "0", "1.5", "0.004", "0.005")] == [
        "10",
        "0",
        "1.5",
        "0",
        "0.01",
    ]
    assert f"{rounded(Fraction(1, 1000)):f}" == "0"

"""What was taken where it differs from the plan."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from companion.domain.history import Noted, Planned, Taken, TakenDay, taken_otherwise

DAY = timedelta(days=1)
FIRST = date(2026, 11, 1)
PLAN = (
    Planned(FIRST, FIRST + 6 * DAY, {"morning": Decimal(1), "bedtime": Decimal(2)}),
    Planned(FIRST + 10 * DAY, date.max, {"bedtime": Decimal(2)}),
)


def day(number: int) -> date:
    return FIRST + (number - 1) * DAY


def noted(number: int, moment: str | None, mg: str, *, extra: bool = False) -> Noted:
    return Noted(day(number), moment, Decimal(mg), extra)


def test_what_is_as_planned_and_what_nobody_noted_is_no_difference() -> None:
    assert taken_otherwise(PLAN, [noted(1, "morning", "1"), noted(1, "bedtime", "2"), noted(2, "bedtime", "2")]) == ()


def test_more_less_and_nothing_are_told_with_how_much() -> None:
    found = taken_otherwise(
        PLAN,
        [
            noted(1, "bedtime", "2.5"),
            noted(2, "morning", "0.5"),
            noted(3, "morning", "0"),
            noted(3, "bedtime", "0"),
            noted(4, "bedtime", "2"),
            noted(4, None, "1", extra=True),
        ],
    )
    assert found == (
        TakenDay(day(1), Taken.MORE, Decimal(3), Decimal("0.5")),
        TakenDay(day(2), Taken.LESS, Decimal(3), Decimal("-0.5")),
        TakenDay(day(3), Taken.NOTHING, Decimal(3), Decimal(-3)),
        TakenDay(day(4), Taken.MORE, Decimal(3), Decimal(1)),
    )
    assert [told.mg for told in found] == [Decimal("3.5"), Decimal("2.5"), Decimal(0), Decimal(4)]


def test_one_moment_not_taken_is_less_and_not_nothing() -> None:
    assert taken_otherwise(PLAN, [noted(1, "bedtime", "0")]) == (TakenDay(day(1), Taken.LESS, Decimal(3), Decimal(-2)),)


def test_a_dose_moved_to_another_moment_is_the_same_day() -> None:
    assert taken_otherwise(PLAN, [noted(1, "morning", "0"), noted(1, "bedtime", "3")]) == ()


def test_on_days_without_a_plan_only_what_was_told_apart_counts() -> None:
    """While others gave the medicine, what a person took is not known: a dose noted then is set against nothing."""
    found = taken_otherwise(PLAN, [noted(8, "bedtime", "2"), noted(9, None, "1", extra=True)])
    assert found == (TakenDay(day(9), Taken.BESIDE, Decimal(0), Decimal(1)),)
    assert taken_otherwise((), [noted(1, None, "0", extra=True)]) == ()


amounts = st.integers(0, 12).map(lambda quarters: Decimal(quarters) / 4)
notes = st.builds(
    Noted,
    st.integers(1, 20).map(day),
    st.sampled_from(["morning", "bedtime"]),
    amounts,
    st.booleans(),
)


@given(st.lists(notes, max_size=40, unique_by=lambda note: (note.day, note.moment, note.extra)))
def test_the_differences_add_up_to_what_was_noted_less_what_was_planned(told: list[Noted]) -> None:
    for found in taken_otherwise(PLAN, told):
        here = [note for note in told if note.day == found.day]
        plan = next((each.mg for each in PLAN if each.first_day <= found.day <= each.last_day), None)
        if plan is None:
            assert found.difference == sum(note.mg for note in here if note.extra)
            continue
        planned = sum((plan.get(note.moment or "", Decimal(0)) for note in here if not note.extra), Decimal(0))
        assert found.difference == sum(note.mg for note in here) - planned
        assert (found.difference > 0) == (found.kind is Taken.MORE)
        assert found.mg >= 0

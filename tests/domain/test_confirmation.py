"""What stands confirmed after a plan changed: exactly the days whose dose stayed the same, from the start of a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.confirmation import OPEN, Span, carry, confirmed, state

START = date(2026, 11, 1)
LENGTHS = st.lists(st.tuples(st.integers(1, 6), st.sampled_from(["1", "2", "3"])), min_size=1, max_size=6)


def spans(rows: Sequence[tuple[int, str]], start: date = START, *, open_end: bool = False) -> list[Span]:
    made, first = [], start
    for n, (days, mg) in enumerate(rows, 1):
        last = first + timedelta(days=days - 1)
        made.append(Span(n, first, OPEN if open_end and n == len(rows) else last, {"bedtime": Decimal(mg)}))
        first = last + timedelta(days=1)
    return made


def days(found: Sequence[Span], until: Mapping[int, date]) -> dict[date, Decimal]:
    """The confirmed days with their dose, up to a far day."""
    return {
        day: span.dose["bedtime"]
        for span in confirmed(found, until)
        for day in (span.first_day + timedelta(days=n) for n in range(80))
        if day <= span.last_day
    }


@st.composite
def plans_with_confirmations(draw: st.DrawFn) -> tuple[list[Span], dict[int, date]]:
    before = spans(draw(LENGTHS), open_end=draw(st.booleans()))
    until = {}
    for span in before:
        if draw(st.booleans()):
            last = min(span.last_day, span.first_day + timedelta(days=20))
            until[span.n] = span.first_day + timedelta(days=draw(st.integers(0, (last - span.first_day).days)))
    return before, until


@given(plans_with_confirmations(), LENGTHS, st.booleans())
def test_nothing_is_confirmed_that_was_not_confirmed_with_that_dose(
    plan: tuple[list[Span], dict[int, date]], rows: list[tuple[int, str]], open_end: bool
) -> None:
    before, until = plan
    after = spans(rows, open_end=open_end)
    old, new = days(before, until), days(after, carry(before, until, after))
    assert new.items() <= old.items()


@given(plans_with_confirmations(), LENGTHS)
def test_every_confirmed_day_is_kept_that_follows_a_kept_first_day_of_its_row(
    plan: tuple[list[Span], dict[int, date]], rows: list[tuple[int, str]]
) -> None:
    before, until = plan
    after = spans(rows)
    old, kept = days(before, until), carry(before, until, after)
    for span in after:
        day = span.first_day
        while day <= span.last_day and old.get(day) == span.dose["bedtime"]:
            assert kept[span.n] >= day
            day += timedelta(days=1)


@given(plans_with_confirmations())
def test_a_plan_that_did_not_change_keeps_everything(plan: tuple[list[Span], dict[int, date]]) -> None:
    before, until = plan
    assert days(before, carry(before, until, before)) == days(before, until)


@given(plans_with_confirmations(), LENGTHS, LENGTHS)
def test_changing_to_and_fro_never_confirms_more(
    plan: tuple[list[Span], dict[int, date]], one: list[tuple[int, str]], other: list[tuple[int, str]]
) -> None:
    before, until = plan
    there = spans(one)
    back = spans(other)
    until_there = carry(before, until, there)
    until_back = carry(there, until_there, back)
    assert days(back, until_back).items() <= days(before, until).items()


def test_a_row_that_became_longer_is_partly_confirmed() -> None:
    before, after = spans([(7, "2")]), spans([(14, "2")])
    kept = carry(before, {1: before[0].last_day}, after)
    assert kept == {1: before[0].last_day}
    assert state(after[0], kept) == "partly"


def test_two_confirmed_rows_of_one_dose_carry_into_one() -> None:
    before, after = spans([(7, "2"), (7, "2")]), spans([(14, "2")])
    kept = carry(before, {1: before[0].last_day, 2: before[1].last_day}, after)
    assert state(after[0], kept) == "confirmed"


def test_a_confirmed_row_of_one_day_leads_on_to_the_next() -> None:
    before, after = spans([(2, "2"), (1, "2"), (2, "2")]), spans([(5, "2")])
    assert carry(before, {each.n: each.last_day for each in before}, after) == {1: after[0].last_day}
    assert carry(before, {1: before[0].last_day, 3: before[2].last_day}, after) == {1: before[0].last_day}


@pytest.mark.parametrize(
    ("until", "told", "days_confirmed"),
    [({}, "sketch", 0), ({1: -1}, "sketch", 0), ({1: 0}, "partly", 1), ({1: 5}, "partly", 6), ({1: 6}, "confirmed", 7)],
)
def test_a_row_stands_confirmed_from_its_first_day_on(until: dict[int, int], told: str, days_confirmed: int) -> None:
    [week] = spans([(7, "2")])
    last = {n: START + timedelta(days=day) for n, day in until.items()}
    assert state(week, last) == told
    assert len(days([week], last)) == days_confirmed


def test_a_row_whose_first_day_is_a_sketch_is_a_sketch() -> None:
    before = spans([(7, "2"), (7, "2")])
    after = spans([(14, "2")])
    assert carry(before, {2: before[1].last_day}, after) == {}


def test_an_open_row_stays_confirmed_when_it_stays_open() -> None:
    before = spans([(7, "2"), (1, "1")], open_end=True)
    assert carry(before, {2: OPEN}, before) == {2: OPEN}


def test_a_moment_that_moved_is_another_dose() -> None:
    one = Span(1, START, OPEN, {"bedtime": Decimal(2)})
    other = Span(1, START, OPEN, {"evening": Decimal(2)})
    assert carry([one], {1: OPEN}, [other]) == {}

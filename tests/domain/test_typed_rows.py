"""Changing a row: the days before today are what they were, whatever is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from companion.domain.codes import Refused
from companion.domain.typed_rows import change, first_days, insert_after, remove

START = date(2026, 11, 1)
MG = st.sampled_from(["1", "2", "3"])
DAYS = st.integers(1, 9)
Rows = list[Mapping[str, Any]]


def row(mg: str, days: int | None) -> dict[str, Any]:
    return {"daily": {"bedtime": mg}} | ({} if days is None else {"days": days})


@st.composite
def plans(draw: st.DrawFn) -> Rows:
    rows: Rows = [row(mg, days) for mg, days in draw(st.lists(st.tuples(MG, DAYS), min_size=1, max_size=5))]
    if draw(st.booleans()):
        rows[-1] = row(draw(MG), None)
    return rows


def lived(rows: Sequence[Mapping[str, Any]], today: date) -> dict[date, Mapping[str, str]]:
    """The dose of every day before today."""
    found = {}
    for first, each in zip(first_days(rows, START), rows, strict=True):
        days = each.get("days", 200)
        for n in range(days):
            day = first + timedelta(days=n)
            if day < today:
                found[day] = each["daily"]
    return found


TODAY = st.integers(-3, 40).map(lambda days: START + timedelta(days=days))


@given(plans(), st.data(), MG, st.none() | DAYS, TODAY)
def test_a_change_leaves_every_day_before_today(
    rows: Rows, data: st.DataObject, mg: str, days: int | None, today: date
) -> None:
    n = data.draw(st.integers(1, len(rows)))
    after = change(rows, START, n, {"bedtime": mg}, days, today)
    if not isinstance(after, Refused) and all("days" in each for each in after[:-1]):
        assert lived(after, today) == lived(rows, today)


@given(plans(), st.data(), TODAY)
def test_taking_a_row_out_leaves_every_day_before_today(rows: Rows, data: st.DataObject, today: date) -> None:
    n = data.draw(st.integers(1, len(rows)))
    after = remove(rows, START, n, today)
    if not isinstance(after, Refused):
        assert len(after) == len(rows) - 1
        assert lived(after, today) == lived(rows, today)


@given(plans(), st.data(), MG, DAYS, TODAY)
def test_putting_a_row_in_leaves_every_day_before_today(
    rows: Rows, data: st.DataObject, mg: str, days: int, today: date
) -> None:
    n = data.draw(st.integers(1, len(rows)))
    after = insert_after(rows, START, n, {"bedtime": mg}, days, today)
    if not isinstance(after, Refused):
        assert len(after) == len(rows) + 1
        assert lived(after, today) == lived(rows, today)


@given(plans(), st.data(), MG, DAYS, TODAY)
def test_what_was_given_is_not_touched(rows: Rows, data: st.DataObject, mg: str, days: int, today: date) -> None:
    before = [dict(each) | {"daily": dict(each["daily"])} for each in rows]
    n = data.draw(st.integers(1, len(rows)))
    change(rows, START, n, {"bedtime": mg}, days, today)
    remove(rows, START, n, today)
    insert_after(rows, START, n, {"bedtime": mg}, days, today)
    assert rows == before


def test_a_row_that_began_is_split_at_today() -> None:
    today = START + timedelta(days=3)
    after = change([row("3", 7), row("2", 7)], START, 1, {"bedtime": "1"}, 10, today)
    assert after == [row("3", 3), row("1", 7), row("2", 7)]


def test_only_the_length_of_a_row_that_began_changes_in_place() -> None:
    today = START + timedelta(days=3)
    assert change([row("3", 7)], START, 1, {"bedtime": "3"}, 4, today) == [row("3", 4)]
    refused = change([row("3", 7)], START, 1, {"bedtime": "3"}, 3, today)
    assert isinstance(refused, Refused)
    assert refused.reasons[0].field == "days"


def test_a_row_that_is_over_cannot_be_changed_and_none_put_in_before_today() -> None:
    rows = [row("3", 7), row("2", 7)]
    assert isinstance(change(rows, START, 1, {"bedtime": "1"}, 7, START + timedelta(days=7)), Refused)
    assert not isinstance(insert_after(rows, START, 1, {"bedtime": "1"}, 7, START + timedelta(days=7)), Refused)
    assert isinstance(insert_after(rows, START, 1, {"bedtime": "1"}, 7, START + timedelta(days=8)), Refused)


def test_nothing_follows_an_open_row_and_the_only_row_stays() -> None:
    assert isinstance(insert_after([row("3", None)], START, 1, {"bedtime": "1"}, 7, START), Refused)
    assert isinstance(remove([row("3", 7)], START, 1, START), Refused)

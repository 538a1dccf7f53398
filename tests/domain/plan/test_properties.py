"""What holds for every plan, whatever the products, doses, paces and events (issue 3, point 2)."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, assume, given, settings

from companion.domain.codes import Refused
from companion.domain.plan import Layout, Note, Row, RowKind, answer, lay_out, read_plan
from tests.domain.plan.strategies import plans

PROFILE = settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
OPEN = 400
"""How many days of an open row are looked at."""


def laid(document: dict[str, Any]) -> Layout:
    asked = read_plan(document)
    assert not isinstance(asked, Refused)
    layout = lay_out(asked)
    assume(not isinstance(layout, Refused))
    assert isinstance(layout, Layout)
    return layout


def daily(document: dict[str, Any]) -> dict[str, Decimal]:
    return {moment: Decimal(mg) for moment, mg in document["daily"].items()}


def by_moment(row: Row) -> dict[str, Decimal]:
    return {moment.value: dose.mg for moment, dose in row.moments.items()}


def days_of(layout: Layout) -> dict[date, dict[str, Any]]:
    """What is taken on each dated day, as it is told."""
    days = {}
    for row, told in zip(layout.rows, answer(layout)["rows"], strict=True):  # type: ignore[call-overload]
        if row.first_day is not None:
            last = row.last_day or row.first_day + timedelta(days=OPEN)
            for number in range((last - row.first_day).days + 1):
                days[row.first_day + timedelta(days=number)] = told["moments"]
    return days


@PROFILE
@given(plans())
def test_pieces_add_up_exactly(document: dict[str, Any]) -> None:
    layout = laid(document)
    for row in layout.rows:
        for dose in row.moments.values():
            assert sum((piece.mg for piece in dose.pieces), Decimal(0)) == dose.mg
            assert all(piece.count > 0 for piece in dose.pieces)
        assert sum((dose.mg for dose in row.moments.values()), Decimal(0)) == row.daily_mg > 0


@PROFILE
@given(plans())
def test_no_moment_rises_except_by_a_step_back_or_a_typed_row_that_says_so(document: dict[str, Any]) -> None:
    before = daily(document)
    for row in laid(document).rows:
        now = by_moment(row)
        rises = any(mg > before.get(moment, 0) for moment, mg in now.items())
        assert not rises or row.kind is RowKind.BACK or Note.RISES in row.notes
        assert (Note.RISES in row.notes) == (rises and row.kind is RowKind.TYPED)
        before = now


@PROFILE
@given(plans())
def test_no_day_is_left_out_or_there_twice(document: dict[str, Any]) -> None:
    layout = laid(document)
    expected: date | None = date.fromisoformat(document["start"])
    for n, row in enumerate(layout.rows, 1):
        assert row.n == n
        assert row.first_day == expected
        if row.last_day is not None:
            assert row.first_day is not None
            assert row.first_day <= row.last_day
        expected = row.last_day and row.last_day + timedelta(days=1)
    if layout.first_day_without is not None:
        assert layout.first_day_without == expected
        assert layout.days == (layout.first_day_without - date.fromisoformat(document["start"])).days


@PROFILE
@given(plans())
def test_the_last_row_lands_on_the_goal(document: dict[str, Any]) -> None:
    layout = laid(document)
    goal = document["goal"]
    if goal["kind"] == "stop":
        assert layout.last_cut is not None
        is_open = any(row.last_day is None for row in layout.rows)
        assert (layout.first_day_without is None) == is_open
    else:
        assert layout.last_cut is None
        assert layout.first_day_without is None
        assert layout.rows[-1].last_day is None
    if goal["kind"] == "reduce":
        assert layout.rows[-1].daily_mg == Decimal(goal["target"])


@PROFILE
@given(plans(with_events=False))
def test_the_pace_is_never_exceeded_unsaid(document: dict[str, Any]) -> None:
    layout = laid(document)
    pace = document.get("pace", {})
    assume("every_days" in pace)
    start = sum(map(Fraction, document["daily"].values()), Fraction(0))
    target = Fraction(document["goal"].get("target", "0"))
    last_dose = Fraction(document.get("last_dose", "0"))
    doses = [Fraction(row.daily_mg) for row in layout.rows]
    larger = [Note.LARGER_THAN_ASKED in row.notes for row in layout.rows]
    if layout.last_cut is not None:
        doses.append(Fraction(0))
        larger.append(Note.LARGER_THAN_ASKED in layout.last_cut.notes)
    for before, dose, is_larger in zip([start, *doses], doses, larger, strict=False):
        cut = Fraction(pace.get("mg", "0"))
        if "percent" in pace:
            cut = Fraction(pace["percent"]) / 100 * (before if pace["kind"] == "percent_of_current" else start)
        by_last_dose = dose == target and before - cut < last_dose
        assert is_larger == (dose < max(before - cut, target) and not by_last_dose)
    lengths = [
        (row.last_day - row.first_day).days + 1
        for row in layout.rows
        if row.first_day and row.last_day and row.kind is RowKind.STEP
    ]
    assert all(length >= pace["every_days"] for length in lengths)


@PROFILE
@given(plans())
def test_the_days_before_an_event_are_the_same_without_it(document: dict[str, Any]) -> None:
    told = sorted(document["events"], key=lambda event: str(event["on"]))
    assume(told)
    with_event = days_of(laid(document))
    without = days_of(laid({**document, "events": told[:-1]}))
    on = date.fromisoformat(told[-1]["on"])
    assert {day: doses for day, doses in with_event.items() if day < on} == {
        day: doses for day, doses in without.items() if day < on
    }


@PROFILE
@given(plans())
def test_units_are_what_the_dated_rows_use_up(document: dict[str, Any]) -> None:
    layout = laid(document)
    needed = sum(
        (dose.mg * ((row.last_day - row.first_day).days + 1))
        for row in layout.rows
        if row.first_day and row.last_day
        for dose in row.moments.values()
    )
    assert sum(unit.strength * unit.count for unit in layout.units) == needed


@PROFILE
@given(plans())
def test_the_rows_of_a_layout_can_be_typed_in_again(document: dict[str, Any]) -> None:
    """Amounts survive: laid out, told as text, read back, laid out again."""
    layout = laid({**document, "events": []})
    assume(layout.rows and document["goal"]["kind"] != "stabilise")
    typed = []
    for row in layout.rows:
        entry: dict[str, Any] = {"daily": {moment: str(mg) for moment, mg in by_moment(row).items()}}
        if row.first_day and row.last_day:
            entry["days"] = (row.last_day - row.first_day).days + 1
        typed.append(entry)
    again = {key: value for key, value in document.items() if key not in ("last_dose", "events")}
    assert days_of(laid({**again, "pace": {"kind": "rows", "rows": typed}})) == days_of(layout)

"""Bending a plan: properties over random plans, paces and days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from companion.domain.bending import Bend, bent, go_on_day, laid_out
from companion.domain.bent_confirmation import Step, confirmed_after, wholly_confirmed
from companion.domain.codes import Refused
from companion.domain.confirmation import OPEN
from companion.domain.plan import Layout
from companion.domain.plan_change import Wait, Why, reason_text, waiting_on, waits_of
from companion.domain.typed_rows import rows_of
from tests.domain.plan.build import plan
from tests.domain.plan.strategies import plans

START = date(2027, 1, 4)
DAY = timedelta(days=1)
LATER = 400


def doses_until(layout: Layout, last: date) -> list[Mapping[Any, Any] | None]:
    found = []
    day = START
    while day < last:
        row = layout.row_on(day)
        found.append(None if row is None else {moment: dose.mg for moment, dose in row.moments.items()})
        day += DAY
    return found


def steps(layout: Layout) -> list[Step]:
    return [
        Step(row.n, row.first_day, row.last_day, {moment.value: dose.mg for moment, dose in row.moments.items()})
        for row in layout.rows
    ]


@st.composite
def bends(draw: st.DrawFn, today: date, layout: Layout) -> Bend:
    why = draw(st.sampled_from([Why.STAY, Why.STAY, Why.BACK, Why.GO_ON, Why.HOSPITAL, Why.HOME, Why.ROWS]))
    days = draw(st.none() | st.integers(1, 40)) if why in {Why.STAY, Why.BACK, Why.HOSPITAL} else None
    on = today + timedelta(days=draw(st.integers(0, 12))) if why in {Why.GO_ON, Why.ROWS} else today
    rows = tuple(rows_of(layout)[-2:]) if why is Why.ROWS else ()
    return Bend(why, on, days, rows)


@st.composite
def lives(draw: st.DrawFn) -> list[tuple[Mapping[str, Any], Mapping[str, Any], Bend, date]]:
    """A plan and what was done with it over some weeks: (document before, after, what, on which day)."""
    document: Mapping[str, Any] = draw(plans(with_events=False))
    layout = laid_out(document)
    assume(isinstance(layout, Layout))
    today, reasons, lived = START, [], []
    for _ in range(draw(st.integers(1, 4))):
        today += timedelta(days=draw(st.integers(0, 15)))
        layout = laid_out(document)
        assert isinstance(layout, Layout)
        bend = draw(bends(today, layout))
        wait = waiting_on(waits_of(["made", *reasons]), today)
        after = bent(document, bend, today, wait)
        if isinstance(after, Refused) or isinstance(laid_out(after), Refused):
            continue
        lived.append((document, after, bend, today))
        ends = bend.on + timedelta(days=bend.days - 1) if bend.days else None
        text = reason_text(bend.why, bend.on, ends) if bend.why is Why.HOSPITAL else reason_text(bend.why, today)
        reasons.append(text if bend.why in {Why.HOSPITAL, Why.HOME} else bend.why.value)
        document = after
    assume(lived)
    return lived


SLOW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@SLOW
@given(lives())
def test_no_day_before_today_ever_changes(lived: list[Any]) -> None:
    for before, after, _, today in lived:
        one, other = laid_out(before), laid_out(after)
        assert isinstance(one, Layout)
        assert isinstance(other, Layout)
        assert doses_until(one, today) == doses_until(other, today)


@SLOW
@given(lives())
def test_a_stay_moves_every_later_row_as_it_is(lived: list[Any]) -> None:
    for before, after, bend, today in lived:
        one, other = laid_out(before), laid_out(after)
        assert isinstance(one, Layout)
        assert isinstance(other, Layout)
        row = one.row_on(today)
        if bend.why not in {Why.STAY, Why.HOSPITAL} or bend.days is None or row is None or row.last_day is None:
            continue
        assert other.row_on(row.last_day + timedelta(days=bend.days)) is not None
        if one.first_day_without and other.first_day_without:
            assert (other.first_day_without - one.first_day_without).days == bend.days
        longest = doses_until(one, START + timedelta(days=LATER))
        moved = doses_until(other, START + timedelta(days=LATER + bend.days))
        at = (row.last_day - START).days + 1
        assert moved[at + bend.days :] == longest[at:]


@SLOW
@given(lives(), st.data())
def test_only_the_bent_row_and_what_stood_confirmed_stands_confirmed(lived: list[Any], data: st.DataObject) -> None:
    for before, after, bend, today in lived:
        one, other = laid_out(before), laid_out(after)
        assert isinstance(one, Layout)
        assert isinstance(other, Layout)
        old, new = steps(one), steps(other)
        chosen = [step for step in old if data.draw(st.booleans())]
        until = {step.n: step.last_day or OPEN for step in chosen}
        kept = confirmed_after(old, until, new, bend.why, bend.on)
        extra = [step for step in new if wholly_confirmed(step, kept) and step.n not in _same_days(old, until, new)]
        doses = [step.dose for step in chosen]
        bent_on = bend.on if bend.why is not Why.HOME else today
        for step in extra:
            is_bent = step.first_day is not None and step.first_day <= bent_on <= (step.last_day or OPEN)
            assert step.dose in doses or (is_bent and bend.why not in {Why.ROWS, Why.GO_ON})
        if bend.why is Why.ROWS:
            assert extra == []
        for day in (START + timedelta(days=back) for back in range((today - START).days)):
            assert _stands(old, until, day) <= _stands(new, kept, day)


def _stands(all_steps: list[Step], until: Mapping[int, date], day: date) -> bool:
    return any(
        step.first_day and step.first_day <= day <= min(step.last_day or OPEN, until.get(step.n, date.min))
        for step in all_steps
    )


def _same_days(old: list[Step], until: Mapping[int, date], new: list[Step]) -> set[int]:
    """Rows whose every day stood confirmed before with the same dose."""
    same = set()
    for step in new:
        if step.first_day is None:
            continue
        last = min(step.last_day or step.first_day + timedelta(days=LATER), step.first_day + timedelta(days=LATER))
        days = [step.first_day + timedelta(days=after) for after in range((last - step.first_day).days + 1)]
        if all(_stands([each for each in old if each.dose == step.dose], until, day) for day in days):
            same.add(step.n)
    return same


# Examples


def typed(**changes: Any) -> dict[str, Any]:
    rows = [{"daily": {"bedtime": mg}, "days": 14} for mg in ("1.5", "1", "0.5")]
    return plan(pace={"kind": "rows", "rows": rows}, **changes)


def spans(document: Any) -> list[tuple[str, str, str]]:
    layout = laid_out(document)
    assert isinstance(layout, Layout), layout
    return [(str(row.first_day), str(row.last_day), str(row.daily_mg)) for row in layout.rows]


def after(document: Any, bend: Bend, today: date, wait: Wait | None = None) -> Any:
    result = bent(document, bend, today, wait)
    assert not isinstance(result, Refused), result
    return result


def test_a_change_with_a_later_date_is_written_out_before_a_stay() -> None:
    new = ({"daily": {"bedtime": "0.5"}, "days": 7},)
    changed = after(typed(), Bend(Why.ROWS, date(2027, 1, 18), rows=new), date(2027, 1, 10))
    assert spans(changed) == [("2027-01-04", "2027-01-17", "1.5"), ("2027-01-18", "2027-01-24", "0.5")]
    stayed = after(changed, Bend(Why.STAY, date(2027, 1, 11), 30), date(2027, 1, 11))
    assert spans(stayed) == [("2027-01-04", "2027-02-16", "1.5"), ("2027-02-17", "2027-02-23", "0.5")]
    back = after(changed, Bend(Why.BACK, date(2027, 1, 11), 5), date(2027, 1, 11))
    assert [mg for _, _, mg in spans(back)] == ["1.5", "2", "1.5", "0.5"]


def test_home_the_wait_gets_the_length_it_had() -> None:
    waiting = after(typed(), Bend(Why.HOSPITAL, date(2027, 1, 8)), date(2027, 1, 8))
    wait = Wait(date(2027, 1, 8), None)
    home = after(waiting, Bend(Why.HOME, date(2027, 1, 20)), date(2027, 1, 20), wait)
    assert home["events"] == [{"on": "2027-01-08", "kind": "stay", "days": 12}]
    assert spans(home)[0] == ("2027-01-04", "2027-01-29", "1.5")
    same_day = after(waiting, Bend(Why.HOME, date(2027, 1, 8)), date(2027, 1, 8), wait)
    assert same_day["events"] == []


def test_going_on_is_possible_only_from_an_open_stay() -> None:
    document = typed()
    layout = laid_out(document)
    assert isinstance(layout, Layout)
    assert go_on_day(document, layout, date(2027, 1, 8)) is None
    stays = after(document, Bend(Why.STAY, START), START)
    layout = laid_out(stays)
    assert isinstance(layout, Layout)
    assert go_on_day(stays, layout, START) == START + DAY
    assert go_on_day(stays, layout, date(2027, 3, 1)) == date(2027, 3, 1)


def test_rows_without_dates_keep_their_confirmation_for_when_they_come() -> None:
    document = typed()
    stays = after(document, Bend(Why.STAY, date(2027, 1, 8)), date(2027, 1, 8))
    goes_on = after(stays, Bend(Why.GO_ON, date(2027, 3, 1)), date(2027, 3, 1))
    layouts = [laid_out(each) for each in (document, stays, goes_on)]
    one, two, three = (steps(each) for each in layouts if isinstance(each, Layout))
    until = {1: date(2027, 1, 17), 2: date(2027, 1, 31)}
    open_until = confirmed_after(one, until, two, Why.STAY, date(2027, 1, 8))
    assert open_until == {1: OPEN, 2: OPEN}
    again = confirmed_after(two, open_until, three, Why.GO_ON, date(2027, 3, 1))
    assert again == {1: date(2027, 2, 28), 2: date(2027, 3, 14)}


def test_waits_are_told_by_the_reasons_of_the_versions() -> None:
    day = date(2027, 2, 1)
    reasons = ["made", "row added", reason_text(Why.HOSPITAL, day), "stay"]
    assert waits_of(reasons) == (Wait(day, None),)
    assert waits_of([*reasons, reason_text(Why.HOME, day + 7 * DAY)]) == (Wait(day, day + 6 * DAY),)
    assert waits_of([*reasons, reason_text(Why.HOME, day)]) == ()
    assert waits_of([*reasons[:3], "undone"]) == ()
    assert waits_of([*reasons[:3], reason_text(Why.HOME, day + DAY), "undone"]) == (Wait(day, None),)
    dated = waits_of([reason_text(Why.HOSPITAL, day, day + 3 * DAY)])
    assert waiting_on(dated, day + 3 * DAY)
    assert not waiting_on(dated, day + 4 * DAY)


def test_amounts_are_decimals() -> None:
    layout = laid_out(typed())
    assert isinstance(layout, Layout)
    assert layout.rows[0].daily_mg == Decimal("1.5")

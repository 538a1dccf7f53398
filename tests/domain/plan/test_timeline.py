"""A ladder on the calendar, by hand: limits, and what is told where an event has no row to stand on (contract §2).

Typed rows of 1.5, 1 and 0.5 mg, seven days each, from Monday 4 January 2027: 4 to 10, 11 to 17, and 18 to 24 January.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from companion.domain.codes import Refused
from companion.domain.plan import lay_out, read_plan
from tests.domain.plan.build import Doc, plan, short


def row(mg: str, days: int | None = 7) -> Doc:
    return {"daily": {"bedtime": mg}} | ({} if days is None else {"days": days})


ROWS = [row("1.5"), row("1"), row("0.5")]


def typed(*events: Doc, rows: list[Doc] = ROWS, **changes: Any) -> Doc:
    return plan(pace={"kind": "rows", "rows": rows}, events=list(events), **changes)


def event(on: str, kind: str, **more: Any) -> Doc:
    return {"on": on, "kind": kind, **more}


def why(document: Doc) -> list[tuple[str, str, Mapping[str, str]]]:
    asked = read_plan(document)
    assert not isinstance(asked, Refused), asked
    outcome = lay_out(asked)
    return [(one.field, one.code, dict(one.values)) for one in outcome.reasons] if isinstance(outcome, Refused) else []


@pytest.mark.parametrize(
    ("on", "code", "values"),
    [
        ("2027-01-03", "plan_event_before_start", {"first_day": "2027-01-04"}),
        ("2027-01-04", None, {}),
        ("2027-01-24", None, {}),
        ("2027-01-25", "plan_event_after_end", {"last_day": "2027-01-24"}),
        ("2028-01-25", "plan_event_after_end", {"last_day": "2027-01-24"}),
    ],
)
def test_an_event_is_on_a_day_of_the_plan(on: str, code: str | None, values: dict[str, str]) -> None:
    extra = event(on, "extra", mg="0.5")
    assert why(typed(extra)) == ([(("events[0].on"), code, values)] if code else [])


def test_a_plan_of_one_cut_to_nothing_has_no_row_for_an_event() -> None:
    document = plan(daily={"bedtime": "0.5"}, events=[event("2027-01-04", "stay", days=1)])
    assert why(document) == [("events[0].on", "plan_event_without_rows", {})]


def test_a_plan_with_every_event_has_two_thousand_rows_at_most() -> None:
    def new(count: int) -> Doc:
        return event("2027-01-05", "rows", rows=[row("1", 1)] * count)

    assert why(typed(new(1999))) == []
    assert why(typed(new(2000))) == [("events[0]", "plan_too_many_rows", {"most": "2000"})]
    extra = event("2027-01-06", "extra", mg="0.5")
    assert why(typed(new(1999), extra)) == []


def test_two_hundred_years_with_the_days_that_were_added() -> None:
    """73,050 days, and the day after them is still counted."""
    rows = [row("1", 3650)] * 20
    stay = [event("2027-01-05", "stay", days=50)]
    assert why(typed(*stay, rows=rows)) == []
    assert why(typed(event("2027-01-05", "stay", days=51), rows=rows)) == [
        ("start", "plan_too_long", {"most": "73050"})
    ]


def test_the_calendar_ends_with_the_year_9999() -> None:
    """The first day without has to be a day too."""
    last = [row("1", 1)]
    assert short(typed(rows=last, start="9999-12-30")) == [("9999-12-30", "9999-12-30", "1")]
    assert why(typed(rows=last, start="9999-12-31")) == [("start", "plan_too_long", {"most": "73050"})]
    after = event("9999-12-31", "extra", mg="0.5")
    assert why(typed(after, rows=last, start="9999-12-30")) == [
        ("events[0].on", "plan_event_after_end", {"last_day": "9999-12-30"})
    ]


def test_an_open_row_ends_nothing_and_what_comes_after_has_no_days() -> None:
    assert short(typed(event("2027-01-11", "stay"))) == [
        ("2027-01-04", "2027-01-10", "1.5"),
        ("2027-01-11", None, "1"),
        (None, None, "0.5"),
    ]


def test_going_on_ends_a_stay_of_the_person_and_nothing_else() -> None:
    stay, on = event("2027-01-12", "stay"), event("2027-01-20", "go_on")
    assert short(typed(stay, on)) == [
        ("2027-01-04", "2027-01-10", "1.5"),
        ("2027-01-11", "2027-01-19", "1"),
        ("2027-01-20", "2027-01-26", "0.5"),
    ]
    assert why(typed(stay, event("2027-01-11", "go_on"))) == [("events[1]", "plan_nothing_open", {})]
    assert why(typed(stay, on, event("2027-01-21", "go_on"))) == [("events[2]", "plan_nothing_open", {})]
    first_day = [event("2027-01-11", "stay"), event("2027-01-11", "go_on")]
    assert why(typed(*first_day)) == [("events[1]", "plan_go_on_skips_row", {})]
    open_end = typed(event("2027-01-05", "go_on"), rows=[row("1", None)], goal={"kind": "reduce", "target": "1"})
    assert why(open_end) == [("events[0]", "plan_nothing_open", {})]


def test_a_stay_that_is_open_takes_no_days() -> None:
    """What is open has no end to be moved."""
    stays = typed(event("2027-01-12", "stay"), event("2027-01-13", "stay", days=5), event("2027-01-20", "go_on"))
    assert short(stays)[1:] == [("2027-01-11", "2027-01-19", "1"), ("2027-01-20", "2027-01-26", "0.5")]


def test_a_step_back_is_the_dose_before_and_then_the_same_row_whole() -> None:
    back = event("2027-01-13", "back", days=3)
    assert short(typed(back)) == [
        ("2027-01-04", "2027-01-10", "1.5"),
        ("2027-01-11", "2027-01-12", "1"),
        ("2027-01-13", "2027-01-15", "1.5"),
        ("2027-01-16", "2027-01-22", "1"),
        ("2027-01-23", "2027-01-29", "0.5"),
    ]
    # on the first day of a row that row is left out; without days it is as long as the row
    assert short(typed(event("2027-01-11", "back"))) == [
        ("2027-01-04", "2027-01-10", "1.5"),
        ("2027-01-11", "2027-01-17", "1.5"),
        ("2027-01-18", "2027-01-24", "1"),
        ("2027-01-25", "2027-01-31", "0.5"),
    ]
    # from the first row to the dose before the plan, and no further
    first = event("2027-01-05", "back", days=2)
    assert short(typed(first))[:3] == [
        ("2027-01-04", "2027-01-04", "1.5"),
        ("2027-01-05", "2027-01-06", "2"),
        ("2027-01-07", "2027-01-13", "1.5"),
    ]
    assert why(typed(first, event("2027-01-06", "back", days=2))) == [("events[1]", "plan_nothing_above", {})]


def test_a_row_that_was_stepped_back_from_can_be_stayed_on_and_gone_on_from_like_any_other() -> None:
    """The row comes again as it was planned: the open stay is over, and only a new one can be ended."""
    stayed = [event("2027-01-12", "stay"), event("2027-01-13", "back", days=2)]
    assert short(typed(*stayed)) == [
        ("2027-01-04", "2027-01-10", "1.5"),
        ("2027-01-11", "2027-01-12", "1"),
        ("2027-01-13", "2027-01-14", "1.5"),
        ("2027-01-15", "2027-01-21", "1"),
        ("2027-01-22", "2027-01-28", "0.5"),
    ]
    assert why(typed(*stayed, event("2027-01-16", "go_on"))) == [("events[2]", "plan_nothing_open", {})]


def test_stepping_back_among_new_rows_is_to_the_row_before_them() -> None:
    new = event("2027-01-13", "rows", rows=[row("0.75", 4), row("0.5", 4)])
    products = [{"form": "tablet", "strength": "1", "split": "quarters"}]
    back = event("2027-01-14", "back", days=2)
    assert short(typed(new, back, products=products))[1:5] == [
        ("2027-01-11", "2027-01-12", "1"),
        ("2027-01-13", "2027-01-13", "0.75"),
        ("2027-01-14", "2027-01-15", "1"),
        ("2027-01-16", "2027-01-19", "0.75"),
    ]
    # new rows on the first day of a row take its place: the row before is then the one before that
    first = event("2027-01-11", "rows", rows=[row("0.75", 4)])
    again = event("2027-01-12", "back", days=2)
    assert short(typed(first, again, products=products))[:3] == [
        ("2027-01-04", "2027-01-10", "1.5"),
        ("2027-01-11", "2027-01-11", "0.75"),
        ("2027-01-12", "2027-01-13", "1.5"),
    ]
    # and from the first day of the plan on it is the dose before
    whole = event("2027-01-04", "rows", rows=[row("0.75", 4)])
    assert short(typed(whole, event("2027-01-05", "back", days=2), products=products))[1] == (
        "2027-01-05",
        "2027-01-06",
        "2",
    )


def test_a_step_back_from_an_open_row_is_as_long_as_it_was_typed_to_be() -> None:
    """The last row of a plan that goes lower and not to nothing stays open, whatever days it has."""
    goal, back = {"kind": "reduce", "target": "1"}, event("2027-01-13", "back")
    assert short(typed(back, rows=[row("1.5"), row("1", 9)], goal=goal)) == [
        ("2027-01-04", "2027-01-10", "1.5"),
        ("2027-01-11", "2027-01-12", "1"),
        ("2027-01-13", "2027-01-21", "1.5"),
        ("2027-01-22", None, "1"),
    ]
    needed = [("events[0].days", "plan_back_days_needed", {})]
    assert why(typed(back, rows=[row("1.5"), row("1", None)], goal=goal)) == needed
    assert why(plan(goal={"kind": "stabilise"}, pace=None, events=[event("2027-01-06", "back")])) == needed

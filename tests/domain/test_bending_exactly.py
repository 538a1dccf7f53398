"""Bending a plan, by hand: what is refused, which events stay, and what is written out as rows (contract §2, events).

Typed rows of 1.5, 1 and 0.5 mg, fourteen days each, from Monday 4 January 2027: 4 to 17, 18 to 31 January, and
1 to 14 February.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from companion.domain.bending import Bend, bent, first_difference, go_on_day, laid_out, rewritten
from companion.domain.codes import Reason, Refused
from companion.domain.plan import Layout
from companion.domain.plan_change import Wait, Why
from companion.domain.typed_rows import RowText
from tests.domain.plan.build import Doc, plan

START = date(2027, 1, 4)
DAY = timedelta(days=1)


def jan(day: int) -> date:
    return date(2027, 1, day)


def row(mg: str, days: int | None = 14) -> Doc:
    return {"daily": {"bedtime": mg}} | ({} if days is None else {"days": days})


ROWS: list[RowText] = [row("1.5"), row("1"), row("0.5")]


def typed(*events: Doc) -> Doc:
    return plan(pace={"kind": "rows", "rows": ROWS}, events=list(events))


def event(day: int, kind: str, **more: Any) -> Doc:
    return {"on": jan(day).isoformat(), "kind": kind, **more}


@pytest.mark.parametrize(
    ("bend", "today", "wait", "field", "code"),
    [
        (Bend(Why.HOME, jan(8)), jan(8), None, "", "plan_not_waiting"),
        (Bend(Why.HOME, jan(8)), jan(8), Wait(jan(7), None), "", "plan_not_waiting"),
        (Bend(Why.STAY, jan(8), 3), jan(8), Wait(jan(6), None), "", "plan_waits"),
        (Bend(Why.ROWS, jan(8), rows=(row("1"),)), jan(8), Wait(jan(6), jan(9)), "", "plan_waits"),
        (Bend(Why.STAY, jan(7), 3), jan(8), None, "on", "plan_day_over"),
        (Bend(Why.ROWS, jan(7), rows=(row("1"),)), jan(8), None, "on", "plan_day_over"),
    ],
)
def test_what_cannot_bend_is_refused(bend: Bend, today: date, wait: Wait | None, field: str, code: str) -> None:
    assert bent(typed(), bend, today, wait) == Refused((Reason(field, code),))


@pytest.mark.parametrize(
    ("bend", "written"),
    [
        (Bend(Why.STAY, jan(8)), event(8, "stay")),
        (Bend(Why.STAY, jan(8), 3), event(8, "stay", days=3)),
        (Bend(Why.HOSPITAL, jan(8), 3), event(8, "stay", days=3)),
        (Bend(Why.BACK, jan(8), 5), event(8, "back", days=5)),
        (Bend(Why.GO_ON, jan(8)), event(8, "go_on")),
        (Bend(Why.ROWS, jan(8), rows=(row("1"),)), event(8, "rows", rows=[row("1")])),
        (Bend(Why.ROWS, jan(20), rows=(row("1"),)), event(20, "rows", rows=[row("1")])),
    ],
)
def test_each_is_written_in_the_words_of_the_contract(bend: Bend, written: Doc) -> None:
    earlier = event(5, "stay", days=1)
    assert bent(typed(earlier), bend, jan(8), None) == typed(earlier, written)


def test_what_was_bent_today_already_stays_as_it_was_written() -> None:
    today = event(8, "stay", days=2)
    assert bent(typed(today), Bend(Why.STAY, jan(8), 3), jan(8), None) == typed(today, event(8, "stay", days=3))


def test_other_rows_from_a_day_take_the_place_of_what_was_bent_from_that_day_on() -> None:
    document = typed(event(7, "stay", days=1), event(8, "stay", days=2), event(20, "rows", rows=[row("0.5")]))
    found = bent(document, Bend(Why.ROWS, jan(8), rows=(row("1"),)), jan(8), None)
    assert found == typed(event(7, "stay", days=1), event(8, "rows", rows=[row("1")]))


def test_before_its_first_day_a_plan_that_bends_later_is_written_out_from_today() -> None:
    later = typed(event(20, "rows", rows=[row("0.5", 7)]))
    found = bent(later, Bend(Why.STAY, START, 3), START, None)
    rows = [row("1.5"), row("1", 2), row("0.5", 7)]
    assert found == typed(event(4, "rows", rows=rows), event(4, "stay", days=3))


def test_home_shortens_the_stay_of_this_wait_and_no_other() -> None:
    document = typed(event(6, "stay", days=3), event(8, "back", days=2), event(8, "stay"))
    home = bent(document, Bend(Why.HOME, jan(10)), jan(10), Wait(jan(8), None))
    assert home == typed(event(6, "stay", days=3), event(8, "back", days=2), event(8, "stay", days=2))


def test_what_was_noted_after_a_wait_began_stays_when_it_ends() -> None:
    noted = event(8, "extra", mg="0.5")
    home = bent(typed(event(8, "stay"), noted), Bend(Why.HOME, jan(10)), jan(10), Wait(jan(8), None))
    assert home == typed(event(8, "stay", days=2), noted)
    same_day = bent(typed(event(8, "stay"), noted), Bend(Why.HOME, jan(8)), jan(8), Wait(jan(8), None))
    assert same_day == typed(noted)


def test_a_plan_that_cannot_be_laid_out_cannot_be_bent() -> None:
    """Its tablets of 1 mg in halves do not make 1.25 mg: what comes could not be written out."""
    document = plan(daily={"bedtime": "1.25"}, events=[event(20, "stay", days=3)])
    refused = bent(document, Bend(Why.STAY, jan(8), 3), jan(8), None)
    assert refused == laid_out(document)
    assert isinstance(refused, Refused)


def test_of_two_stays_on_one_day_home_is_the_end_of_the_later_one() -> None:
    document = typed(event(8, "stay", days=3), event(8, "stay"))
    home = bent(document, Bend(Why.HOME, jan(9)), jan(9), Wait(jan(8), None))
    assert home == typed(event(8, "stay", days=3), event(8, "stay", days=1))


NEW = [row("1.5"), row("1.25", 7), row("0.5")]
FROM_6 = event(6, "rows", rows=[row("1.5", 12), *NEW[1:]])
FROM_8 = event(8, "rows", rows=[row("1.5", 10), *NEW[1:]])
FROM_18 = event(18, "rows", rows=NEW[1:])


@pytest.mark.parametrize(
    ("events", "first", "today", "expected"),
    [
        ([], 18, 8, [FROM_18]),
        # the row of that day only as far as it is still to come, and not at all when it ended the day before
        ([], 8, 8, [FROM_8]),
        ([], 17, 8, [event(17, "rows", rows=[row("1.5", 1), *NEW[1:]])]),
        # a day that was bent before stays as it was lived
        ([event(5, "stay", days=2)], 8, 8, [event(5, "stay", days=2), FROM_8]),
        ([event(5, "stay", days=2)], 18, 8, [event(5, "stay", days=2), FROM_18]),
        # bent between the first day that differs and today: only from today on
        ([event(6, "stay", days=2)], 6, 8, [event(6, "stay", days=2), FROM_8]),
        ([event(8, "stay", days=2)], 6, 8, [event(8, "stay", days=2), FROM_8]),
        ([event(8, "stay", days=2)], 8, 8, [event(8, "stay", days=2), FROM_8]),
        # not bent since: from that day, also when it is over
        ([], 6, 8, [FROM_6]),
        # an extra amount bends nothing, and stays
        (
            [event(7, "extra", mg="0.5")],
            6,
            8,
            [event(7, "extra", mg="0.5"), FROM_6],
        ),
        # what was to come goes
        ([event(20, "stay", days=2)], 18, 8, [FROM_18]),
        ([event(18, "stay", days=2)], 18, 8, [FROM_18]),
    ],
)
def test_rows_are_written_out_from_the_first_day_that_differs(
    events: list[Doc], first: int, today: int, expected: list[Doc]
) -> None:
    assert rewritten(typed(*events), NEW, jan(first), jan(today)) == typed(*expected)


def test_a_last_row_that_stays_open_is_written_out_open() -> None:
    rows = [row("1.5"), row("1", None)]
    assert rewritten(typed(), rows, jan(18), jan(8)) == typed(event(18, "rows", rows=[row("1", None)]))
    assert rewritten(typed(), rows, jan(25), jan(25)) == typed(event(25, "rows", rows=[row("1", None)]))


@pytest.mark.parametrize(
    ("before", "after", "day"),
    [
        (ROWS, ROWS, date.max),
        (ROWS, [row("2"), *ROWS[1:]], START),
        (ROWS, [row("1.5", 13), *ROWS[1:]], START),
        (ROWS, [*ROWS[:2], row("0.25")], date(2027, 2, 1)),
        (ROWS, [*ROWS, row("0.25")], date(2027, 2, 15)),
        ([*ROWS, row("0.25")], ROWS, date(2027, 2, 15)),
        ([], [], date.max),
    ],
)
def test_the_first_day_that_differs(before: list[RowText], after: list[RowText], day: date) -> None:
    assert first_difference(before, after, START) == day


def test_going_on_is_for_a_stay_that_is_open_and_from_its_second_day() -> None:
    def found(document: Doc, today: date) -> date | None:
        layout = laid_out(document)
        assert isinstance(layout, Layout)
        return go_on_day(document, layout, today)

    open_stay = typed(event(20, "stay"))
    assert found(open_stay, START - DAY) is None
    assert found(open_stay, jan(17)) is None
    assert [found(open_stay, jan(day)) for day in (18, 19, 20, 21)] == [None, None, jan(20), jan(21)]
    last_row_open = plan(goal={"kind": "stabilise"}, pace=None)
    assert found(last_row_open, jan(8)) is None

"""The days on which others give the medicine, read back from why each version of a plan came to be."""

from __future__ import annotations

from datetime import date

import pytest

from companion.domain.plan_change import Wait, Why, code_of, reason_text, waiting_on, waits_of

FIRST, LAST = date(2027, 2, 1), date(2027, 2, 10)
WAIT, LATER = Wait(FIRST, LAST), Wait(date(2027, 3, 1), None)
AWAY, AWAY_LATER = reason_text(Why.HOSPITAL, FIRST, LAST), reason_text(Why.HOSPITAL, date(2027, 3, 1), None)


@pytest.mark.parametrize(
    ("reasons", "waits"),
    [
        ([], ()),
        (["made", "stay"], ()),
        (["made", AWAY], (WAIT,)),
        ([AWAY, "row added", AWAY_LATER], (WAIT, LATER)),
        (["made", AWAY, AWAY_LATER, "undone"], (WAIT,)),
        (["made", AWAY, "undone"], ()),
        (["undone"], ()),
        ([AWAY, "stay", "undone"], (WAIT,)),
        ([AWAY, "undone"], ()),
        ([AWAY, AWAY_LATER, "home 2027-03-01"], (WAIT,)),
        ([AWAY, "home 2027-02-05"], (Wait(FIRST, date(2027, 2, 4)),)),
        ([AWAY, "home 2027-02-02"], (Wait(FIRST, FIRST),)),
        ([AWAY, "home 2027-02-01"], ()),
        ([AWAY, AWAY_LATER, "home 2027-03-04"], (WAIT, Wait(date(2027, 3, 1), date(2027, 3, 3)))),
        (["home 2027-03-04"], ()),
    ],
)
def test_waits_follow_from_the_reasons(reasons: list[str], waits: tuple[Wait, ...]) -> None:
    assert waits_of(reasons) == waits


def test_a_wait_covers_both_of_its_days_and_the_newest_is_told() -> None:
    days = [date(2027, 1, 31), FIRST, LAST, date(2027, 2, 11)]
    assert [waiting_on([WAIT], day) for day in days] == [None, WAIT, WAIT, None]
    assert waiting_on([WAIT, LATER], date(2030, 1, 1)) is LATER
    overlapping = Wait(LAST, None)
    assert waiting_on([WAIT, overlapping], LAST) is overlapping


def test_a_reason_has_one_code() -> None:
    assert code_of(AWAY) == "hospital"
    assert code_of("row added") == "row added"

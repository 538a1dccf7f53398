"""Splitting, moving, more time and laying out again: one version each, what stays the same stays confirmed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from companion.bootstrap import House
from companion.domain.codes import Refused
from companion.domain.person import Person
from companion.services import arrange_rows, change_plan
from companion.services.join import Joined, Joining, join
from companion.services.paced import read_paced
from companion.services.plan_view import LivePlan, plan_of
from companion.services.preview_plan import Preview, preview

NOW = datetime(2026, 11, 21, 21, tzinfo=UTC)
LATER = datetime(2026, 12, 20, 21, tzinfo=UTC)
PLAN = "5c0ffee0-0000-4000-8000-000000000001"
DOCUMENT: dict[str, Any] = {
    "products": [{"form": "tablet", "strength": "1", "split": "halves"}],
    "daily": {"bedtime": "2"},
    "goal": {"kind": "stop"},
    "pace": {"kind": "percent_of_current", "percent": "10", "every_days": 14},
    "start": "2026-12-01",
}


@pytest.fixture
def person(house: House) -> Person:
    joined = join(house.store, Joining("lente rijen", "vier losse woorden samen", True, "nl"), NOW)
    assert isinstance(joined, Joined)
    assert change_plan.start_plan(house.store, joined.person, PLAN, DOCUMENT, NOW) is None
    return joined.person


def plan(house: House, person: Person) -> LivePlan:
    found = plan_of(house.store, person, PLAN)
    assert found is not None
    return found


def lengths(found: LivePlan) -> list[int]:
    return [(row.last_day - row.first_day).days + 1 for row in found.rows if row.first_day and row.last_day]


def code(refused: Refused | None) -> str:
    assert refused is not None
    return refused.reasons[0].code


def test_a_larger_row_is_confirmed_alone_and_after_all(house: House, person: Person) -> None:
    confirm = change_plan.confirm_rows
    assert code(confirm(house.store, person, PLAN, 1, {1, 2}, "not_yet", NOW, after_all=True)) == "plan_larger_alone"
    assert code(confirm(house.store, person, PLAN, 1, {1}, "not_yet", NOW)) == "plan_larger_choose"
    assert confirm(house.store, person, PLAN, 1, {1}, "not_yet", NOW, after_all=True) is None
    assert plan(house, person).confirmed_numbers == {1}


def test_what_is_split_stays_confirmed(house: House, person: Person) -> None:
    change_plan.confirm_rows(house.store, person, PLAN, 1, {1}, "not_yet", NOW, after_all=True)
    assert arrange_rows.split_row(house.store, person, PLAN, 1, 1, 4, 10, NOW) is None
    found = plan(house, person)
    assert lengths(found) == [4, 10, 14, 14]
    assert found.confirmed_numbers == {1, 2}
    assert read_paced(house.store, person, found).larger == {1, 3, 4}  # the second part is no cut


def test_more_time_and_moving_need_the_version_that_was_seen(house: House, person: Person) -> None:
    assert code(arrange_rows.more_time(house.store, person, PLAN, 7, 2, NOW)) == "plan_changed_meanwhile"
    assert code(arrange_rows.move_row(house.store, person, PLAN, 7, 2, 3, NOW)) == "plan_changed_meanwhile"
    assert code(arrange_rows.lay_out_again(house.store, person, PLAN, 7, DOCUMENT, NOW)) == "plan_changed_meanwhile"
    assert plan(house, person).kept.version == 1


def test_more_time_twice_changes_nothing_more(house: House, person: Person) -> None:
    assert arrange_rows.more_time(house.store, person, PLAN, 1, 2, NOW) is None
    assert lengths(plan(house, person))[0] > 14
    assert code(arrange_rows.more_time(house.store, person, PLAN, 2, 2, NOW)) == "plan_no_more_time"
    assert code(arrange_rows.more_time(house.store, person, PLAN, 2, 1, NOW)) == "plan_no_more_time"


def test_a_plan_that_was_lived_is_not_laid_out_again(house: House, person: Person) -> None:
    change_plan.confirm_rows(house.store, person, PLAN, 1, {1}, "not_yet", NOW, after_all=True)
    again = DOCUMENT | {"products": [{"form": "tablet", "strength": "1", "split": "quarters"}]}
    assert code(arrange_rows.lay_out_again(house.store, person, PLAN, 1, again, LATER)) == "plan_changed_meanwhile"
    assert arrange_rows.lay_out_again(house.store, person, PLAN, 1, again, NOW) is None
    assert plan(house, person).kept.version == 2
    assert plan(house, person).kept.reason == "laid out again"


def test_typed_rows_after_laying_out_again_are_the_persons_own(house: House, person: Person) -> None:
    rows = [{"daily": {"bedtime": "1.5"}, "days": 14}, {"daily": {"bedtime": "1"}, "days": 14}]
    arrange_rows.lay_out_again(house.store, person, PLAN, 1, DOCUMENT | {"pace": {"kind": "rows", "rows": rows}}, NOW)
    assert read_paced(house.store, person, plan(house, person)).larger == frozenset()


def test_a_preview_keeps_nothing(house: House, person: Person) -> None:
    found = preview(DOCUMENT)
    assert isinstance(found, Preview)
    assert found.figures.rows == 3
    assert isinstance(preview(DOCUMENT | {"daily": {"bedtime": "0.3"}}), Refused)
    assert isinstance(preview({}), Refused)

"""Split a row, move it, give a larger cut more time, or lay the whole plan out again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from companion.domain import typed_rows
from companion.domain.amount import to_text
from companion.domain.codes import Refused
from companion.domain.person import Person
from companion.domain.typed_rows import RowText
from companion.services.change_plan import CHANGED_MEANWHILE, change_rows, next_version, seen_plan
from companion.services.paced import has_lived, paced
from companion.services.plan_view import LivePlan
from companion.storage import plans
from companion.storage.unit_of_work import Store


def split_row(
    store: Store, person: Person, plan_id: str, seen: int, n: int, first: int, second: int | None, now: datetime
) -> Refused | None:
    """Row `n` in two parts, each with its own days."""
    today = person.day(now)

    def change(rows: Sequence[RowText], start: date) -> list[RowText] | Refused:
        return typed_rows.split(rows, start, n, first, second, today)

    return change_rows(store, person, plan_id, seen, change, "row split", now)


def move_row(store: Store, person: Person, plan_id: str, seen: int, n: int, by: int, now: datetime) -> Refused | None:
    """Row `n` starts `by` days later, or earlier when negative."""
    plan = _read(store, person, plan_id, seen)
    if plan is None:
        return CHANGED_MEANWHILE
    moved = typed_rows.move(typed_rows.rows_of(plan.layout), plan.asked.start, n, by, person.day(now))
    if isinstance(moved, Refused):
        return moved
    start, rows = moved
    return change_rows(store, person, plan_id, seen, lambda _rows, _start: rows, "row moved", now, start)


def _read(store: Store, person: Person, plan_id: str, seen: int) -> LivePlan | None:
    with store.read() as unit:
        return seen_plan(unit, person, plan_id, seen)


def more_time(store: Store, person: Person, plan_id: str, seen: int, n: int, now: datetime) -> Refused | None:
    """Before row `n`, whose cut is larger than asked: more time, by the rule of `stretch` (contract §2).

    A plan of which no day was lived is laid out again with more time before every larger cut. Otherwise only the
    row before gets its days, so that nothing before today changes.
    """
    today = person.day(now)
    with store.write(person.id) as unit:
        plan = seen_plan(unit, person, plan_id, seen)
        if plan is None:
            return CHANGED_MEANWHILE
        found = paced(unit, person, plan)
        days = found.days_before(n, today)
        if days is None:
            return Refused.because("", "plan_no_more_time")
        if found.document is plan.kept.document and not has_lived(plan, today):
            return next_version(unit, person, plan, dict(plan.kept.document) | {"stretch": True}, "more time", now)
    before = plan.layout.rows[n - 2]
    daily = {moment.value: to_text(dose.mg) for moment, dose in before.moments.items()}

    def change(rows: Sequence[RowText], start: date) -> list[RowText] | Refused:
        return typed_rows.change(rows, start, n - 1, daily, days, today)

    return change_rows(store, person, plan_id, seen, change, "more time", now)


def lay_out_again(
    store: Store, person: Person, plan_id: str, seen: int, document: Mapping[str, Any], now: datetime
) -> Refused | None:
    """Another layout for a plan of which no day was lived; rows that come out the same stay confirmed."""
    with store.write(person.id) as unit:
        plan = seen_plan(unit, person, plan_id, seen)
        if plan is None or has_lived(plan, person.day(now)):
            return CHANGED_MEANWHILE
        if refused := next_version(unit, person, plan, document, "laid out again", now):
            return refused
        plans.drop_draft(unit, person.id)
    return None

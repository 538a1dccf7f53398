"""Start a plan, confirm its rows, change a row, end it. An old tab or a double tap cannot act twice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from companion.domain import typed_rows
from companion.domain.codes import Refused
from companion.domain.confirmation import OPEN, carry
from companion.domain.person import Person
from companion.domain.plan import lay_out, read_plan
from companion.domain.typed_rows import RowText
from companion.services.plan_view import LivePlan, first_day, live, plan_of, span_of
from companion.storage import plans
from companion.storage.unit_of_work import Store, Unit

AGREED = ("doctor", "pharmacist", "both", "not_yet")
CHANGED_MEANWHILE = Refused.because("", "plan_changed_meanwhile")


def check_document(document: Mapping[str, Any]) -> Refused | None:
    """Whether a plan can be laid out as it stands."""
    asked = read_plan(document)
    if isinstance(asked, Refused):
        return asked
    layout = lay_out(asked)
    return layout if isinstance(layout, Refused) else None


def start_plan(
    store: Store, person: Person, plan_id: str, document: Mapping[str, Any], now: datetime
) -> Refused | None:
    """Keep a new plan as a sketch: nothing of it is confirmed. The same id again changes nothing."""
    if refused := check_document(document):
        return refused
    with store.write() as unit:
        if plans.get(unit, person.id, plan_id) is None:
            plans.add(unit, person.id, plan_id, document, now)
        plans.drop_draft(unit, person.id)
    return None


def _seen(unit: Unit, person: Person, plan_id: str, seen: int) -> LivePlan | None:
    """The plan as it was seen; None when it changed or ended since."""
    kept = plans.get(unit, person.id, plan_id)
    return live(kept) if kept and kept.version == seen and not kept.ended_on else None


def confirm_rows(
    store: Store,
    person: Person,
    plan_id: str,
    seen: int,
    numbers: Collection[int],
    agreed_with: str,
    now: datetime,
) -> Refused | None:
    """The person read these rows and says yes to them. Whether it was agreed with anyone is asked and never blocks."""
    with store.write() as unit:
        plan = _seen(unit, person, plan_id, seen)
        if plan is None:
            return CHANGED_MEANWHILE
        until = {row.n: row.last_day or OPEN for row in plan.rows if row.n in numbers}
        if not until:
            return Refused.because("rows", "plan_nothing_chosen")
        plans.confirm(unit, person.id, plan_id, seen, until, now)
        if agreed_with in AGREED:
            plans.agree(unit, person.id, plan_id, agreed_with, now)
    return None


Change = Callable[[Sequence[RowText], date], "list[RowText] | Refused"]


def _change(
    store: Store, person: Person, plan_id: str, seen: int, change: Change, reason: str, now: datetime
) -> Refused | None:
    with store.write() as unit:
        plan = _seen(unit, person, plan_id, seen)
        if plan is None:
            return CHANGED_MEANWHILE
        rows = change(typed_rows.rows_of(plan.layout), plan.asked.start)
        if isinstance(rows, Refused):
            return rows
        document = dict(plan.kept.document) | {"pace": {"kind": "rows", "rows": rows}, "events": []}
        document = {key: value for key, value in document.items() if key not in SHAPING}
        if refused := check_document(document):
            return refused
        after = live(replace(plan.kept, document=document))
        until = carry([span_of(row) for row in plan.rows], plan.kept.until, [span_of(row) for row in after.rows])
        plans.change(unit, person.id, plan_id, seen, document, until, reason, now)
        plans.agree(unit, person.id, plan_id, "", now)  # what was agreed was agreed about other steps
    return None


SHAPING = ("stretch", "lead_in_days", "last_dose", "lower_first")
"""What shapes a computed pace; typed rows say these things themselves."""


def _bound(store: Store, person: Person, plan_id: str, n: int, now: datetime) -> date:
    """The day before which nothing may change: today, or the first day of a row that never was more than a sketch."""
    today = person.day(now)
    plan = plan_of(store, person, plan_id)
    row = next((row for row in plan.rows if row.n == n), None) if plan else None
    return min(today, first_day(row)) if plan and row and plan.state(row) == "sketch" else today


def change_row(
    store: Store,
    person: Person,
    plan_id: str,
    seen: int,
    n: int,
    daily: Mapping[str, str],
    days: int | None,
    now: datetime,
) -> Refused | None:
    today = _bound(store, person, plan_id, n, now)

    def change(rows: Sequence[RowText], start: date) -> list[RowText] | Refused:
        return typed_rows.change(rows, start, n, daily, days, today)

    return _change(store, person, plan_id, seen, change, "row", now)


def add_row(
    store: Store,
    person: Person,
    plan_id: str,
    seen: int,
    n: int,
    daily: Mapping[str, str],
    days: int | None,
    now: datetime,
) -> Refused | None:
    """A new row after row `n`."""
    today = _bound(store, person, plan_id, n, now)

    def change(rows: Sequence[RowText], start: date) -> list[RowText] | Refused:
        return typed_rows.insert_after(rows, start, n, daily, days, today)

    return _change(store, person, plan_id, seen, change, "row added", now)


def remove_row(store: Store, person: Person, plan_id: str, seen: int, n: int, now: datetime) -> Refused | None:
    today = _bound(store, person, plan_id, n, now)

    def change(rows: Sequence[RowText], start: date) -> list[RowText] | Refused:
        return typed_rows.remove(rows, start, n, today)

    return _change(store, person, plan_id, seen, change, "row removed", now)


def end_plan(store: Store, person: Person, plan_id: str, now: datetime) -> None:
    """From today on the plan gives no doses. What was noted stays."""
    with store.write() as unit:
        plans.end(unit, person.id, plan_id, person.day(now))


def keep_draft(store: Store, person: Person, answers: Mapping[str, Any], now: datetime) -> None:
    """What has been answered so far of a plan being laid out."""
    with store.write() as unit:
        plans.keep_draft(unit, person.id, answers, now)


def read_draft(store: Store, person: Person) -> dict[str, Any]:
    with store.read() as unit:
        return plans.draft(unit, person.id)

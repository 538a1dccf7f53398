"""Start a plan, confirm its rows, change a row, end it. An old tab or a double tap cannot act twice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from companion.domain import typed_rows
from companion.domain.bending import first_difference, rewritten
from companion.domain.codes import Refused
from companion.domain.confirm_apart import apart
from companion.domain.confirmation import OPEN, carry
from companion.domain.person import Person
from companion.domain.plan import lay_out, read_plan
from companion.domain.plan.larger import may_confirm
from companion.domain.typed_rows import RowText
from companion.services.paced import paced
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
    with store.write(person.id) as unit:
        if plans.get(unit, person.id, plan_id) is None:
            plans.add(unit, person.id, plan_id, document, now)
        plans.drop_draft(unit, person.id)
    return None


def seen_plan(unit: Unit, person: Person, plan_id: str, seen: int) -> LivePlan | None:
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
    *,
    after_all: bool = False,
) -> Refused | None:
    """The person read these rows and says yes to them. Whether it was agreed with anyone is asked and never blocks.

    `after_all`: also to a cut that is larger than asked.
    """
    with store.write(person.id) as unit:
        plan = seen_plan(unit, person, plan_id, seen)
        if plan is None:
            return CHANGED_MEANWHILE
        until = {row.n: row.last_day or OPEN for row in plan.rows if row.n in numbers}
        if not until:
            return Refused.because("rows", "plan_nothing_chosen")
        if refused := apart(plan.layout, set(until) - plan.confirmed_numbers):
            return refused
        if refused := may_confirm(set(until) - plan.confirmed_numbers, paced(unit, person, plan).larger, after_all):
            return refused
        plans.confirm(unit, person.id, plan_id, seen, until, now)
        if agreed_with in AGREED:
            plans.agree(unit, person.id, plan_id, agreed_with, now)
    return None


Change = Callable[[Sequence[RowText], date], "list[RowText] | Refused"]


def change_rows(
    store: Store,
    person: Person,
    plan_id: str,
    seen: int,
    change: Change,
    reason: str,
    now: datetime,
    start: date | None = None,
) -> Refused | None:
    """The next version with other rows, and another first day when `start` says so."""
    with store.write(person.id) as unit:
        plan = seen_plan(unit, person, plan_id, seen)
        if plan is None:
            return CHANGED_MEANWHILE
        if refused := _bent_open(plan, person.day(now)):
            return refused
        before = typed_rows.rows_of(plan.layout)
        rows = change(before, plan.asked.start)
        if isinstance(rows, Refused):
            return rows
        document = dict(_with_rows(plan, before, rows, person.day(now)))
        if start:
            document["start"] = start.isoformat()
        return next_version(unit, person, plan, document, reason, now)


def next_version(
    unit: Unit, person: Person, plan: LivePlan, document: Mapping[str, Any], reason: str, now: datetime
) -> Refused | None:
    """Keep another document for a plan; every day whose dose stayed the same keeps its confirmation."""
    if refused := check_document(document):
        return refused
    after = live(replace(plan.kept, document=document))
    until = carry([span_of(row) for row in plan.rows], plan.kept.until, [span_of(row) for row in after.rows])
    plans.change(unit, person.id, plan.id, plan.kept.version, document, until, reason, now)
    plans.agree(unit, person.id, plan.id, "", now)  # what was agreed was agreed about other steps
    return None


def _bent_open(plan: LivePlan, today: date) -> Refused | None:
    """While rows have no dates or the plan waits, first that ends; then rows can be changed."""
    if plan.waits_on(today):
        return Refused.because("", "plan_waits")
    return Refused.because("", "plan_go_on_first") if plan.stays_open(today) else None


def _with_rows(plan: LivePlan, before: Sequence[RowText], rows: Sequence[RowText], today: date) -> Mapping[str, Any]:
    """The document with other rows. Where events bent the plan, what was lived stays as it was and says so."""
    if plan.kept.document.get("events"):
        first = first_difference(before, rows, plan.asked.start)
        return plan.kept.document if first == date.max else rewritten(plan.kept.document, rows, first, today)
    document = dict(plan.kept.document) | {"pace": {"kind": "rows", "rows": rows}, "events": []}
    return {key: value for key, value in document.items() if key not in SHAPING}


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

    return change_rows(store, person, plan_id, seen, change, "row", now)


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

    return change_rows(store, person, plan_id, seen, change, "row added", now)


def remove_row(store: Store, person: Person, plan_id: str, seen: int, n: int, now: datetime) -> Refused | None:
    today = _bound(store, person, plan_id, n, now)

    def change(rows: Sequence[RowText], start: date) -> list[RowText] | Refused:
        return typed_rows.remove(rows, start, n, today)

    return change_rows(store, person, plan_id, seen, change, "row removed", now)


def end_plan(store: Store, person: Person, plan_id: str, now: datetime) -> None:
    """From today on the plan gives no doses. What was noted stays."""
    with store.write(person.id) as unit:
        plans.end(unit, person.id, plan_id, person.day(now))


def take_up_again(store: Store, person: Person, plan_id: str, now: datetime) -> None:
    """Ending it is undone, on the day itself: nothing was without a plan yet."""
    with store.write(person.id) as unit:
        plans.take_up_again(unit, person.id, plan_id, person.day(now))


def keep_draft(store: Store, person: Person, answers: Mapping[str, Any], now: datetime) -> None:
    """What has been answered so far of a plan being laid out."""
    with store.write(person.id) as unit:
        plans.keep_draft(unit, person.id, answers, now)


def read_draft(store: Store, person: Person) -> dict[str, Any]:
    with store.read() as unit:
        return plans.draft(unit, person.id)

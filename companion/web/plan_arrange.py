"""Splitting a row in two and moving it: the fields of the row page that do so."""

from __future__ import annotations

from companion.domain.codes import Refused
from companion.services import arrange_rows
from companion.services.plan_view import LivePlan
from companion.web.house import now, store
from companion.web.login import current_person
from companion.web.plan_fields import read_days, seen_version


def arrange_row(plan: LivePlan, n: int, wanted: str) -> Refused | None:
    """`wanted`: split, later or earlier."""
    person = current_person()
    if wanted == "split":
        open_row = plan.layout.rows[n - 1].last_day is None
        first, second = read_days("first", optional=False), read_days("second", optional=open_row)
        wrong = [reason for each in (first, second) if isinstance(each, Refused) for reason in each.reasons]
        if isinstance(first, int) and not isinstance(second, Refused):
            return arrange_rows.split_row(store(), person, plan.id, seen_version(), n, first, second, now())
        return Refused(tuple(wrong))
    by = read_days("by", optional=False)
    if not isinstance(by, int):
        return by
    return arrange_rows.move_row(store(), person, plan.id, seen_version(), n, by if wanted == "later" else -by, now())

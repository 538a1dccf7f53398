"""What is typed to bend a plan: days, a day, rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from companion.domain.bending import Bend
from companion.domain.codes import Reason, Refused
from companion.domain.plan import GoalKind, Moment, Row
from companion.domain.plan.model import MOST_DAYS
from companion.domain.plan_change import Why
from companion.services.plan_view import LivePlan
from companion.web.forms import text
from companion.web.plan_fields import read_daily, read_days, typed_row

LENGTHS = (7, 14, 30)
FEWEST_ROWS, MOST_ROWS, MORE_ROWS = 2, 60, 4

_ROW_IN_PATH = re.compile(r"rows\[(\d+)\](?:\.daily(?:\.(\w+))?|\.days)?")


def seen() -> int:
    """The version that was seen; 0 when the request says none."""
    typed = text("version")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


def read_bend(why: Why, values: Mapping[str, str], today: date, go_on: date | None) -> Bend | Refused:
    """What is asked, from the fields `days`, `open` and `on`."""
    if why is Why.GO_ON:
        day = _day(values.get("on", "").strip()) if values.get("on", "").strip() else go_on or today
        return Bend(why, day) if isinstance(day, date) else day
    if why is Why.HOME or values.get("open"):
        return Bend(why, today)
    typed = values.get("days", "").strip()
    if not typed:
        return Bend(why, today, LENGTHS[1] if why is Why.STAY else None)
    if not (typed.isascii() and typed.isdigit() and len(typed) < 6 and 0 < int(typed) <= MOST_DAYS):
        return Refused.because("days", "plan_bend_days")
    return Bend(why, today, int(typed))


def _day(typed: str) -> date | Refused:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return Refused.because("on", "plan_bend_day", example="2027-01-04")
    return day if typed == day.isoformat() and 2000 <= day.year <= 2100 else Refused.because("on", "plan_bend_day")


def on_days(refused: Refused) -> Refused:
    """Reasons of an event, beside the field they are about on the page."""
    return Refused(tuple(replace(each, field=_field(each)) for each in refused.reasons))


def _field(reason: Reason) -> str:
    if reason.field.endswith("days"):
        return "days"
    return "on" if reason.field == "on" or reason.field.endswith(".on") or "go_on" in reason.code else ""


# Change what comes next


def rows_shown(plan: LivePlan, today: date) -> int:
    """How many rows the page shows: those that come, those that were there, a few more when asked."""
    shown = sum(1 for key in request.form if re.fullmatch(r"r\d+-days", key))
    more = MORE_ROWS if request.form.get("do") == "more" else 0
    return min(max(shown or len(_coming(plan, today)), FEWEST_ROWS) + more, MOST_ROWS)


def _coming(plan: LivePlan, today: date) -> list[Row]:
    """The rows that have not begun; the one in force where none comes after it."""
    later = [row for row in plan.rows if row.first_day and row.first_day > today]
    return later or [row for row in plan.rows if row.last_day is None or row.last_day >= today]


def as_typed(plan: LivePlan, today: date, language: str) -> MultiDict[str, str]:
    """What comes next as it would have been typed: from the next row on."""
    values: MultiDict[str, str] = MultiDict()
    coming = _coming(plan, today)
    first = coming[0].first_day if coming and coming[0].first_day else today
    values["on"] = max(first, today).isoformat()
    for index, row in enumerate(coming[:MOST_ROWS]):
        for name, value in typed_row(row, language).items():
            values[f"r{index}-{name}"] = value
    if coming and coming[0].first_day and coming[0].first_day < today and coming[0].last_day:
        values["r0-days"] = str((coming[0].last_day - today + timedelta(days=1)).days)
    return values


def read_next(plan: LivePlan) -> Bend | Refused:
    """The rows that were typed, from the day that was chosen; empty rows are left out."""
    reasons: list[Reason] = []
    day = _day(text("on"))
    if isinstance(day, Refused):
        reasons += day.reasons
    rows: list[dict[str, Any]] = []
    filled = _filled()
    for index in filled:
        may_stay_open = plan.asked.goal.kind is not GoalKind.STOP and index == filled[-1]
        daily, days = read_daily(f"r{index}-"), read_days(f"r{index}-days", optional=may_stay_open)
        for each in (daily, days):
            if isinstance(each, Refused):
                reasons += each.reasons
        rows.append({"daily": daily} | ({} if days is None else {"days": days}))
    if not filled:
        reasons.append(Reason(f"r0-{next(iter(plan.asked.daily)).value}", "plan_row_missing"))
    if reasons or isinstance(day, Refused):
        return Refused(tuple(reasons))
    return Bend(Why.ROWS, day, rows=tuple(rows))


def _filled() -> list[int]:
    return [index for index in range(MOST_ROWS) if any(text(f"r{index}-{name}") for name in (*Moment, "days"))]


def on_row(refused: Refused) -> Refused:
    """Reasons of rows that do not lay out, beside the field they are about on the page."""
    return Refused(tuple(replace(each, field=_row_field(each)) for each in refused.reasons))


def _row_field(reason: Reason) -> str:
    found = _ROW_IN_PATH.search(reason.field)
    if not found:
        return reason.field if reason.field.startswith("r") else _field(reason)
    filled = _filled()
    index = filled[min(int(found[1]), len(filled) - 1)] if filled else 0
    first = next((moment.value for moment in Moment if text(f"r{index}-{moment.value}")), "days")
    return f"r{index}-{found[2] or ('days' if reason.field.endswith('days') else first)}"

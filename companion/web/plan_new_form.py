"""The answers of laying out a plan: between form fields, the kept draft and the plan's JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from companion.domain.amount import read_amount, to_text
from companion.domain.codes import Reason, Refused
from companion.domain.plan import Moment, programme_percents
from companion.i18n.format import number
from companion.services.change_plan import check_document
from companion.web.forms import text
from companion.web.plan_draft import stabilise
from companion.web.plan_fields import read_daily, read_days, read_positive
from companion.web.plan_new_products import chosen_products

FEWEST_ROWS, MOST_ROWS, MORE_ROWS = 4, 60, 4
PROGRAMME_STEPS = (5, 7, 10)
PROGRAMME_DAYS = (10, 20, 30)

Draft = Mapping[str, Any]


# Dose and goal


def read_dose() -> dict[str, str] | Refused:
    """mg at each moment, as typed."""
    return read_daily("")


def dose_typed() -> bool:
    """Whether something stands in a field of the dose."""
    return any(text(moment.value) for moment in Moment)


def products_typed() -> list[list[str]]:
    """The page of the products as it was sent, less the dose, which is kept by itself."""
    return [[name, value] for name, value in request.form.items(multi=True) if name not in list(Moment)]


def read_goal(draft: Draft) -> dict[str, str] | Refused:
    kind = text("goal")
    if kind not in {"stabilise", "reduce", "stop"}:
        return Refused.because("goal", "plan_goal_missing")
    if kind != "reduce":
        return {"kind": kind}
    target = read_positive("target", "plan_target_missing")
    if isinstance(target, Refused):
        return target
    daily = sum((Decimal(mg) for mg in draft["dose"].values()), Decimal(0))
    if Decimal(target) >= daily:
        return Refused.because("target", "plan_target_below", current=to_text(daily))
    return {"kind": "reduce", "target": target}


def check_target(draft: Draft, today: date) -> Refused | None:
    """Whether the products can make the amount to reduce to; the reasons stand beside its field."""
    goal = draft["goal"]
    if goal["kind"] != "reduce":
        return None
    cut = sum((Decimal(mg) for mg in draft["dose"].values()), Decimal(0)) - Decimal(goal["target"])
    pace = {"kind": "amount", "mg": to_text(cut), "every_days": 1}
    refused = check_document(stabilise(draft, today) | {"goal": goal, "pace": pace})
    if refused is None:
        return None
    about = [reason for reason in refused.reasons if reason.field.startswith("goal")]
    return Refused((replace(about[0], field="target"),)) if about else None


# The frame of the programme


def read_frame() -> dict[str, Any] | Refused:
    steps, days = text("steps"), text("days")
    reasons = []
    if steps not in map(str, PROGRAMME_STEPS):
        reasons.append(Reason("steps", "plan_frame"))
    if days not in map(str, PROGRAMME_DAYS):
        reasons.append(Reason("days", "plan_frame"))
    start = read_start()
    if isinstance(start, Refused):
        reasons += start.reasons
    if reasons or isinstance(start, Refused):
        return Refused(tuple(reasons))
    return {"steps": int(steps), "days": int(days), "start": start}


def read_start() -> str | Refused:
    typed = text("start")
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return Refused.because("start", "plan_start", example="2027-01-04")
    if typed != day.isoformat() or not 2000 <= day.year <= 2100:
        return Refused.because("start", "plan_start", example="2027-01-04")
    return typed


def read_percents(steps: int) -> list[str] | Refused:
    """One percentage of the start for each step, from the doctor's form or our own sum."""
    percents: list[str] = []
    reasons: list[Reason] = []
    for index in range(steps):
        typed = text(f"p{index}")
        value = read_amount(typed) if typed else None
        if value is None or isinstance(value, Refused) or not 0 < value <= 100:
            reasons.append(Reason(f"p{index}", "plan_percent"))
        else:
            percents.append(to_text(value))
    if len(reasons) == steps:
        return Refused.because("p0", "plan_percents_missing", steps=str(steps))
    return Refused(tuple(reasons)) if reasons else percents


def programme(draft: Draft, percents: Sequence[str]) -> dict[str, Any]:
    """The frame of the programme: capsules made by the pharmacist, one a day."""
    frame = draft["frame"]
    pace = {"kind": "programme", "steps": frame["steps"], "days": frame["days"], "percents": list(percents)}
    return {
        "medicine": draft["medicine"],
        "products": [{"form": "made_capsule"}],
        "daily": draft["dose"],
        "goal": draft["goal"],
        "pace": pace,
        "start": frame["start"],
    }


# Typed rows


def rows_shown(typed: Mapping[str, str]) -> int:
    """How many rows the page shows: those that were there, a few more when asked."""
    shown = sum(1 for key in typed if re.fullmatch(r"r\d+-days", key))
    more = MORE_ROWS if request.form.get("do") == "more" else 0
    return min(max(shown, FEWEST_ROWS) + more, MOST_ROWS)


def read_rows(draft: Draft) -> dict[str, Any] | Refused:
    """The plan with the rows that were typed; empty rows are left out."""
    reasons: list[Reason] = []
    start = read_start()
    if isinstance(start, Refused):
        reasons += start.reasons
    rows: list[dict[str, Any]] = []
    filled = [index for index in range(rows_shown(request.form)) if _row_filled(index)]
    for index in filled:
        open_ended = draft["goal"]["kind"] == "reduce" and index == filled[-1]
        daily, days = read_daily(f"r{index}-"), read_days(f"r{index}-days", optional=open_ended)
        for each in (daily, days):
            if isinstance(each, Refused):
                reasons += each.reasons
        rows.append({"daily": daily} | ({} if days is None else {"days": days}))
    if not filled:
        reasons.append(Reason(f"r0-{next(iter(draft['dose']))}", "plan_row_missing"))
    if reasons:
        return Refused(tuple(reasons))
    return {
        "medicine": draft["medicine"],
        "products": draft["products"],
        "daily": draft["dose"],
        "goal": draft["goal"],
        "pace": {"kind": "rows", "rows": rows},
        "start": start,
    }


def _row_filled(index: int) -> bool:
    return any(text(f"r{index}-{name}") for name in (*Moment, "days"))


# Back to the page


_ROW_IN_PATH = re.compile(r"rows\[(\d+)\](?:\.daily(?:\.(\w+))?|\.days)?")


def on_moment(refused: Refused) -> Refused:
    """Reasons about the daily dose, beside the field of their moment."""
    return Refused(tuple(replace(each, field=each.field.removeprefix("daily.")) for each in refused.reasons))


def on_page(name: str, refused: Refused) -> Refused:
    """Reasons of a plan that does not lay out, beside the field they are about on this page."""
    return Refused(tuple(replace(each, field=_field(name, each.field)) for each in refused.reasons))


def _field(name: str, path: str) -> str:
    found = _ROW_IN_PATH.search(path)
    if name == "rows" and found:
        filled = [index for index in range(rows_shown(request.form)) if _row_filled(index)]
        index = filled[min(int(found[1]), len(filled) - 1)] if filled else 0
        part = found[2] or ("days" if path.endswith("days") else _first_typed(index))
        return f"r{index}-{part}"
    percent = re.search(r"percents\[(\d+)\]", path)
    if name == "percents" and percent:
        return f"p{percent[1]}"
    return ""


def _first_typed(index: int) -> str:
    return next((moment.value for moment in Moment if text(f"r{index}-{moment.value}")), "days")


def as_typed(name: str, draft: Draft, language: str, today: date) -> Mapping[str, str] | MultiDict[str, str]:
    """What was answered before, as it would have been typed."""
    goal = draft.get("goal", {})
    frame = draft.get("frame", {})
    first = {"start": today.isoformat()}
    dose = {moment: number(mg, language) for moment, mg in draft.get("dose", {}).items()}
    match name:
        case "products":
            return chosen_products(draft, language)
        case "dose":
            return dose
        case "percents":
            known = programme_percents(frame["steps"]) or ()
            return {f"p{index}": number(percent, language) for index, percent in enumerate(known)}
    kept: Mapping[str, Mapping[str, str]] = {
        "medicine": {"medicine": draft.get("medicine", "")},
        "goal": {
            "goal": goal.get("kind", ""),
            "target": number(goal["target"], language) if "target" in goal else "",
        },
        "how": {"how": draft.get("how", "")},
        "programme": {key: str(value) for key, value in (frame or first).items()},
        "rows": draft.get("typed_rows", first),
    }
    return kept[name]

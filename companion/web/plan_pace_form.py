"""One's own pace: between the fields of its page, the kept draft and the plan's JSON. No number is ever filled in; the
first day is today until another is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from companion.domain.amount import read_amount, to_text
from companion.domain.codes import Reason, Refused
from companion.domain.plan import Moment
from companion.i18n.format import number
from companion.web.forms import text
from companion.web.plan_fields import read_days
from companion.web.plan_new_form import read_start

KINDS = ("percent_of_current", "percent_of_start", "amount")
FORMS = ("own", "drops", "made")
"""What can stand side by side: what the person has, drops, capsules that the pharmacist makes."""

_FIELDS = {
    "pace.percent": "percent",
    "pace.mg": "mg",
    "pace.every_days": "every_days",
    "lead_in_days": "lead_in",
    "last_dose": "last_dose",
    "start": "start",
}


def read_pace(daily: Mapping[str, str]) -> dict[str, Any] | Refused:
    """What the page says of the pace, in the keys of contract §2; refused with every field that is wrong."""
    reasons: list[Reason] = []

    def take(value: Any) -> Any:
        if isinstance(value, Refused):
            reasons.extend(value.reasons)
            return None
        return value

    kind = text("kind")
    if kind not in KINDS:
        reasons.append(Reason("kind", "plan_pace_kind"))
    much = "mg" if kind == "amount" else "percent"
    pace = {
        "kind": kind,
        much: take(_above_zero(much)) if kind in KINDS else None,
        "every_days": take(read_days("every_days", optional=False)),
    }
    asked: dict[str, Any] = {"pace": pace, "start": take(read_start()), "stretch": text("stretch") == "yes"}
    asked["lead_in_days"] = take(read_days("lead_in", optional=True)) or 0
    if text("last_dose"):
        asked["last_dose"] = take(_above_zero("last_dose"))
    first = text("lower_first")
    if first:
        asked["lower_first"] = [first]
        if first not in daily:
            reasons.append(Reason("lower_first", "plan_moment_order"))
    return Refused(tuple(reasons)) if reasons else asked


def _above_zero(field: str) -> str | Refused:
    mg = read_amount(text(field))
    if isinstance(mg, Refused):
        return Refused(tuple(replace(reason, field=field) for reason in mg.reasons))
    return to_text(mg) if mg else Refused.because(field, "plan_not_above_zero")


def document(draft: Mapping[str, Any], asked: Mapping[str, Any], products: object) -> dict[str, Any]:
    """The plan's JSON."""
    about = {"medicine": draft["medicine"], "products": products, "daily": draft["dose"], "goal": draft["goal"]}
    return about | dict(asked)


def on_page(refused: Refused) -> Refused:
    """Reasons of a plan that does not lay out, beside their field on this page."""
    return Refused(tuple(replace(reason, field=_FIELDS.get(reason.field, "")) for reason in refused.reasons))


def wanted_forms(own: object) -> list[str]:
    """Which layouts stand side by side: one's own, and what was ticked besides."""
    others = [form for form in FORMS[1:] if text(f"also_{form}") == "yes"]
    return ["own", *(form for form in others if form != "made" or own != MADE)]


MADE = [{"form": "made_capsule"}]


def products_of(form: str, own: object) -> object:
    """The products of one of the layouts; refused when the drop has no milligrams yet."""
    if form == "own":
        return own
    if form == "made":
        return MADE
    strength = _above_zero("drop")
    return strength if isinstance(strength, Refused) else [{"form": "drops", "strength": strength}]


def as_typed(draft: Mapping[str, Any], language: str, today: date) -> dict[str, str]:
    """What was answered before, as it would have been typed; on a first visit only the day of today."""
    kept = draft.get("pace")
    if not kept:
        return {"start": today.isoformat()}
    pace = kept["pace"]
    typed = {
        "kind": pace["kind"],
        "every_days": str(pace["every_days"]),
        "start": kept["start"],
        "stretch": "yes" if kept.get("stretch") else "",
        "lead_in": str(kept["lead_in_days"]) if kept.get("lead_in_days") else "",
        "lower_first": (kept.get("lower_first") or [""])[0],
    }
    amounts = {"percent": pace.get("percent"), "mg": pace.get("mg"), "last_dose": kept.get("last_dose")}
    return typed | {name: number(amount, language) for name, amount in amounts.items() if amount}


def moments(draft: Mapping[str, Any]) -> list[Moment]:
    """The moments at which something is taken, in the order of the day."""
    return [moment for moment in Moment if moment.value in draft["dose"]]

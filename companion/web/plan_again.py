"""A kept plan opened again as the questions it was laid out with, everything still answered."""

from __future__ import annotations

from datetime import date
from typing import Any

from companion.domain.amount import to_text
from companion.services.paced import Paced, has_lived

SHAPES = ("start", "stretch", "lead_in_days", "last_dose", "lower_first")


def draft_of(found: Paced, today: date) -> dict[str, Any]:
    """The draft of `/plan/new` for this plan.

    As long as no confirmed day is over, laying out replaces the sketch. After that what was lived stands: the
    questions begin at the dose of today, for a new plan beside it.
    """
    plan = found.plan
    document = found.document or plan.kept.document
    draft: dict[str, Any] = {key: plan.kept.document[key] for key in ("products", "goal")}
    draft |= {"medicine": plan.kept.document.get("medicine", ""), "dose": document["daily"], "asked_first": True}
    if document["pace"]["kind"] in {"percent_of_current", "percent_of_start", "amount"}:
        draft |= {"how": "pace", "pace": {"pace": document["pace"]} | {k: document[k] for k in SHAPES if k in document}}
    if not has_lived(plan, today):
        return draft | {"replaces": {"plan": plan.id, "version": plan.kept.version}}
    row = plan.row_on(today)
    if row:
        draft["dose"] = {moment.value: to_text(dose.mg) for moment, dose in row.moments.items()}
        if "pace" in draft:
            draft["pace"] |= {"start": today.isoformat(), "lead_in_days": 0}
    return draft

"""What has been answered of a plan that is being laid out, and where the questions go on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.domain.plan import pieces_for, read_plan
from companion.services import arrange_rows, change_plan
from companion.web.dose_view import words_of
from companion.web.forms import entry_id
from companion.web.house import now, store
from companion.web.login import current_person
from companion.web.redirect import see_other

Draft = dict[str, Any]

BEFORE_HOW = ("medicine", "products", "dose", "goal")
"""What is asked before how the steps are laid out."""

COMPUTED = ("pace", "programme", "percents")
"""Pages that compute rows: before them come the questions to take to the doctor."""


def read_draft() -> Draft:
    return change_plan.read_draft(store(), current_person())


def keep_draft(draft: Mapping[str, Any]) -> None:
    change_plan.keep_draft(store(), current_person(), draft, now())


def today() -> date:
    return current_person().day(now())


def closed(draft: Draft) -> bool:
    """Whether computed layouts are still closed: the questions before starting were not gone through."""
    return not draft.get("asked_first")


def stabilise(draft: Mapping[str, Any], on: date) -> dict[str, Any]:
    """The plan of staying: one open row at the daily dose."""
    return {
        "medicine": draft["medicine"],
        "products": draft["products"],
        "daily": draft["dose"],
        "goal": {"kind": "stabilise"},
        "start": on.isoformat(),
    }


def said(draft: Draft) -> list[tuple[str, str, str]]:
    """(moment, mg, the dose in words) of the daily dose as it was answered."""
    asked = read_plan(stabilise(draft, today()))
    if isinstance(asked, Refused):
        return []
    found = []
    for moment, mg in asked.daily.items():
        pieces = pieces_for(asked.products, mg)
        found.append((moment.value, str(mg), words_of(pieces) if pieces else ""))
    return found


def lay_out(document: Mapping[str, Any], draft: Draft) -> Response | Refused:
    """Keep the sketch: a new plan, or another layout of the plan that the questions were opened again for."""
    again = draft.get("replaces")
    if again:
        refused = arrange_rows.lay_out_again(
            store(), current_person(), again["plan"], again["version"], document, now()
        )
    else:
        refused = change_plan.start_plan(store(), current_person(), entry_id(), document, now())
    return refused or see_other(url_for("plan.page"), "laid-out")

"""Different every day: write down what was taken, see the average and the spread, choose a steady dose oneself."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.domain.consent import Purpose
from companion.domain.daily_amounts import rounded
from companion.services import log_dose, steady
from companion.services.directory import urgent_lines
from companion.services.plan_view import plans_of
from companion.web.consent import needs
from companion.web.forms import Form, entry_id, text
from companion.web.house import now, store
from companion.web.locale import current_language
from companion.web.login import current_person
from companion.web.redirect import see_other
from companion.web.reply import refused_page

pages = Blueprint("plan_steady", __name__, url_prefix="/plan/steady")


def _context(wanted: str) -> dict[str, Any]:
    plans = [plan for plan in plans_of(store(), current_person()) if not plan.kept.ended_on]
    chosen = next((plan for plan in plans if plan.id == wanted), None)
    if wanted and chosen is None:
        abort(404)
    found = steady.read_steady(store(), current_person(), chosen.id if chosen else None, now())
    return {
        "found": found,
        "mean": rounded(found.amounts.mean_mg) if found.amounts.days else None,
        "plans": plans,
        "chosen": chosen,
        "lines": urgent_lines(current_language()),
    }


@pages.get("")
@needs(Purpose.PLAN)
def page() -> str:
    return render_template("plan_steady/steady.html", form=Form({}), **_context(request.args.get("plan", "")))


@pages.post("")
@needs(Purpose.PLAN)
def write_down() -> Response:
    wanted = text("plan")
    context = _context(wanted)
    refused = steady.write_down(
        store(), current_person(), wanted or None, text("day"), text("mg"), text("taken_at"), entry_id(), now()
    )
    if refused:
        return refused_page("plan_steady/steady.html", refused, **context)
    return see_other(url_for("plan_steady.page", plan=wanted or None), "extra")


@pages.post("/undo")
@needs(Purpose.PLAN)
def undo() -> Response:
    if not log_dose.undo(store(), current_person(), text("entry")):
        abort(404)
    return see_other(url_for("plan_steady.page", plan=text("plan") or None), "undone")

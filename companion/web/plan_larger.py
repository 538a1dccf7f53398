"""A step that is larger than asked: first choose other products, more time, or this cut after all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.domain.consent import Purpose
from companion.services import arrange_rows, change_plan
from companion.services.paced import Paced, has_lived, read_paced
from companion.services.plan_view import first_day, plan_of
from companion.web.consent import needs
from companion.web.dose_view import words_of
from companion.web.forms import Form, text
from companion.web.house import now, store
from companion.web.login import current_person
from companion.web.plan_again import draft_of
from companion.web.plan_draft import keep_draft, today
from companion.web.plan_fields import seen_version
from companion.web.redirect import see_other
from companion.web.reply import refused_page

pages = Blueprint("plan_larger", __name__, url_prefix="/plan/<uuid:plan_id>/rows/<int:n>/larger")
PAGE = "plan/larger.html"


def _found(plan_id: object, n: int) -> Paced:
    """The plan when its row `n` still needs a choice; 404 otherwise."""
    plan = plan_of(store(), current_person(), str(plan_id))
    if plan is None or plan.kept.ended_on:
        abort(404)
    found = read_paced(store(), current_person(), plan)
    open_rows = {row.n for row in plan.rows} - plan.confirmed_numbers
    return found if n in found.larger & open_rows else abort(404)


def _page(found: Paced, n: int) -> dict[str, Any]:
    plan = found.plan
    days = found.days_before(n, today())
    before = plan.layout.rows[n - 2] if n > 1 else None
    return {
        "plan": plan,
        "row": plan.layout.rows[n - 1],
        "sum": found.sums.get(n),
        "words": words_of,
        "days": days,
        "until": first_day(before) + timedelta(days=days - 1) if before and days else None,
        "lived": has_lived(plan, today()),
    }


@pages.get("")
@needs(Purpose.PLAN)
def page(plan_id: object, n: int) -> str:
    return render_template(PAGE, form=Form({}), **_page(_found(plan_id, n), n))


@pages.post("")
@needs(Purpose.PLAN)
def choose(plan_id: object, n: int) -> Response:
    found = _found(plan_id, n)
    person, plan = current_person(), found.plan
    refused: Refused | None = None
    match request.form.get("do"):
        case "products":
            keep_draft(draft_of(found, today()))
            return see_other(url_for("plan_new.step", name="products"))
        case "more-time":
            refused = arrange_rows.more_time(store(), person, plan.id, seen_version(), n, now())
            notice = "changed"
        case _:
            refused = change_plan.confirm_rows(
                store(), person, plan.id, seen_version(), {n}, text("agreed_with"), now(), after_all=True
            )
            notice = "confirmed"
    if refused:
        return refused_page(PAGE, refused, **_page(found, n))
    return see_other(url_for("plan.page", _anchor=f"row-{n}"), notice)

"""A new box: the milligrams on its label beside the plan."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.domain.amount import to_text
from companion.domain.codes import Refused
from companion.domain.plan import Row
from companion.services.check_box import BoxChecked, check_box, read_label
from companion.services.supply import PlanSupply, read_supply
from companion.web.forms import Form, text
from companion.web.house import now, store
from companion.web.login import current_person, signed_in
from companion.web.redirect import see_other

pages = Blueprint("plan_box", __name__, url_prefix="/plan")


@pages.get("/box")
@signed_in
def page() -> Response:
    return _answer(request.args.get("plan", ""), request.args.get("mg"))


@pages.post("/box")
@signed_in
def ask() -> Response:
    """What was typed goes into the address, so that reloading asks nothing twice."""
    mg = read_label(text("mg"))
    if isinstance(mg, Refused):
        return _answer(text("plan"), text("mg"))
    return see_other(url_for("plan_box.page", plan=text("plan") or None, mg=to_text(mg)))


def _answer(plan_id: str, typed: str | None) -> Response:
    supplies = read_supply(store(), current_person(), now())
    if not supplies:
        return make_response(render_template("plan_box/none.html"))
    supply = supplies[0] if len(supplies) == 1 else next((each for each in supplies if each.plan.id == plan_id), None)
    refused = checked = None
    if typed is not None:
        mg = read_label(typed)
        if isinstance(mg, Refused):
            refused = Refused(tuple(replace(reason, field="mg") for reason in mg.reasons))
        elif supply is None:
            refused = Refused.because("plan", "paper_plan")
        else:
            checked = check_box(store(), current_person(), supply.plan.id, mg, now())
    page = render_template(
        "plan_box/box.html",
        form=Form({"mg": "" if checked else (typed or ""), "plan": plan_id}, refused),
        supplies=supplies,
        checked=checked,
        row=_row(supply, checked),
    )
    return make_response(page, 422 if refused else 200)


def _row(supply: PlanSupply | None, checked: BoxChecked | None) -> Row | None:
    """The whole row the box is the same as: its first day is the one people know it by."""
    if not supply or not checked or not checked.same:
        return None
    n = checked.same.n
    return next(row for row in supply.plan.rows if row.n == n)

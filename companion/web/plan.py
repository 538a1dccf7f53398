"""My plan: every row to read, confirm and change."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.domain.consent import Purpose
from companion.domain.plan import Moment, Row
from companion.domain.product import Form as Made
from companion.services import change_plan
from companion.services.bend_plan import choices_of, undated_days, undoable
from companion.services.directory import urgent_lines
from companion.services.medicines import find_medicine
from companion.services.paced import read_paced
from companion.services.plan_view import LivePlan, doubled, plan_of, plans_of
from companion.web.consent import needs
from companion.web.dose_view import words_of
from companion.web.forms import Form, text
from companion.web.house import now, store
from companion.web.locale import current_language
from companion.web.login import current_person, signed_in
from companion.web.plan_arrange import arrange_row
from companion.web.plan_fields import by_field, read_daily, read_days, seen_version, typed_row
from companion.web.redirect import see_other
from companion.web.reply import refused_page
from companion.web.stair import stair_of

pages = Blueprint("plan", __name__, url_prefix="/plan")


def page_context(plans: list[LivePlan]) -> dict[str, Any]:
    """What the page of all plans needs."""
    person = current_person()
    today = person.day(now())
    return {
        "plans": plans,
        "doubled": doubled(plans),
        "forms": {plan.id: Form({}, scope=_scope(plans, plan.id)) for plan in plans},
        "checks": {plan.id for plan in plans if _to_ask(plan)},
        "choices": {plan.id: choices_of(plan, today) for plan in plans},
        "undoable": {plan.id for plan in plans if undoable(plan, person, today)},
        "undated_days": {plan.id: undated_days(plan, today) for plan in plans},
        "paces": {plan.id: read_paced(store(), current_person(), plan) for plan in plans},
        "words": words_of,
        "stair": stair_of,
    }


def _to_ask(plan: LivePlan) -> bool:
    """Whether strengths and halves are still a question; capsules that the pharmacist makes are never divided."""
    medicine = find_medicine(plan.asked.medicine)
    made = all(product.form is Made.MADE_CAPSULE for product in plan.asked.products)
    return not made and (medicine is None or medicine.check_with_pharmacist)


def _scope(plans: list[LivePlan], plan_id: str) -> str:
    """What tells the ids of several plans on one page apart."""
    place = [plan.id for plan in plans].index(plan_id)
    return f"-{place + 1}" if place else ""


def shown_again(plan: LivePlan, refused: Refused) -> Response:
    """422 with every plan as it stands now, and why."""
    context = page_context(plans_of(store(), current_person()))
    context["forms"][plan.id] = Form(request.form, refused, context["forms"][plan.id].scope)
    return refused_page("plan/plan.html", refused, **context)


@pages.get("")
@signed_in
def page() -> str:
    return render_template("plan/plan.html", **page_context(plans_of(store(), current_person())))


def _plan(plan_id: object) -> LivePlan:
    return plan_of(store(), current_person(), str(plan_id)) or abort(404)


@pages.post("/<uuid:plan_id>/confirm")
@needs(Purpose.PLAN)
def confirm(plan_id: object) -> Response:
    plan = _plan(plan_id)
    numbers = {int(n) for n in request.form.getlist("rows") if n.isascii() and n.isdigit() and len(n) < 6}
    if request.form.get("all") == "yes":
        rising = {row.n for row in plan.rows if "rises" in row.notes}
        apart = read_paced(store(), current_person(), plan).larger | rising
        numbers = {row.n for row in plan.rows} - plan.confirmed_numbers - apart
    agreed = text("agreed_with")
    refused = change_plan.confirm_rows(store(), current_person(), plan.id, seen_version(), numbers, agreed, now())
    if refused:
        return shown_again(plan, refused)
    return see_other(url_for("plan.page"), "confirmed")


def _row(plan: LivePlan, n: int) -> Row:
    today = current_person().day(now())
    found = (row for row in plan.rows if row.n == n and plan.changeable(row, today))
    return next(found, None) or abort(404)


def _row_page(plan: LivePlan, row: Row, adding: bool) -> dict[str, Any]:
    used = [moment for moment in Moment if moment in plan.asked.daily or moment in row.moments]
    return {
        "plan": plan,
        "row": row,
        "adding": adding,
        "moments": used,
        "lines": urgent_lines(current_language()),
    }


@pages.get("/<uuid:plan_id>/rows/<int:n>")
@needs(Purpose.PLAN)
def row_form(plan_id: object, n: int) -> str:
    plan = _plan(plan_id)
    row = _row(plan, n)
    adding = "add" in request.args
    form = Form({} if adding else typed_row(row, current_language()))
    return render_template("plan/row.html", form=form, **_row_page(plan, row, adding))


@pages.post("/<uuid:plan_id>/rows/<int:n>")
@needs(Purpose.PLAN)
def change_row(plan_id: object, n: int) -> Response:
    plan = _plan(plan_id)
    row = _row(plan, n)
    person = current_person()
    wanted = request.form.get("do")
    if wanted == "remove":
        refused = change_plan.remove_row(store(), person, plan.id, seen_version(), n, now())
    elif wanted in {"split", "later", "earlier"}:
        refused = arrange_row(plan, n, wanted)
    else:
        refused = _save_row(plan, n, adding=wanted == "add")
    if refused:
        page = _row_page(plan, row, adding=wanted == "add")
        return refused_page("plan/row.html", refused, **page)
    scope = _scope(plans_of(store(), person), plan.id)
    return see_other(url_for("plan.page", _anchor=f"row-{n}{scope}"), "changed")


def _save_row(plan: LivePlan, n: int, *, adding: bool) -> Refused | None:
    daily, days = read_daily(""), read_days("days", optional=True)
    reasons = [reason for each in (daily, days) if isinstance(each, Refused) for reason in each.reasons]
    if isinstance(daily, Refused) or isinstance(days, Refused):
        return Refused(tuple(reasons))
    save = change_plan.add_row if adding else change_plan.change_row
    refused = save(store(), current_person(), plan.id, seen_version(), n, daily, days, now())
    return by_field(refused) if refused else None


@pages.get("/<uuid:plan_id>/end")
@needs(Purpose.PLAN)
def end_form(plan_id: object) -> str:
    return render_template("plan/end.html", plan=_plan(plan_id))


@pages.post("/<uuid:plan_id>/end")
@needs(Purpose.PLAN)
def end(plan_id: object) -> Response:
    """`do=undo`: on the same day it goes on as if it had not ended."""
    again = request.form.get("do") == "undo"
    (change_plan.take_up_again if again else change_plan.end_plan)(store(), current_person(), _plan(plan_id).id, now())
    return see_other(url_for("plan.page"), "undone" if again else "ended")

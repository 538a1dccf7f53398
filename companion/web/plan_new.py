"""Laying out a plan, one thing a page. What was answered is kept, so that a break loses nothing.

The dose may be answered with the products and the way with the goal; left open there, each has its own page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, abort, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.domain.consent import Purpose
from companion.domain.plan import Moment
from companion.services import change_plan
from companion.services.directory import urgent_lines
from companion.services.medicines import all_medicines, find_medicine, options_for, search_medicines
from companion.web import plan_new_form as answers
from companion.web.consent import needs
from companion.web.forms import Form, text
from companion.web.locale import current_language
from companion.web.plan_draft import COMPUTED, Draft, closed, keep_draft, lay_out, read_draft, said, stabilise, today
from companion.web.plan_new_products import read_products
from companion.web.redirect import see_other
from companion.web.reply import refused_page

pages = Blueprint("plan_new", __name__, url_prefix="/plan/new")
LONGEST_NAME = 80


def _missing(draft: Draft) -> str | None:
    """The first question that has no answer yet; None when only laying out is left."""
    return next((step for step in ("medicine", "products", "dose", "goal", "how") if step not in draft), None)


@pages.get("")
@needs(Purpose.PLAN)
def begin() -> Response:
    draft = read_draft()
    if "again" in request.args or ("another" in request.args and "replaces" in draft):
        keep_draft({})
        draft = {}
    missing = _missing(draft)
    return see_other(url_for("plan_new.step", name=missing or draft.get("how", "rows")))


def _page_medicine(_draft: Draft) -> dict[str, Any]:
    language = current_language()
    names = {each.name(language) for each in all_medicines()}
    names |= {brand for each in all_medicines() for brand in each.brand_names}
    return {"names": sorted(names, key=str.casefold), "near": []}


def _page_products(draft: Draft) -> dict[str, Any]:
    """The dose is asked here once; after that it stands on its own page."""
    return {
        "ask_dose": "dose" not in draft or answers.dose_typed(),
        "options": options_for(draft["medicine"]),
        "medicine": find_medicine(draft["medicine"]),
        "moments": list(Moment),
        "lines": urgent_lines(current_language()),
    }


def _page_dose(draft: Draft) -> dict[str, Any]:
    return {"products": draft["products"], "moments": list(Moment), "lines": urgent_lines(current_language())}


def _page_goal(draft: Draft) -> dict[str, Any]:
    """The way is asked here once, as the dose is beside the products."""
    ask_how = "how" not in draft or bool(text("how"))
    return {"now": said(draft), "one_moment": len(draft["dose"]) == 1, "ask_how": ask_how}


def _page_how(draft: Draft) -> dict[str, Any]:
    return {"goal": draft["goal"], "one_moment": len(draft["dose"]) == 1}


def _page_programme(_draft: Draft) -> dict[str, Any]:
    return {}


def _page_percents(draft: Draft) -> dict[str, Any]:
    return {"frame": draft["frame"], "official": False}


def _page_rows(draft: Draft) -> dict[str, Any]:
    typed = answers.rows_shown(request.form or draft.get("typed_rows", {}))
    return {
        "moments": [moment for moment in Moment if moment.value in draft["dose"]],
        "count": typed,
        "goal": draft["goal"],
        "now": said(draft),
        "lines": urgent_lines(current_language()),
    }


PAGES: Mapping[str, Callable[[Draft], dict[str, Any]]] = {
    "medicine": _page_medicine,
    "products": _page_products,
    "dose": _page_dose,
    "goal": _page_goal,
    "how": _page_how,
    "programme": _page_programme,
    "percents": _page_percents,
    "rows": _page_rows,
}
NEEDS: Mapping[str, tuple[str, ...]] = {
    "medicine": (),
    "products": ("medicine",),
    "dose": ("medicine", "products"),
    "goal": ("medicine", "products", "dose"),
    "how": ("medicine", "products", "dose", "goal"),
    "programme": ("medicine", "products", "dose", "goal", "how"),
    "percents": ("medicine", "products", "dose", "goal", "how", "frame"),
    "rows": ("medicine", "products", "dose", "goal", "how"),
}


@pages.get("/<name>")
@needs(Purpose.PLAN)
def step(name: str) -> Response | str:
    if name not in PAGES:
        abort(404)
    draft = read_draft()
    if any(needed not in draft for needed in NEEDS[name]):
        return see_other(url_for("plan_new.begin"))
    if name in COMPUTED and closed(draft):
        return see_other(url_for("plan_doctor.page"))
    form = Form(answers.as_typed(name, draft, current_language(), today()))
    return render_template(f"plan_new/{name}.html", form=form, **PAGES[name](draft))


@pages.post("/<name>")
@needs(Purpose.PLAN)
def answer(name: str) -> Response:
    if name not in PAGES:
        abort(404)
    draft = read_draft()
    if any(needed not in draft for needed in NEEDS[name]):
        return see_other(url_for("plan_new.begin"))
    if name in COMPUTED and closed(draft):
        return see_other(url_for("plan_doctor.page"))
    return ANSWERS[name](draft)


def _again(name: str, refused: Refused, draft: Draft, **more: Any) -> Response:
    return refused_page(f"plan_new/{name}.html", refused, **(PAGES[name](draft) | more))


def _next(name: str) -> Response:
    return see_other(url_for("plan_new.step", name=name))


def _medicine(draft: Draft) -> Response:
    typed = text("medicine")
    chosen = text("chosen")
    if not typed:
        return _again("medicine", Refused.because("medicine", "plan_medicine_missing"), draft)
    if len(typed) > LONGEST_NAME:
        return _again("medicine", Refused.because("medicine", "plan_medicine_long"), draft)
    known = find_medicine(chosen or typed)
    if known is None and not chosen:
        near = search_medicines(typed)[:4]
        if near:
            page = PAGES["medicine"](draft) | {"near": near}
            return refused_page("plan_new/medicine.html", Refused(()), **page)
    name = known.name(current_language()) if known else typed
    if draft.get("medicine") != name:
        draft = {"medicine": name}
    keep_draft(draft)
    return _next("products")


def _products(draft: Draft) -> Response:
    """With the dose, which stands on the same page; left open there, it is asked on its own page."""
    products = read_products(options_for(draft["medicine"]))
    daily = answers.read_dose() if answers.dose_typed() else {}
    wrong = [reason for each in (products, daily) if isinstance(each, Refused) for reason in each.reasons]
    if isinstance(products, Refused) or isinstance(daily, Refused):
        return _again("products", Refused(tuple(wrong)), draft)
    draft["products"] = products
    draft["products_typed"] = answers.products_typed()
    if daily:
        return _keep_dose(daily, "products", draft)
    if "dose" in draft and change_plan.check_document(stabilise(draft, today())):
        del draft["dose"]
    keep_draft(draft)
    return _next("dose")


def _dose(draft: Draft) -> Response:
    daily = answers.read_dose()
    if isinstance(daily, Refused):
        return _again("dose", daily, draft)
    return _keep_dose(daily, "dose", draft)


def _keep_dose(daily: dict[str, str], page: str, draft: Draft) -> Response:
    if draft.get("dose") != daily:
        draft.pop("asked_first", None)
    draft["dose"] = daily
    if refused := change_plan.check_document(stabilise(draft, today())):
        return _again(page, answers.on_moment(refused), draft)
    keep_draft(draft)
    return _next("goal")


def _goal(draft: Draft) -> Response:
    goal = answers.read_goal(draft)
    if isinstance(goal, Refused):
        return _again("goal", goal, draft)
    draft["goal"] = goal
    if len(draft["dose"]) > 1 and (refused := answers.check_target(draft, today())):
        return _again("goal", refused, draft)  # one moment a day may still become the programme's capsules
    if goal["kind"] == "stabilise":
        return _lay_out(stabilise(draft, today()), "goal", draft)
    if text("how"):
        return _how(draft)
    keep_draft(draft)
    return _next("how")


def _how(draft: Draft) -> Response:
    how = text("how")
    if how not in {"rows", "pace", "programme"} or (how == "programme" and len(draft["dose"]) != 1):
        return _again("how", Refused.because("how", "plan_how_missing"), draft)
    draft["how"] = how
    keep_draft(draft)
    refused = answers.check_target(draft, today()) if how == "rows" else None
    if refused:
        form = Form(answers.as_typed("goal", draft, current_language(), today()), refused)
        return make_response(render_template("plan_new/goal.html", form=form, **_page_goal(draft)), 422)
    return _next(how)


def _programme(draft: Draft) -> Response:
    frame = answers.read_frame()
    if isinstance(frame, Refused):
        return _again("programme", frame, draft)
    draft["frame"] = frame
    keep_draft(draft)
    return _next("percents")


def _percents(draft: Draft) -> Response:
    percents = answers.read_percents(draft["frame"]["steps"])
    if isinstance(percents, Refused):
        return _again("percents", percents, draft)
    return _lay_out(answers.programme(draft, percents), "percents", draft)


def _rows(draft: Draft) -> Response:
    draft["typed_rows"] = {key: value for key, value in request.form.items() if key == "start" or key[:1] == "r"}
    keep_draft(draft)  # also what is not right yet: nobody types ten steps twice
    if request.form.get("do") == "more":
        page = render_template("plan_new/rows.html", form=Form(request.form), **_page_rows(draft))
        return Response(page, mimetype="text/html")
    rows = answers.read_rows(draft)
    if isinstance(rows, Refused):
        return _again("rows", rows, draft)
    return _lay_out(rows, "rows", draft)


def _lay_out(document: Mapping[str, Any], name: str, draft: Draft) -> Response:
    """The sketch, or the same question again with why it cannot be laid out."""
    answer = lay_out(document, draft)
    return _again(name, answers.on_page(name, answer), draft) if isinstance(answer, Refused) else answer


ANSWERS: Mapping[str, Callable[[Draft], Response]] = {
    "medicine": _medicine,
    "products": _products,
    "dose": _dose,
    "goal": _goal,
    "how": _how,
    "programme": _programme,
    "percents": _percents,
    "rows": _rows,
}

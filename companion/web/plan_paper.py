"""A month filled in on paper, typed back on one page."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.domain.consent import Purpose
from companion.domain.month import Month, month_of, read_month
from companion.domain.plan import Moment
from companion.services import type_back as service
from companion.services.directory import urgent_lines
from companion.services.plan_view import plans_of
from companion.services.type_back import Answer, PaperSlot
from companion.web.consent import needs
from companion.web.dose_view import words_of
from companion.web.forms import Form, text
from companion.web.house import now, store
from companion.web.locale import current_language
from companion.web.login import current_person
from companion.web.redirect import see_other
from companion.web.reply import refused_page

pages = Blueprint("plan_paper", __name__, url_prefix="/plan")


def _month(text: str) -> Month:
    return read_month(text) or abort(404)


def _page(month: Month) -> dict[str, Any]:
    person = current_person()
    today = person.day(now())
    slots = service.read_slots(store(), person, month, now())
    known = service.months_with_doses(plans_of(store(), person), today)
    first, last = (month_of(known[0]), month_of(known[1])) if known else (month, month)
    return {
        "month": month,
        "slots": slots,
        "named": any(slot.moment is not Moment.BEDTIME for slot in slots),
        "several": len({slot.plan.id for slot in slots}) > 1,
        "before": _before(month) if first < month else None,
        "after": month.next() if month < last else None,
        "words": words_of,
        "lines": urgent_lines(current_language()),
        "new_form_id": str(uuid4()),
    }


def _before(month: Month) -> Month:
    return Month(month.year - 1, 12) if month.number == 1 else Month(month.year, month.number - 1)


@pages.get("/paper/<month>")
@needs(Purpose.PLAN)
def page(month: str) -> str:
    context = _page(_month(month))
    slots: list[PaperSlot] = context["slots"]
    all_planned = request.args.get("all") == service.PLANNED
    values = {f"a-{slot.key}": service.PLANNED for slot in slots if all_planned and not slot.noted}
    return render_template("plan_paper/paper.html", form=Form(values), **context)


@pages.post("/paper/<month>")
@needs(Purpose.PLAN)
def keep(month: str) -> Response:
    asked = _month(month)
    answers = {
        name[2:]: Answer(text(name), text(f"m-{name[2:]}"), text(f"s-{name[2:]}"))
        for name in request.form
        if name.startswith("a-")
    }
    refused = service.type_back(store(), current_person(), asked, _form_id(), answers, now())
    if refused:
        return refused_page("plan_paper/paper.html", refused, **_page(asked))
    return see_other(url_for("plan_paper.page", month=asked), "preferences")


def _form_id() -> UUID:
    """The id made with the form; a new one when there is none."""
    try:
        return UUID(text("form_id"))
    except ValueError:
        return uuid4()

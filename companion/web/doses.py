"""Noting a dose: one tap, a different amount, something extra, undo."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, render_template, url_for
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.domain.consent import Purpose
from companion.domain.plan import Moment
from companion.services import log_dose
from companion.services.directory import urgent_lines
from companion.services.log_dose import Slot
from companion.services.today import DoseToday, read_today
from companion.web.amounts import NOT_READ_YET, unread
from companion.web.consent import needs
from companion.web.forms import Form, entry_id, text
from companion.web.house import now, store
from companion.web.locale import current_language
from companion.web.login import current_person
from companion.web.redirect import see_other
from companion.web.reply import refused_page

pages = Blueprint("doses", __name__, url_prefix="/today")


def _dose(plan_id: str, moment: str) -> DoseToday:
    """The dose of today with this plan and moment; 404 when there is none."""
    today = read_today(store(), current_person(), now())
    found = (dose for dose in today.doses if (dose.plan.id, dose.moment.value) == (plan_id, moment))
    return next(found, None) or abort(404)


def _slot(dose: DoseToday) -> Slot:
    return Slot(dose.plan.id, dose.moment, current_person().day(now()))


@pages.post("/taken")
@needs(Purpose.PLAN)
def taken() -> Response:
    dose = _dose(text("plan"), text("moment"))
    if text("day") != current_person().day(now()).isoformat():
        return see_other(url_for("today.page"), "new-day")
    log_dose.take(store(), current_person(), _slot(dose), dose.mg, entry_id(), now())
    return see_other(url_for("today.page"))


@pages.post("/undo")
@needs(Purpose.PLAN)
def undo() -> Response:
    if not log_dose.undo(store(), current_person(), text("entry")):
        abort(404)
    return see_other(url_for("today.page"), "undone")


@pages.get("/dose/<uuid:plan_id>/<moment>")
@needs(Purpose.PLAN)
def different_form(plan_id: object, moment: str) -> str:
    dose = _dose(str(plan_id), moment)
    return render_template("today/different.html", form=Form({}), **_page(dose))


@pages.post("/dose/<uuid:plan_id>/<moment>")
@needs(Purpose.PLAN)
def different(plan_id: object, moment: str) -> Response:
    dose = _dose(str(plan_id), moment)
    person, slot = current_person(), _slot(dose)
    refused = _not_to_note(log_dose.read_different(person, slot, text("mg"), text("taken_at"), now()))
    if refused is None:
        refused = log_dose.take_different(store(), person, slot, text("mg"), text("taken_at"), entry_id(), now())
    if refused:
        return refused_page("today/different.html", _on_field(refused, "mg"), **_page(dose))
    return see_other(url_for("today.page"))


def _page(dose: DoseToday | None) -> dict[str, Any]:
    return {"dose": dose, "lines": urgent_lines(current_language())}


def _not_to_note(found: object) -> Refused | None:
    """What is wrong, said before the amount is read back: a form that is right comes back only once."""
    if isinstance(found, Refused):
        return found
    return NOT_READ_YET if unread("mg") else None


def _on_field(refused: Refused, name: str) -> Refused:
    """An amount does not know which field it was typed in."""
    return Refused(
        tuple(replace(each, field=name) if each.field in {"", "amount"} else each for each in refused.reasons)
    )


@pages.get("/extra")
@needs(Purpose.PLAN)
def extra_form() -> str:
    plans = read_today(store(), current_person(), now()).plans
    return render_template("today/extra.html", form=Form({}), plans=plans, **_page(None))


@pages.post("/extra")
@needs(Purpose.PLAN)
def extra() -> Response:
    person = current_person()
    plans = read_today(store(), person, now()).plans
    plan_id = text("plan") or None
    if plan_id and plan_id not in {plan.id for plan in plans}:
        abort(404)
    moment = Moment(text("moment")) if text("moment") in list(Moment) else None
    slot = Slot(plan_id, moment, person.day(now()))
    refused = _not_to_note(log_dose.read_extra(person, slot, text("mg"), text("taken_at"), now()))
    if refused is None:
        refused = log_dose.take_extra(store(), person, slot, text("mg"), text("taken_at"), entry_id(), now())
    if refused:
        return refused_page("today/extra.html", _on_field(refused, "mg"), plans=plans, **_page(None))
    return see_other(url_for("today.page"), "extra")

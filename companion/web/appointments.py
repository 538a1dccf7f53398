"""Appointments that someone typed, to be reminded of."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.domain.reminder import Kind
from companion.domain.reminder.appointment import Before
from companion.domain.reminder.asked import may_remind
from companion.services import consent
from companion.services.appointments import (
    forget_appointment,
    get_appointment,
    keep_appointment,
    put_appointment_back,
    remove_appointment,
)
from companion.web.forms import Form, entry_id, text
from companion.web.house import now, store
from companion.web.login import current_person, signed_in
from companion.web.redirect import see_other
from companion.web.reply import refused_page

pages = Blueprint("appointments", __name__, url_prefix="/reminders/appointments")


@pages.get("/new")
@signed_in
def new() -> Response | str:
    return _may_not() or render_template("reminders/appointment.html", form=Form({"before": Before.TWO_HOURS}), id="")


@pages.post("/new")
@signed_in
def keep() -> Response:
    return _may_not() or _keep(entry_id(), "")


@pages.get("/<uuid:appointment_id>")
@signed_in
def edit(appointment_id: UUID) -> str:
    kept = get_appointment(store(), current_person(), str(appointment_id)) or abort(404)
    return render_template("reminders/appointment.html", form=Form(kept.words), id=str(appointment_id))


@pages.post("/<uuid:appointment_id>")
@signed_in
def change(appointment_id: UUID) -> Response:
    which, do = str(appointment_id), text("do")
    if do == "remove":
        return _there(remove_appointment(store(), current_person(), which, now()))
    if do == "put-back":
        return _there(put_appointment_back(store(), current_person(), which, now()))
    if do == "forget":
        forget_appointment(store(), current_person(), which)
        return _there(True)
    if get_appointment(store(), current_person(), which) is None:
        abort(404)
    return _keep(which, which)


def _there(found: bool) -> Response:
    """Where the appointments stand, with what was taken away on top of them."""
    return see_other(url_for("reminders.page", _anchor="appointments")) if found else abort(404)


def _keep(appointment_id: str, shown: str) -> Response:
    if refused := keep_appointment(store(), current_person(), appointment_id, request.form, now()):
        return refused_page("reminders/appointment.html", refused, id=shown)
    return see_other(url_for("reminders.page", _anchor="appointments"), "preferences")


def _may_not() -> Response | None:
    if may_remind(Kind.APPOINTMENT, consent.standing(store(), current_person())):
        return None
    return see_other(url_for("consent.page", next=url_for("appointments.new")))

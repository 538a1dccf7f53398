"""A wind-down list of one's own: calm at night, changed by day. Ticks are neither named nor sent."""

from __future__ import annotations

from functools import partial
from typing import Final

from flask import Blueprint, abort, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.domain.consent import Purpose
from companion.domain.entry import read_id
from companion.domain.wind_down import MOST, Steps, add, change, move_up, remove
from companion.services.wind_down import change_wind_down, forget_gone, put_back, read_wind_down
from companion.web.consent import needs
from companion.web.forms import Form, entry_id, text
from companion.web.house import now, store
from companion.web.login import current_person, signed_in
from companion.web.redirect import see_other

pages = Blueprint("wind_down", __name__)

OF_A_STEP: Final = {"change", "up", "remove"}
THEN: Final = {"change": "steps", "up": "steps", "add": "add"}
"""Where the page opens after a tap; else on top, where one can put back what went."""


@pages.get("/wind-down")
@signed_in
def page() -> str:
    return render_template("wind_down/wind_down.html", found=read_wind_down(store(), current_person()))


@pages.get("/wind-down/edit")
@needs(Purpose.DIARY)
def edit() -> str:
    return _edit(None)


@pages.post("/wind-down/edit")
@needs(Purpose.DIARY)
def keep() -> Response:
    person, do, made = current_person(), text("do"), entry_id()
    if do == "put-back":
        put_back(store(), person, text("version"), made, now())
    elif do == "forget":
        forget_gone(store(), person)
    elif do == "add" or do in OF_A_STEP:
        refused = change_wind_down(store(), person, partial(_changed, do=do, made=made), made, now())
        if refused:
            return make_response(_edit(refused), 422)
        if do == "change" and read_wind_down(store(), person).version == made:
            return see_other(url_for("wind_down.edit"), "step-changed", made)
    else:
        abort(404)
    return see_other(url_for("wind_down.edit", _anchor=THEN.get(do)))


def _changed(steps: Steps, do: str, made: str) -> Steps | Refused:
    typed, step_id = request.form.get("text", ""), read_id(text("step")) or ""
    if do == "add":
        return add(steps, made, typed)
    if do == "up":
        return move_up(steps, step_id)
    if do == "remove":
        return remove(steps, step_id)
    if all(step.id != step_id for step in steps):
        return Refused.because("text", "wind_down_gone")
    return change(steps, step_id, typed)


def _edit(refused: Refused | None) -> str:
    """The page. What was refused stands beside its step, or where something is put on the list."""
    found = read_wind_down(store(), current_person())
    wanted = read_id(text("step")) if refused and text("do") == "change" else None
    forms = {
        step.id: Form(request.form if step.id == wanted else {}, refused if step.id == wanted else None, f"-{step.id}")
        for step in found.steps
    }
    form = forms[wanted] if wanted in forms else Form(request.form, refused)
    adding = Form({}) if wanted in forms else form
    return render_template("wind_down/edit.html", found=found, form=form, forms=forms, adding=adding, most=MOST)

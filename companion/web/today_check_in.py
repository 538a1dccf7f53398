"""How is it today: one tap, words for who wants to, undo."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.domain.consent import Purpose
from companion.services.log_check_in import check_in_of, log_check_in, undo_check_in
from companion.web.consent import needs
from companion.web.forms import Form, entry_id, text
from companion.web.house import now, store
from companion.web.login import current_person
from companion.web.redirect import see_other
from companion.web.reply import refused_page

pages = Blueprint("today_check_in", __name__, url_prefix="/today/check-in")


def _back(notice: str = "") -> Response:
    return see_other(url_for("today.page", _anchor="how"), notice)


@pages.get("")
@needs(Purpose.DIARY)
def form() -> str:
    person = current_person()
    kept = check_in_of(store(), person, person.day(now()))
    values = {"level": str(kept.check_in.level), "words": kept.check_in.words} if kept else {}
    return render_template("today/check_in_form.html", form=Form(values))


@pages.post("")
@needs(Purpose.DIARY)
def keep() -> Response:
    """The tap on Today sends a level and its day; the form with words sends both, whatever the day is by then."""
    person = current_person()
    data: dict[str, Any] = {"level": text("level")}
    if "words" in request.form:
        data["words"] = request.form["words"]
    elif text("day") != person.day(now()).isoformat():
        return see_other(url_for("today.page"), "new-day")
    refused = log_check_in(store(), person, data, entry_id(), now())
    return refused_page("today/check_in_form.html", refused) if refused else _back()


@pages.post("/undo")
@needs(Purpose.DIARY)
def undo() -> Response:
    if not undo_check_in(store(), current_person(), text("entry")):
        abort(404)
    return _back("undone")

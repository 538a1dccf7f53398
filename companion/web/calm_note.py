"""A note from a calm day, to read on a hard night: one, written, changed, taken away and put back by its person."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.domain.calm_note import LONGEST
from companion.domain.consent import Purpose
from companion.services.calm_note import (
    forget_note,
    put_note_back,
    read_calm_note,
    remove_calm_note,
    write_calm_note,
)
from companion.web.consent import needs
from companion.web.forms import Form, entry_id, text
from companion.web.house import now, store
from companion.web.login import current_person, signed_in
from companion.web.redirect import see_other
from companion.web.reply import refused_page

pages = Blueprint("calm_note", __name__)


@pages.get("/calm-note")
@signed_in
def page() -> str:
    return render_template("calm_note/calm_note.html", found=read_calm_note(store(), current_person()))


@pages.get("/calm-note/edit")
@needs(Purpose.DIARY)
def edit() -> str:
    found = read_calm_note(store(), current_person())
    return render_template("calm_note/edit.html", form=Form({"words": found.words}), found=found, most=LONGEST)


@pages.post("/calm-note/edit")
@needs(Purpose.DIARY)
def keep() -> Response:
    person, do, version = current_person(), text("do"), text("version")
    if do == "keep":
        return _written(entry_id())
    if do == "remove":
        remove_calm_note(store(), person, version, entry_id(), now())
    elif do == "put-back":
        put_note_back(store(), person, version, entry_id(), now())
    elif do == "forget":
        forget_note(store(), person)
    else:
        abort(404)
    return see_other(url_for("calm_note.page"))


def _written(made: str) -> Response:
    """Kept, and where it took the place of another note: one tap back to that one."""
    person, before = current_person(), read_calm_note(store(), current_person())
    if refused := write_calm_note(store(), person, request.form.get("words", ""), made, now()):
        return refused_page("calm_note/edit.html", refused, found=before, most=LONGEST)
    changed = before.words and before.version != made and read_calm_note(store(), person).version == made
    return see_other(url_for("calm_note.page"), *(("note-changed", made) if changed else ()))

"""What someone noted, to take along: downloads, and a file from here that is read again."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.services.import_person import merge, put_in_place
from companion.services.read_export import read_export
from companion.web.forms import Form, text
from companion.web.house import store
from companion.web.login import current_person, signed_in
from companion.web.redirect import see_other
from companion.web.reply import refused_page

pages = Blueprint("portable", __name__)

LARGEST: Final = 8 * 1024 * 1024
"""Bytes of a file that is read again: decades of notes are smaller."""


@pages.get("/account/data")
@signed_in
def page() -> str:
    return render_template("account/data.html", form=Form({}))


@pages.post("/account/data")
@signed_in
def take_over() -> Response:
    request.max_content_length = LARGEST
    if (request.content_length or 0) > LARGEST:  # said before anything of it is read
        form = Form({}, Refused.because("file", "import_too_large"))
        return make_response(render_template("account/data.html", form=form), 422)
    if refused := _take_over():
        return refused_page("account/data.html", refused)
    return see_other(url_for("portable.page"), "imported")


def _take_over() -> Refused | None:
    file = request.files.get("file")
    how = text("how")
    if file is None or not file.filename:
        return Refused.because("file", "import_no_file")
    if how not in {"merge", "replace"}:
        return Refused.because("how", "import_how")
    if how == "replace" and text("sure") != "yes":
        return Refused.because("sure", "import_sure")
    try:
        with file.stream:
            portrait = read_export(file.read().decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Refused.because("file", "import_not_json")
    if isinstance(portrait, Refused):
        return portrait
    done = (put_in_place if how == "replace" else merge)(store(), current_person(), portrait)
    return done if isinstance(done, Refused) else None

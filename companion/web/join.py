"""Join, and the recovery codes that are shown until they are put away."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.services.join import Joining, join
from companion.services.recover import codes_to_read, put_codes_away
from companion.web.forms import Form, text
from companion.web.house import now, store
from companion.web.locale import current_language
from companion.web.login import begin, current_person, current_token, signed_in, signed_in_person, visit
from companion.web.redirect import see_other
from companion.web.reply import refused_page

pages = Blueprint("join", __name__)


@pages.get("/join")
def form() -> Response | str:
    if signed_in_person():
        return see_other(url_for("today.page"))
    return render_template("join/join.html", form=Form(request.args))


@pages.post("/join")
def join_here() -> Response:
    joining = Joining(
        text("name"),
        request.form.get("passphrase", ""),
        request.form.get("adult") == "yes",
        current_language(),
        visit(),
    )
    result = join(store(), joining, now())
    if isinstance(result, Refused):
        return refused_page("join/join.html", result)
    begin(result.person, result.token)
    return see_other(url_for("join.codes"))


@pages.get("/join/codes")
@signed_in
def codes() -> Response | str:
    waiting = codes_to_read(store(), current_person(), current_token())
    if not waiting:
        return see_other(url_for("today.page"))
    return render_template("join/codes.html", codes=waiting)


@pages.post("/join/codes")
@signed_in
def codes_kept() -> Response:
    put_codes_away(store(), current_person(), current_token())
    return see_other(url_for("consent.page"))

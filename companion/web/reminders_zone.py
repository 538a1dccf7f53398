"""The place whose clock someone's times follow: theirs to change when travelling."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.i18n.zones import read_zone, zones_by_city
from companion.services.set_zone import set_zone
from companion.web.forms import Form, text
from companion.web.house import now, store
from companion.web.locale import current_language
from companion.web.login import current_person, signed_in
from companion.web.redirect import see_other
from companion.web.reply import refused_page

pages = Blueprint("reminders_zone", __name__, url_prefix="/reminders")


@pages.get("/zone")
@signed_in
def page() -> str:
    return render_template(
        "reminders/zone.html", form=Form({"zone": current_person().zone.key}), zones=zones_by_city(current_language())
    )


@pages.post("/zone")
@signed_in
def choose() -> Response:
    zone = read_zone(text("zone"))
    if zone is None:
        refused = Refused.because("zone", "remind_zone")
        return refused_page("reminders/zone.html", refused, zones=zones_by_city(current_language()))
    set_zone(store(), current_person(), zone, now())
    return see_other(url_for("reminders.page", _anchor="zone"), "preferences")

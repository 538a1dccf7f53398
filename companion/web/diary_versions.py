"""Earlier versions of a night: written on two phones, or changed since. See them, bring one back."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, render_template, url_for
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.domain.consent import Purpose
from companion.domain.entry import Kind
from companion.domain.night import read_wake_date
from companion.services.bring_back import bring_back, earlier_nights
from companion.services.log_night import night_of
from companion.web.consent import needs
from companion.web.forms import entry_id, text
from companion.web.house import now, store
from companion.web.login import current_person
from companion.web.redirect import see_other

pages = Blueprint("diary_versions", __name__, url_prefix="/diary/<wake_date>")


def _wake_date(typed: str) -> date:
    day = read_wake_date(typed)
    if isinstance(day, Refused) or typed != day.isoformat():
        abort(404)
    return day


@pages.get("/versions")
@needs(Purpose.DIARY)
def page(wake_date: str) -> Response | str:
    day = _wake_date(wake_date)
    earlier = earlier_nights(store(), current_person(), day)
    kept = night_of(store(), current_person(), day)
    if kept is None or not earlier:
        return see_other(url_for("diary.night", wake_date=day))
    return render_template("diary/earlier.html", wake_date=day, kept=kept, earlier=earlier)


@pages.post("/bring-back")
@needs(Purpose.DIARY)
def bring(wake_date: str) -> Response:
    day = _wake_date(wake_date)
    saved = bring_back(store(), current_person(), Kind.NIGHT, day, text("entry"), entry_id(), now())
    if saved is None:
        abort(404)
    return see_other(url_for("diary.night", wake_date=day), "brought-back")

"""Last night, as usual: what is usual for this person, shown before it is kept."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, render_template, url_for
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.domain.consent import Purpose
from companion.domain.night import (
    TIMES_AND_NUMBERS,
    USUAL_DAYS,
    NightFigures,
    figures,
    night_to_fields,
    read_night,
)
from companion.services.log_night import night_of
from companion.services.usual_night import keep_usual, usual_of
from companion.web.consent import needs
from companion.web.diary import wake_date_of
from companion.web.forms import Form, entry_id, text
from companion.web.house import now, store
from companion.web.login import current_person
from companion.web.night_shapes import night_shape
from companion.web.redirect import see_other

pages = Blueprint("diary_usual", __name__, url_prefix="/diary")


@pages.get("/<wake_date>/usual")
@needs(Purpose.DIARY)
def page(wake_date: str) -> Response | str:
    """What is usual. A night that is told already is shown instead; without a usual night: 404."""
    day, person = wake_date_of(wake_date), current_person()
    if night_of(store(), person, day):
        return see_other(url_for("diary.night", wake_date=day))
    night = usual_of(store(), person, day)
    if night is None:
        abort(404)
    measured = figures(night, person.zone)
    return render_template(
        "diary/usual.html",
        form=Form({}),
        wake_date=day,
        night=night,
        figures=measured if isinstance(measured, NightFigures) else None,
        shape=night_shape(night, person.zone),
        shown={name: value for name, value in night_to_fields(night).items() if name in TIMES_AND_NUMBERS},
        days=USUAL_DAYS,
    )


@pages.post("/<wake_date>/usual")
@needs(Purpose.DIARY)
def keep(wake_date: str) -> Response:
    """Keep what was shown."""
    day, person = wake_date_of(wake_date), current_person()
    shown = {name: text(name) for name in TIMES_AND_NUMBERS}
    refused = keep_usual(store(), person, day, shown, entry_id(), now())
    if refused is None:
        return see_other(url_for("diary.night", wake_date=day), "night")
    night = read_night(shown, day, person.zone)
    if isinstance(night, Refused):
        abort(400)  # nothing that this page ever showed
    measured = figures(night, person.zone)
    page = render_template(
        "diary/usual.html",
        form=Form({"entry_id": text("entry_id")}, Refused.because("", refused.reasons[0].code)),
        wake_date=day,
        night=night,
        figures=measured if isinstance(measured, NightFigures) else None,
        shape=night_shape(night, person.zone),
        shown=shown,
        days=USUAL_DAYS,
    )
    return make_response(page, 422)

"""The sleep diary: the last nights, and one night to fill in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.domain.consent import Purpose
from companion.domain.night import FEWEST_TO_COMPARE, NO_SLEEP, TYPED_FIELDS, night_to_fields
from companion.services.bring_back import earlier_nights
from companion.services.log_night import KeptNight, log_night, night_of, nights_between, week_summary
from companion.services.usual_night import usual_of
from companion.web.consent import needs
from companion.web.forms import Form, entry_id, text
from companion.web.house import now, store
from companion.web.login import current_person, signed_in
from companion.web.night_shapes import night_shape
from companion.web.offline import ahead_of
from companion.web.redirect import see_other
from companion.web.reply import refused_page
from companion.web.which_counts import asked, counts

pages = Blueprint("diary", __name__)

SHOWN = 14
FORM = "diary/night_form.html"


@pages.get("/diary")
@signed_in
def page() -> str:
    person = current_person()
    today = person.day(now())
    nights = nights_between(store(), person, today - timedelta(days=SHOWN - 1), today)
    by_day = {kept.entry.day: kept for kept in nights}
    days = [today - timedelta(days=back) for back in range(SHOWN)]
    week, before = week_summary(nights, today), week_summary(nights, today - timedelta(days=7))
    return render_template(
        "diary/diary.html",
        days=[(day, by_day.get(day)) for day in days],
        week=week,
        before=before if min(week.tst_nights, before.tst_nights) >= FEWEST_TO_COMPARE else None,
        usual=None if today in by_day else usual_of(store(), person, today),
        today=today,
    )


def wake_date_of(text: str) -> date:
    """The morning in an address; 404 for one that is not there, or not yet."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        abort(404)
    if text != day.isoformat() or day.year < 1900:
        abort(404)
    ahead = ahead_of(current_person())
    last = (ahead or now()).astimezone(current_person().zone).date()
    return day if day <= last else abort(404)


def _filled(kept: KeptNight | None) -> Form:
    if kept is None:
        return Form({})
    data = night_to_fields(kept.night)
    if kept.night.sol_min is NO_SLEEP:
        data |= {"sol_min": "", "no_sleep": "yes"}
    return Form(data)


@pages.get("/diary/<wake_date>")
@needs(Purpose.DIARY)
def night(wake_date: str) -> str:
    day, person = wake_date_of(wake_date), current_person()
    kept = night_of(store(), person, day)
    if kept is not None and "edit" not in request.args:
        shape = night_shape(kept.night, kept.zone)
        earlier = earlier_nights(store(), person, day)
        return render_template("diary/night.html", wake_date=day, kept=kept, shape=shape, earlier=earlier)
    usual = None if kept else usual_of(store(), person, day)
    return render_template(FORM, form=_filled(kept), wake_date=day, drawn=_is_drawn(kept), usual=usual)


def _is_drawn(kept: KeptNight | None) -> bool:
    """Whether there is a drawing beside what is typed: then only the server can say whether the two agree."""
    return kept is not None and bool(kept.night.drawn or kept.night.marks)


@pages.post("/diary/<wake_date>")
@needs(Purpose.DIARY)
def keep_night(wake_date: str) -> Response:
    day = wake_date_of(wake_date)
    page: dict[str, Any] = {"wake_date": day, "drawn": _is_drawn(night_of(store(), current_person(), day))}
    fields = {name: text(name) for name in TYPED_FIELDS}
    if request.form.get("no_sleep") == "yes":
        if fields["sol_min"]:
            both = Refused.because("sol_min", "night_slept_or_not")
            return refused_page(FORM, both, **page)
        fields["sol_min"] = "none"
    result = log_night(store(), current_person(), day, fields, entry_id(), now(), counts())
    if isinstance(result, Refused):
        refused, differing = asked(result)
        return refused_page(FORM, refused, **page, differing=differing)
    return see_other(url_for("diary.night", wake_date=day), "night")

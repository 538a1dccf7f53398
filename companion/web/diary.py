"""The sleep diary: the last nights, and one night to fill in."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.domain.consent import Purpose
from companion.domain.night import DATA_FIELDS, NO_SLEEP, night_to_data
from companion.services.log_night import KeptNight, log_night, night_of, nights_between, week_summary
from companion.web.consent import needs
from companion.web.forms import Form, entry_id, text
from companion.web.house import now, store
from companion.web.login import current_person, signed_in
from companion.web.offline import ahead_of
from companion.web.redirect import see_other
from companion.web.reply import refused_page

pages = Blueprint("diary", __name__)

SHOWN = 14


@pages.get("/diary")
@signed_in
def page() -> str:
    person = current_person()
    today = person.day(now())
    nights = nights_between(store(), person, today - timedelta(days=SHOWN - 1), today)
    by_day = {kept.entry.day: kept for kept in nights}
    days = [today - timedelta(days=back) for back in range(SHOWN)]
    return render_template(
        "diary/diary.html",
        days=[(day, by_day.get(day)) for day in days],
        week=week_summary(nights, today),
        today=today,
    )


def _wake_date(text: str) -> date:
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
    data = {key: "" if value is None else str(value) for key, value in night_to_data(kept.night).items()}
    if kept.night.sol_min is NO_SLEEP:
        data |= {"sol_min": "", "no_sleep": "yes"}
    return Form(data)


@pages.get("/diary/<wake_date>")
@needs(Purpose.DIARY)
def night(wake_date: str) -> str:
    day = _wake_date(wake_date)
    kept = night_of(store(), current_person(), day)
    editing = kept is None or "edit" in request.args
    template = "diary/night_form.html" if editing else "diary/night.html"
    return render_template(template, form=_filled(kept), wake_date=day, kept=kept)


@pages.post("/diary/<wake_date>")
@needs(Purpose.DIARY)
def keep_night(wake_date: str) -> Response:
    day = _wake_date(wake_date)
    fields = {name: text(name) for name in DATA_FIELDS if name != "as_usual"}
    if request.form.get("no_sleep") == "yes":
        if fields["sol_min"]:
            both = Refused.because("sol_min", "night_slept_or_not")
            return refused_page("diary/night_form.html", both, wake_date=day, kept=None)
        fields["sol_min"] = "none"
    result = log_night(store(), current_person(), day, fields, entry_id(), now())
    if isinstance(result, Refused):
        return refused_page("diary/night_form.html", result, wake_date=day, kept=None)
    return see_other(url_for("diary.night", wake_date=day), "night")

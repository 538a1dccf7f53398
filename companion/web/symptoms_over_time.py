"""What came and what went: a questionnaire over time, and beside it how the days were."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, render_template

from companion.services import instruments
from companion.services.log_check_in import check_ins_between
from companion.services.over_time import over_time
from companion.web.house import now, store
from companion.web.login import current_person, signed_in
from companion.web.sums_picture import sums_picture
from companion.web.symptoms import found_instrument

pages = Blueprint("symptoms_over_time", __name__, url_prefix="/symptoms")

DAYS = 14
"""How many days back the days are shown."""


@pages.get("", defaults={"instrument_id": instruments.FIRST})
@pages.get("/list/<instrument_id>")
@signed_in
def page(instrument_id: str) -> str:
    instrument = found_instrument(instrument_id)
    person = current_person()
    today = person.day(now())
    found = over_time(store(), person, instrument.id, today)
    days = [today - timedelta(days=back) for back in range(DAYS)]
    check_ins = {each.entry.day: each for each in check_ins_between(store(), person, days[-1], today)}
    return render_template(
        "symptoms/over_time.html",
        found=found,
        instrument=instrument,
        usual=instrument.answers,
        pictures=[sums_picture(each) for each in found.sums],
        others=[each for name in instruments.known() if (each := instruments.load(name)) is not instrument],
        days=[(day, check_ins.get(day)) for day in days] if check_ins and instrument.id == instruments.FIRST else [],
        today=today,
    )

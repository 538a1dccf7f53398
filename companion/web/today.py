"""Today."""

from __future__ import annotations

from flask import Blueprint, render_template

from companion.services.plan_view import doubled
from companion.services.today import read_today, taken_at
from companion.web.dose_view import picture_of, words_of
from companion.web.house import now, store
from companion.web.login import current_person, signed_in
from companion.web.stair import stair_of

pages = Blueprint("today", __name__)


@pages.get("/today")
@signed_in
def page() -> str:
    person = current_person()
    today = read_today(store(), person, now())
    return render_template(
        "today/today.html",
        today=today,
        part=person.part_of_day(now()),
        words=words_of,
        picture=picture_of,
        stair=stair_of,
        taken_at=taken_at,
        doubled=doubled(today.plans),
    )

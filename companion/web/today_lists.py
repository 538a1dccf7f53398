"""What Today says about lists and days: one that is due, how the day is, and the day after an urgent answer."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, session, url_for
from werkzeug.wrappers import Response

from companion.domain.person import Person
from companion.services import instruments
from companion.services.after_urgent import urgent_yesterday
from companion.services.log_check_in import check_in_of
from companion.services.log_symptoms import list_of_day
from companion.services.offer_lists import offered
from companion.services.today import Today
from companion.web.house import now, store
from companion.web.login import current_person, signed_in
from companion.web.redirect import see_other

pages = Blueprint("today_lists", __name__, url_prefix="/today")

HIDDEN = "hidden"
"""The key in the cookie of the list whose gentle line was hidden: it is gone after that day anyway."""


def lists_of(person: Person, today: Today) -> dict[str, Any]:
    """What the parts of Today in `today/offer.html`, `today/check_in.html` and `today/gently.html` need."""
    urgent = urgent_yesterday(store(), person, today.day)
    return {
        "offer": offered(store(), person, today.plans, today.day),
        "check_in": check_in_of(store(), person, today.day),
        "first_list": instruments.FIRST,
        "list_today": list_of_day(store(), person, instruments.FIRST, today.day),
        "gently": urgent is not None and session.get(HIDDEN) != urgent.entry.id,
    }


@pages.post("/hide")
@signed_in
def hide() -> Response:
    """It is over: the line goes. The answer stays as it was given."""
    person = current_person()
    urgent = urgent_yesterday(store(), person, person.day(now()))
    if urgent:
        session[HIDDEN] = urgent.entry.id
    return see_other(url_for("today.page"))

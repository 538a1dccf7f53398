"""The quiet line on Today about something to read: at most one a day, and it can be hidden for good."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request, session, url_for
from werkzeug.wrappers import Response

from companion.domain.consent import KEEPING
from companion.domain.person import Person
from companion.services import articles, consent
from companion.services.offer_text import mentioned, set_aside, show_again
from companion.services.today import Today
from companion.web.forms import text
from companion.web.house import now, store
from companion.web.locale import current_language
from companion.web.login import current_person, signed_in
from companion.web.redirect import see_other

pages = Blueprint("today_text", __name__, url_prefix="/today")

SHOWN = "text"
"""The key in the cookie of the day and the line shown on it, so that another one waits until tomorrow."""


def text_of(person: Person, today: Today) -> dict[str, Any]:
    """What `today/text.html` needs."""
    day, _, shown = session.get(SHOWN, "").partition(" ")
    rule = mentioned(store(), person, today.plans, today.night, today.day, shown if day == str(today.day) else "")
    if rule is None:
        return {"mention": None, "to_read": None}
    said = f"{today.day} {rule.id}"
    if session.get(SHOWN) != said and "Keeping" not in request.headers:
        session[SHOWN] = said
    return {"mention": rule, "to_read": articles.article(current_language(), rule.article)}


@pages.post("/text")
@signed_in
def hide() -> Response:
    """Never this line again."""
    hidden = set_aside(store(), current_person(), request.form.get("text", ""), now())
    return see_other(url_for("today.page"), "text-hidden", hidden) if hidden else abort(404)


@pages.post("/text/again")
@signed_in
def again() -> Response:
    """Yes, this line again."""
    if KEEPING.isdisjoint(consent.standing(store(), current_person())):
        return see_other(url_for("consent.page"))
    if not show_again(store(), current_person(), text("entry")):
        abort(404)
    return see_other(url_for("today.page"), "undone")

"""Awake at night: one tap on Today counts in the diary."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from companion.domain.consent import Purpose
from companion.domain.person import Person
from companion.services.log_night import night_of
from companion.services.note_awake import night_going_on, note_awake, tapped, undo_awake
from companion.web.consent import needs
from companion.web.forms import entry_id
from companion.web.house import now, store
from companion.web.login import current_person
from companion.web.redirect import see_other

pages = Blueprint("today_awake", __name__, url_prefix="/today/awake")


def awake_of(person: Person) -> dict[str, Any]:
    """What `today/night.html` needs: the morning of this night, None by day, and how often someone tapped."""
    morning = night_going_on(person, now())
    return {"morning": morning, "awake": tapped(night_of(store(), person, morning)) if morning else 0}


@pages.post("")
@needs(Purpose.DIARY)
def tap() -> Response:
    return _after(note_awake(store(), current_person(), entry_id(), now()))


@pages.post("/undo")
@needs(Purpose.DIARY)
def undo() -> Response:
    return _after(undo_awake(store(), current_person(), entry_id(), now()))


def _after(done: bool) -> Response:
    morning = night_going_on(current_person(), now())
    if not done and morning:
        return see_other(url_for("diary.night", wake_date=morning, edit=1))
    return see_other(url_for("today.page"))

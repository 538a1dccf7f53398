"""The symptom list. Urgent answers show help before anything is saved."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.domain.consent import Purpose
from companion.domain.instrument import Instrument, urgent_items
from companion.services import instruments
from companion.services.directory import urgent_lines
from companion.services.log_symptoms import list_of, log_symptoms, read_list
from companion.web.consent import needs
from companion.web.forms import Form, entry_id
from companion.web.house import now, store
from companion.web.locale import current_language
from companion.web.login import current_person
from companion.web.redirect import see_other
from companion.web.reply import refused_page

pages = Blueprint("symptoms", __name__)
LIST = "bwsq"


def _page(instrument: Instrument) -> dict[str, Any]:
    return {"instrument": instrument, "lines": urgent_lines(current_language())}


@pages.get("/symptoms/new")
@needs(Purpose.DIARY)
def form() -> str:
    return render_template("symptoms/form.html", form=Form({}), shown=False, **_page(instruments.load(LIST)))


def _typed(instrument: Instrument) -> dict[str, object]:
    """The form in the JSON shape of contract §4."""
    return {
        "instrument": instrument.id,
        "answers": {item.id: request.form.get(f"answers[{item.id}]", "") for item in instrument.items},
        "new": request.form.get("new", ""),
        "safety": {each.id: request.form.get(f"safety[{each.id}]", "") for each in instrument.safety},
    }


@pages.post("/symptoms/new")
@needs(Purpose.DIARY)
def keep() -> Response:
    instrument = instruments.load(LIST)
    answers = read_list(_typed(instrument))
    if isinstance(answers, Refused):
        return refused_page("symptoms/form.html", answers, shown=False, **_page(instrument))
    if urgent_items(instrument, answers) and request.form.get("help_shown") != "yes":
        page = render_template("symptoms/form.html", form=Form(request.form), shown=True, **_page(instrument))
        return make_response(page, 422)
    kept_id = entry_id()
    log_symptoms(store(), current_person(), answers, kept_id, now())
    return see_other(url_for("symptoms.kept", entry_id=kept_id), "symptoms")


@pages.get("/symptoms/<uuid:entry_id>")
@needs(Purpose.DIARY)
def kept(entry_id: object) -> str:
    found = list_of(store(), current_person(), str(entry_id))
    if found is None:
        abort(404)
    instrument = instruments.load(found.answers.instrument)
    return render_template(
        "symptoms/list.html",
        kept=found,
        urgent=urgent_items(instrument, found.answers),
        **_page(instrument),
    )

"""A list of questions: filling it in, and one list read back. Urgent answers show help before anything is saved."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.domain.consent import Purpose
from companion.domain.entry import Kind, age
from companion.domain.instrument import Instrument, Item, urgent_items
from companion.services import instruments
from companion.services.bring_back import bring_back
from companion.services.directory import urgent_lines
from companion.services.log_symptoms import KeptList, earlier_lists, list_of, list_of_day, log_symptoms, read_list
from companion.services.offer_text import pages_of
from companion.web.consent import needs
from companion.web.forms import Form
from companion.web.forms import entry_id as new_entry_id
from companion.web.house import now, store
from companion.web.locale import current_language
from companion.web.login import current_person
from companion.web.redirect import see_other
from companion.web.reply import refused_page

pages = Blueprint("symptoms", __name__, url_prefix="/symptoms")


def found_instrument(instrument_id: str) -> Instrument:
    """The questionnaire of an address; 404 when there is none."""
    found = instruments.find(instrument_id)
    return abort(404) if isinstance(found, Refused) else found


@pages.app_template_global("symptom_page")
def symptom_page(instrument: Instrument, item: Item) -> str:
    """Where one can read about a symptom: Help now for one that can be urgent, "" where we have nothing."""
    if item.urgent_from is not None:
        return url_for("help_now.page")
    slug = pages_of(instrument).get(item.id)
    return url_for("learn.article", slug=slug) if slug else ""


def _page(instrument: Instrument) -> dict[str, Any]:
    person = current_person()
    return {
        "instrument": instrument,
        "lines": urgent_lines(current_language()),
        "of_today": list_of_day(store(), person, instrument.id, person.day(now())),
    }


@pages.get("/new", defaults={"instrument_id": instruments.FIRST})
@pages.get("/new/<instrument_id>")
@needs(Purpose.DIARY)
def form(instrument_id: str) -> str:
    page = _page(found_instrument(instrument_id))
    kept_today: KeptList | None = page["of_today"]
    values = _values(kept_today) if kept_today else {}
    return render_template("symptoms/form.html", form=Form(values), shown=False, **page)


def _values(kept: KeptList) -> dict[str, str]:
    """A kept list as its form would send it."""
    answers = kept.answers
    return {
        **{f"answers[{item}]": str(level) for item, level in answers.items.items()},
        **{f"safety[{question}]": when.value for question, when in answers.safety.items()},
        "new": answers.new,
    }


def _typed(instrument: Instrument) -> dict[str, object]:
    """The form in the JSON shape of contract §4."""
    return {
        "instrument": instrument.id,
        "answers": {item.id: request.form.get(f"answers[{item.id}]", "") for item in instrument.items},
        "new": request.form.get("new", ""),
        "safety": {each.id: request.form.get(f"safety[{each.id}]", "") for each in instrument.safety},
    }


@pages.post("/new", defaults={"instrument_id": instruments.FIRST})
@pages.post("/new/<instrument_id>")
@needs(Purpose.DIARY)
def keep(instrument_id: str) -> Response:
    instrument = found_instrument(instrument_id)
    answers = read_list(_typed(instrument))
    if isinstance(answers, Refused):
        return refused_page("symptoms/form.html", answers, shown=False, **_page(instrument))
    if urgent_items(instrument, answers) and request.form.get("help_shown") != "yes":
        page = render_template("symptoms/form.html", form=Form(request.form), shown=True, **_page(instrument))
        return make_response(page, 422)
    kept_id = new_entry_id()
    log_symptoms(store(), current_person(), answers, kept_id, now())
    return see_other(url_for("symptoms.kept", entry_id=kept_id), "symptoms")


@pages.get("/<uuid:entry_id>")
@needs(Purpose.DIARY)
def kept(entry_id: UUID) -> str:
    found = list_of(store(), current_person(), str(entry_id))
    if found is None:
        abort(404)
    before = [] if found.entry.superseded else earlier_lists(store(), current_person(), found)
    earlier = [(each.entry.id, age(each.entry)[0]) for each in before]
    return render_template("symptoms/list.html", kept=found, earlier=earlier, **_page(found.instrument))


@pages.post("/<uuid:entry_id>/again")
@needs(Purpose.DIARY)
def again(entry_id: UUID) -> Response:
    """An earlier list of a day is the one that counts again."""
    found = list_of(store(), current_person(), str(entry_id)) or abort(404)
    made = new_entry_id()
    if bring_back(store(), current_person(), Kind.SYMPTOMS, found.entry.day, found.entry.id, made, now()) is None:
        abort(404)
    return see_other(url_for("symptoms.kept", entry_id=made), "brought-back")

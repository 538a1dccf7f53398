"""Before a layout is computed: questions to take to a doctor. They end in a page to show or print."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.domain.consent import Purpose
from companion.domain.doctor_first import (
    Question,
    Say,
    is_urgent,
    questions_for,
    read_answers,
    to_talk_about,
    usual_doses,
)
from companion.services import doctor_first
from companion.services.directory import urgent_lines
from companion.services.medicines import find_medicine
from companion.web.consent import needs
from companion.web.forms import Form, entry_id, text
from companion.web.house import now, store
from companion.web.locale import current_language
from companion.web.login import current_person
from companion.web.plan_draft import BEFORE_HOW, Draft, keep_draft, read_draft, said
from companion.web.redirect import see_other
from companion.web.reply import refused_page

pages = Blueprint("plan_doctor", __name__, url_prefix="/plan/new/doctor-first")
ASK, SHOW = "plan_new/doctor_first.html", "plan_new/for_the_doctor.html"


def _page(draft: Draft, *, shown: bool = False) -> dict[str, Any]:
    medicine = find_medicine(draft["medicine"])
    daily = sum((Decimal(mg) for mg in draft["dose"].values()), Decimal(0))
    content = doctor_first.content()
    return {
        "questions": questions_for(content, medicine),
        "usual": usual_doses(content, medicine, daily),
        "medicine": draft["medicine"],
        "now": said(draft),
        "lines": urgent_lines(current_language()),
        "shown": shown,
        "kept": doctor_first.kept_answers(store(), current_person()),
        "away": doctor_first.away_answers(store(), current_person()),
    }


def _ready(draft: Draft) -> bool:
    return all(step in draft for step in (*BEFORE_HOW, "how"))


@pages.get("")
@needs(Purpose.PLAN)
def page() -> Response | str:
    draft = read_draft()
    if not _ready(draft):
        return see_other(url_for("plan_new.begin"))
    context = _page(draft)
    known = context["kept"].data["answers"] if context["kept"] else {}
    return render_template(ASK, form=Form(known), **context)


@pages.post("")
@needs(Purpose.PLAN)
def answer() -> Response:
    """Everything no: on to the steps. Else the page for the doctor, and computing stays closed until they know.

    `do` is `rest` (what was left open is no, but what calls for help is always asked itself) or, from the page for the
    doctor, `knows`. The tick on the page of the questions is about the dose alone.
    """
    draft = read_draft()
    if not _ready(draft):
        return see_other(url_for("plan_new.begin"))
    if _of_the_kept(text("do"), text("version")):
        return see_other(url_for("plan_doctor.page"))
    context = _page(draft)
    given = _given(context["questions"])
    answers = read_answers(context["questions"], given)
    if isinstance(answers, Refused):
        return make_response(render_template(ASK, form=Form(given, answers), **context), 422)
    if is_urgent(context["questions"], answers) and request.form.get("help_shown") != "yes":
        page = render_template(ASK, form=Form(given), **_page(draft, shown=True))
        return make_response(page, 422)
    talk = to_talk_about(context["questions"], answers)
    over = context["usual"].over if context["usual"] else 0
    from_doctor = request.form.get("do") == "knows"
    knows = request.form.get("knows") == "yes" and (from_doctor or not talk)
    if not from_doctor and request.form.get("keep") == "yes":
        doctor_first.keep_answers(store(), current_person(), entry_id(), draft["medicine"], answers, now())
    if (talk or over) and not knows:
        given.pop("knows", None)
        return _for_the_doctor(context | {"talk": talk}, given, from_doctor)
    draft["asked_first"] = True
    keep_draft(draft)
    return see_other(url_for("plan_new.step", name=draft["how"]))


def _of_the_kept(do: str, version: str) -> bool:
    """Whether this was about answers that were kept before: away with them, back, or gone for good."""
    person = current_person()
    match do:
        case "take-away":
            doctor_first.take_answers_away(store(), person)
        case "put-back":
            doctor_first.put_answers_back(store(), person, version)
        case "forget":
            doctor_first.forget_answers(store(), person, version)
        case _:
            return False
    return True


def _given(questions: Sequence[Question]) -> dict[str, str]:
    """What was sent, with no for what was left open where that was said."""
    given = {name: value for name, value in request.form.items() if value}
    if given.get("do") != "rest":
        return given
    return {question.id: Say.NO.value for question in questions if not question.urgent} | given


def _for_the_doctor(context: dict[str, Any], given: dict[str, str], asked: bool) -> Response:
    """Nothing is kept here, so the answers travel along in the form."""
    if asked:
        return refused_page(SHOW, Refused.because("knows", "doctor_first_knows"), **context)
    return make_response(render_template(SHOW, form=Form(given), **context))

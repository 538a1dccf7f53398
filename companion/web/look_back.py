"""Looking back: then and now side by side, to read and to take along."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.domain.consent import Purpose
from companion.domain.history import Since, Sleep, compare, is_offered
from companion.services import instruments
from companion.services.history import SYMPTOM_LIST
from companion.services.keep_questions import QUESTIONS, Asked, keep_questions
from companion.services.look_back import LookBack, read_look_back
from companion.services.plan_view import LivePlan
from companion.web.consent import needs
from companion.web.forms import Form, entry_id
from companion.web.history_chart import history_chart, minutes, percent
from companion.web.house import now, store
from companion.web.login import current_person, signed_in
from companion.web.redirect import see_other
from companion.web.reply import refused_page

pages = Blueprint("look_back", __name__)

MOST_DAYS_LISTED = 20


@pages.get("/history/look-back")
@signed_in
def page() -> str:
    found = _read()
    return render_template("history/look_back.html", form=_kept(found.asked), **_page(found))


@pages.post("/history/look-back")
@needs(Purpose.DIARY)
def keep() -> Response:
    person = current_person()
    ticked = request.form.getlist("ticked")
    refused = keep_questions(store(), person, ticked, request.form.get("words", ""), entry_id(), now())
    if isinstance(refused, Refused):
        return refused_page("history/look_back.html", refused, **_page(_read()))
    asked = request.args
    back = url_for("look_back.page", since=asked.get("since"), plan=asked.get("plan"), print=asked.get("print"))
    return see_other(back, "questions")


@pages.app_template_global("look_back_offered")
def offered(plans: Sequence[LivePlan], day: date) -> bool:
    """Whether Today and the plan mention looking back: about three months after a plan began."""
    return any(is_offered(plan.asked.start, day) for plan in plans if not plan.kept.ended_on)


def _read() -> LookBack:
    person = current_person()
    asked = request.args.get("since", "")
    since = Since(asked) if asked in {each.value for each in Since} else None
    return read_look_back(store(), person, request.args.get("plan", ""), since, person.day(now()))


def _kept(asked: Asked | None) -> Form:
    if asked is None:
        return Form({})
    return Form(MultiDict([("words", asked.words), *(("ticked", question) for question in asked.ticked)]))


def _page(found: LookBack) -> dict[str, Any]:
    top = instruments.load(SYMPTOM_LIST).top_score
    days = found.period.days
    chart = history_chart(found.history, days, days.last_day, top)
    plan = found.plan.id if found.plan and len(found.plans) > 1 else None
    printed = "words" if request.args.get("print") == "words" else None
    return {
        "found": found,
        "chart": chart,
        "nights": _nights(found.then, found.now),
        "taken": [told for told in found.history.taken if told.day in days],
        "most_days": MOST_DAYS_LISTED,
        "symptom_list": SYMPTOM_LIST,
        "questions": QUESTIONS,
        "plan_id": plan,
        "print_words": printed is not None,
        "here": {each.value: url_for("look_back.page", since=each.value, plan=plan) for each in Since},
        "action": url_for("look_back.keep", since=request.args.get("since"), plan=plan, print=printed),
        "with_words": url_for("look_back.page", since=found.since.value, plan=plan, print="words"),
        "without_words": url_for("look_back.page", since=found.since.value, plan=plan),
    }


def _nights(then: Sleep, now: Sleep) -> dict[str, Any]:
    """The means that may stand beside each other, rounded once; None where there are too few nights."""
    asleep, in_bed = compare(then.tst_min, now.tst_min), compare(then.tib_min, now.tib_min)
    efficient = compare(then.se_percent, now.se_percent)
    return {
        "asleep": asleep and (minutes(asleep.then), minutes(asleep.now)),
        "asleep_of": asleep and (asleep.then.nights, asleep.now.nights),
        "in_bed": in_bed and (minutes(in_bed.then), minutes(in_bed.now)),
        "efficiency": efficient and (percent(efficient.then), percent(efficient.now)),
    }

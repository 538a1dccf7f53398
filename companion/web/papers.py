"""Four papers to take along: a letter, what to discuss, an agreement, a list for making capsules.

Filled in from a plan where there is one, else with lines to write on; in Dutch, French or both, whatever the language
of the page. No name is on them: what someone types on a paper stays in the browser and is never sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from flask import Blueprint, make_response, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from companion.domain.capsules import CapsuleLine, capsule_lines, capsules_in_all
from companion.domain.codes import Reason, Refused
from companion.domain.confirmation import OPEN
from companion.domain.plan.model import Programme
from companion.domain.supply import clip
from companion.i18n.catalogues import LANGUAGES
from companion.services.confirmed_days import confirmed_days, first_day_without, some_sketch
from companion.services.medicines import name_in
from companion.services.plan_view import LivePlan, plans_of
from companion.web.forms import Form
from companion.web.house import now, store
from companion.web.in_language import macro_in
from companion.web.locale import current_language
from companion.web.login import signed_in_person

pages = Blueprint("papers", __name__, url_prefix="/papers")

PAPERS: Final = ("letter", "discuss", "agreement", "capsules")
EMPTY: Final = "empty"
"""In place of a plan: lines to write on."""


@dataclass(frozen=True)
class Filled:
    """What of a plan stands on a paper. `now_mg` None: no confirmed step is in force today. `programme`: (steps, days).

    `lines` begin today; `more` says that some coming steps are not confirmed, and so not on it.
    """

    medicine: str
    start_mg: Decimal
    now_mg: Decimal | None
    times: int
    goal: str
    target: Decimal
    programme: tuple[int, int] | None
    lines: Sequence[CapsuleLine]
    count: int
    total_mg: Decimal
    without: date | None
    more: bool
    made_on: date


def _filled(plan: LivePlan, today: date) -> Filled:
    known = confirmed_days(plan)
    lines = capsule_lines(clip(known, today, OPEN))
    count, total = capsules_in_all(lines)
    row, pace = plan.in_force(today), plan.asked.pace
    return Filled(
        medicine=plan.asked.medicine,
        start_mg=sum(plan.asked.daily.values(), Decimal(0)),
        now_mg=row.daily_mg if row else None,
        times=len(row.moments if row else plan.asked.daily),
        goal=plan.asked.goal.kind.value,
        target=plan.asked.goal.target,
        programme=(len(pace.percents), pace.days) if isinstance(pace, Programme) else None,
        lines=lines,
        count=count,
        total_mg=total,
        without=first_day_without(plan, known),
        more=some_sketch(plan, today, OPEN),
        made_on=today,
    )


def _running() -> list[LivePlan]:
    """The plans of who is signed in that have not ended, the newest first."""
    person = signed_in_person()
    found = plans_of(store(), person) if person else []
    return [plan for plan in reversed(found) if not plan.kept.ended_on]


def _asked(plans: Sequence[LivePlan]) -> tuple[Sequence[str], LivePlan | None] | Refused:
    """The languages, and the plan it is filled in from."""
    reasons: list[Reason] = []
    language = request.args.get("language") or current_language()
    if language not in (*LANGUAGES, "both"):
        reasons.append(Reason("language", "paper_language"))
    wanted = request.args.get("plan", "")
    plan = next((each for each in plans if wanted in ("", each.id)), None)
    if wanted not in ("", EMPTY) and plan is None:
        reasons.append(Reason("plan" if plans else "", "paper_plan"))
    if reasons:
        return Refused(tuple(reasons))
    return LANGUAGES if language == "both" else (language,), None if wanted == EMPTY else plan


@pages.get("")
def page() -> str:
    return render_template("papers/papers.html", papers=PAPERS)


@pages.get("/<any(letter, discuss, agreement, capsules):paper>")
def one(paper: str) -> Response:
    plans = _running()
    asked = _asked(plans)
    sheets: list[Markup] = []
    values = dict(request.args)
    if isinstance(asked, Refused):
        return make_response(_page(paper, plans, sheets, Form(values, asked)), 422)
    languages, plan = asked
    person = signed_in_person()
    filled = _filled(plan, person.day(now())) if person and plan else None
    for language in languages:
        named = replace(filled, medicine=name_in(filled.medicine, language)) if filled else None
        sheets.append(macro_in(language, f"papers/{paper}.html", "paper", language, named))
    values.setdefault("language", current_language())
    values.setdefault("plan", plan.id if plan else EMPTY)
    return make_response(_page(paper, plans, sheets, Form(values)))


def _page(paper: str, plans: Sequence[LivePlan], sheets: Sequence[Markup], form: Form) -> str:
    return render_template("papers/paper.html", paper=paper, plans=plans, sheets=sheets, form=form)

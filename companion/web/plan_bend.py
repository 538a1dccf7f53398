"""Living with a plan: the first tap says exactly what changes, the second does it."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, abort, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.domain.bending import Bend
from companion.domain.codes import Refused
from companion.domain.consent import Purpose
from companion.domain.plan import Moment
from companion.domain.plan_change import Why, code_of
from companion.services import bend_plan
from companion.services.bend_plan import Choices, Preview, choices_of, undated_days
from companion.services.directory import urgent_lines
from companion.services.plan_view import LivePlan, live, plan_of
from companion.web import plan_bend_form as typed
from companion.web.consent import needs
from companion.web.dose_view import words_of
from companion.web.forms import Form, text
from companion.web.house import now, store
from companion.web.locale import current_language
from companion.web.login import current_person, signed_in
from companion.web.plan import shown_again
from companion.web.redirect import see_other
from companion.web.reply import refused_page
from companion.web.stair import stair_of

pages = Blueprint("plan_bend", __name__, url_prefix="/plan/<uuid:plan_id>")

KINDS = {"stay": Why.STAY, "back": Why.BACK, "go-on": Why.GO_ON, "hospital": Why.HOSPITAL, "home": Why.HOME}


def _plan(plan_id: object) -> LivePlan:
    return plan_of(store(), current_person(), str(plan_id)) or abort(404)


def _today() -> date:
    return current_person().day(now())


def _offered(choices: Choices, why: Why) -> bool:
    return {
        Why.STAY: choices.stay,
        Why.BACK: choices.back,
        Why.GO_ON: choices.go_on is not None,
        Why.HOSPITAL: choices.hospital,
        Why.HOME: choices.home,
        Why.ROWS: choices.rows,
    }[why]


def _context(plan: LivePlan, kind: str, found: Preview | Refused) -> dict[str, Any]:
    told = None if isinstance(found, Refused) else found
    return {
        "plan": plan,
        "kind": kind,
        "told": told,
        "undated_days": undated_days(told.after if told else plan, _today()),
        "words": words_of,
        "lengths": typed.LENGTHS,
    }


@pages.get("/<any(stay, back, 'go-on', hospital, home):kind>")
@needs(Purpose.PLAN)
def ask(plan_id: object, kind: str) -> Response:
    """The page that says what would change; what was typed to ask for it stands in the address."""
    plan, today = _plan(plan_id), _today()
    choices = choices_of(plan, today)
    if not _offered(choices, KINDS[kind]):
        return see_other(url_for("plan.page"))
    bend = typed.read_bend(KINDS[kind], request.args, today, choices.go_on)
    found = bend if isinstance(bend, Refused) else bend_plan.preview(plan, bend, today)
    refused = typed.on_days(found) if isinstance(found, Refused) else None
    form = Form(request.args, refused)
    page = render_template("plan/bend.html", form=form, **_context(plan, kind, found))
    return make_response(page, 422 if refused else 200)


@pages.post("/<any(stay, back, 'go-on', hospital, home):kind>")
@needs(Purpose.PLAN)
def do(plan_id: object, kind: str) -> Response:
    plan, today = _plan(plan_id), _today()
    choices = choices_of(plan, today)
    if typed.seen() != plan.kept.version or not _offered(choices, KINDS[kind]):
        return shown_again(plan, bend_plan.CHANGED_MEANWHILE)
    bend = typed.read_bend(KINDS[kind], request.form, today, choices.go_on)
    refused = bend if isinstance(bend, Refused) else _save(plan, bend)
    if refused == bend_plan.CHANGED_MEANWHILE:
        return shown_again(plan, refused)
    if refused:
        return refused_page("plan/bend.html", typed.on_days(refused), **_context(plan, kind, refused))
    return see_other(url_for("plan.page"), f"bent-{kind}")


def _save(plan: LivePlan, bend: Bend) -> Refused | None:
    return bend_plan.bend_plan(store(), current_person(), plan.id, typed.seen(), bend, now())


@pages.post("/undo")
@needs(Purpose.PLAN)
def undo(plan_id: object) -> Response:
    plan = _plan(plan_id)
    refused = bend_plan.undo_bend(store(), current_person(), plan.id, typed.seen(), now())
    return shown_again(plan, refused) if refused else see_other(url_for("plan.page"), "undone")


# Change what comes next


def _next_page(plan: LivePlan, told: Preview | None = None) -> dict[str, Any]:
    return _context(plan, "next", told or Refused(())) | {
        "moments": [each for each in Moment if each in plan.asked.daily or f"r0-{each.value}" in request.form],
        "more_moments": list(Moment),
        "count": typed.rows_shown(plan, _today()),
        "lines": urgent_lines(current_language()),
        "stair": stair_of,
    }


@pages.get("/next")
@needs(Purpose.PLAN)
def ask_next(plan_id: object) -> Response | str:
    plan, today = _plan(plan_id), _today()
    if not choices_of(plan, today).rows:
        return see_other(url_for("plan.page"))
    form = Form(typed.as_typed(plan, today, current_language()))
    return render_template("plan/next.html", form=form, **_next_page(plan))


@pages.post("/next")
@needs(Purpose.PLAN)
def do_next(plan_id: object) -> Response:
    """ "more" gives more rows to fill, "show" says what would change, "save" does it."""
    plan, today = _plan(plan_id), _today()
    wanted = text("do")
    if typed.seen() != plan.kept.version or not choices_of(plan, today).rows:
        return shown_again(plan, bend_plan.CHANGED_MEANWHILE)
    if wanted in {"more", "again"}:
        return _page(render_template("plan/next.html", form=Form(request.form), **_next_page(plan)))
    bend = typed.read_next(plan)
    found = bend if isinstance(bend, Refused) else bend_plan.preview(plan, bend, today)
    if isinstance(found, Refused):
        return refused_page("plan/next.html", typed.on_row(found), **_next_page(plan))
    if wanted != "save":
        return _page(render_template("plan/next_told.html", form=Form(request.form), **_next_page(plan, found)))
    if refused := _save(plan, found.bend):
        return shown_again(plan, refused)
    return see_other(url_for("plan.page"), "changed")


def _page(markup: str) -> Response:
    return Response(markup, mimetype="text/html")


# What changed


@pages.get("/changes")
@signed_in
def changes(plan_id: object) -> str:
    plan = _plan(plan_id)
    versions = bend_plan.versions_of(store(), current_person(), plan.id)
    told = [(each, code_of(each.reason), current_person().day(each.made_at)) for each in versions]
    return render_template("plan/changes.html", plan=plan, versions=told)


@pages.get("/changes/<int:number>")
@signed_in
def version(plan_id: object, number: int) -> str:
    """One version as it stood: to read, nothing to press."""
    _plan(plan_id)
    versions = bend_plan.versions_of(store(), current_person(), str(plan_id))
    kept = next((each for each in versions if each.version == number), None) or abort(404)
    plan = live(kept)
    return render_template(
        "plan/version.html",
        plan=plan,
        newest=number == versions[0].version,
        code=code_of(kept.reason),
        made_on=current_person().day(kept.made_at),
        undated_days=undated_days(plan, current_person().day(kept.made_at)),
        words=words_of,
        stair=stair_of,
    )

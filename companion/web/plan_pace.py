"""Laying out one's own pace: the person says how much and how often, the table shows the sums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.domain.consent import Purpose
from companion.services.directory import urgent_lines
from companion.services.preview_plan import Preview, preview
from companion.web import plan_pace_form as fields
from companion.web.consent import needs
from companion.web.dose_view import words_of
from companion.web.forms import Form, worded
from companion.web.layout_stair import Axis, axis_of, stair_of_layout
from companion.web.locale import current_language
from companion.web.plan_draft import BEFORE_HOW, Draft, closed, keep_draft, lay_out, read_draft, said, today
from companion.web.redirect import see_other
from companion.web.reply import refused_page
from companion.web.stair import Stair

pages = Blueprint("plan_pace", __name__, url_prefix="/plan/new/pace")
PAGE = "plan_new/pace.html"
FRAGMENT = "plan_new/pace_preview.html"


@dataclass(frozen=True)
class Shown:
    """One of the layouts side by side: the rows, or the sentences that say why there are none."""

    form: str
    preview: Preview | None
    stair: Stair | None
    wrong: list[str]


def _elsewhere(draft: Draft) -> Response | None:
    """Where the questions go on when this page cannot be answered yet."""
    if any(step not in draft for step in BEFORE_HOW) or draft["goal"]["kind"] == "stabilise":
        return see_other(url_for("plan_new.begin"))
    return see_other(url_for("plan_doctor.page")) if closed(draft) else None


def _page(draft: Draft) -> dict[str, Any]:
    return {
        "now": said(draft),
        "moments": fields.moments(draft),
        "goal": draft["goal"],
        "made": draft["products"] == fields.MADE,
        "lines": urgent_lines(current_language()),
        "words": words_of,
        "shown": [],
        "sentences": [],
    }


@pages.get("")
@needs(Purpose.PLAN)
def page() -> Response | str:
    draft = read_draft()
    form = Form(fields.as_typed(draft, current_language(), today()))
    return _elsewhere(draft) or render_template(PAGE, form=form, **_page(draft))


@pages.post("")
@needs(Purpose.PLAN)
def answer() -> Response:
    """`do` is `preview` (with `part=yes` only what changes), or `lay-out` with the form of products chosen."""
    draft = read_draft()
    if elsewhere := _elsewhere(draft):
        return elsewhere
    asked = fields.read_pace(draft["dose"])
    part = request.form.get("part") == "yes"
    if isinstance(asked, Refused):
        return _fragment(draft, [], asked) if part else refused_page(PAGE, asked, **_page(draft))
    draft["pace"] = asked
    keep_draft(draft)
    chosen = request.form.get("do", "")
    if chosen.startswith("lay-out"):
        return _lay_out(draft, asked, chosen.removeprefix("lay-out").removeprefix(":") or "own")
    shown = _side_by_side(draft, asked)
    if part:
        return _fragment(draft, shown, None)
    return _whole(draft, asked, shown)


def _whole(draft: Draft, asked: dict[str, Any], shown: list[Shown]) -> Response:
    """The page with what was asked for, or with why it cannot be laid out beside its field."""
    refused = _refused(draft, asked, "own") if len(shown) == 1 else None
    if refused:
        return refused_page(PAGE, refused, **_page(draft))
    page = render_template(PAGE, form=Form(request.form), **(_page(draft) | {"shown": shown}))
    return make_response(page)


def _fragment(draft: Draft, shown: list[Shown], refused: Refused | None) -> Response:
    sentences = [worded(reason) for reason in refused.reasons] if refused else []
    page = _page(draft) | {"shown": shown, "sentences": sentences}
    return make_response(render_template(FRAGMENT, form=Form(request.form), **page))


def _refused(draft: Draft, asked: dict[str, Any], form: str) -> Refused | None:
    found = _preview(draft, asked, form)
    return fields.on_page(found) if isinstance(found, Refused) else None


def _preview(draft: Draft, asked: dict[str, Any], form: str) -> Preview | Refused:
    products = fields.products_of(form, draft["products"])
    return products if isinstance(products, Refused) else preview(fields.document(draft, asked, products))


def _side_by_side(draft: Draft, asked: dict[str, Any]) -> list[Shown]:
    found = {form: _preview(draft, asked, form) for form in fields.wanted_forms(draft["products"])}
    axis = axis_of([each for each in found.values() if not isinstance(each, Refused)])
    return [_shown(form, each, axis) for form, each in found.items()]


def _shown(form: str, found: Preview | Refused, axis: Axis | None) -> Shown:
    if isinstance(found, Refused) or axis is None:
        reasons = found.reasons if isinstance(found, Refused) else ()
        return Shown(form, None, None, [worded(reason) for reason in reasons])
    return Shown(form, found, stair_of_layout(found, axis), [])


def _lay_out(draft: Draft, asked: dict[str, Any], form: str) -> Response:
    products = fields.products_of(form if form in fields.FORMS else "own", draft["products"])
    if isinstance(products, Refused):
        return refused_page(PAGE, products, **_page(draft))
    answer = lay_out(fields.document(draft, asked, products), draft)
    if isinstance(answer, Refused):
        return refused_page(PAGE, fields.on_page(answer), **_page(draft))
    return answer

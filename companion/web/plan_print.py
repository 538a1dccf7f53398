"""The plan on paper: a month on each A4, in Dutch, French or both. Only confirmed days; no name, no account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, make_response, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from companion.domain.codes import Reason, Refused
from companion.domain.confirmation import OPEN
from companion.domain.month import Month, month_of, months_between, read_month
from companion.i18n.catalogues import LANGUAGES
from companion.services.confirmed_days import confirmed_days
from companion.services.plan_view import LivePlan, plans_of
from companion.web.forms import Form
from companion.web.house import now, store
from companion.web.in_language import macro_in
from companion.web.locale import current_language
from companion.web.login import current_person, signed_in
from companion.web.sheet import sheet_of

pages = Blueprint("plan_print", __name__, url_prefix="/plan")

AT_FIRST = 3
"""How many months are laid out when nobody chose: enough to pin up, not a pile."""

OPEN_MONTHS = 12
"""How many months of a step without an end can be chosen."""

MOST_MONTHS = 60
"""Five years: more paper than that is asked for in parts."""


@dataclass(frozen=True)
class Wanted:
    """Which sheets: of these plans, from one month to another, in these languages."""

    plans: Sequence[LivePlan]
    first: Month
    last: Month
    languages: Sequence[str]


def _span(plan: LivePlan, today: date) -> tuple[Month, Month] | None:
    """The first and the last month with confirmed days."""
    known = confirmed_days(plan)
    if not known:
        return None
    first = month_of(known[0].first_day)
    if known[-1].last_day == OPEN:
        return first, months_between(max(first, month_of(today)), Month(9998, 12), OPEN_MONTHS)[-1]
    return first, month_of(known[-1].last_day)


def _choices(spans: Sequence[tuple[Month, Month]], today: date) -> list[Month]:
    """The months that can be chosen: from this one on, or the last ones of a plan that is over."""
    last = max(span[1] for span in spans)
    first = max(min(span[0] for span in spans), min(month_of(today), last))
    return months_between(first, last, MOST_MONTHS)


def _wanted(plans: Sequence[LivePlan], months: Sequence[Month]) -> Wanted | Refused:
    reasons: list[Reason] = []
    asked = request.args
    first = read_month(asked["from"]) if asked.get("from") else months[0]
    last = read_month(asked["to"]) if asked.get("to") else None
    if first not in months:
        reasons.append(Reason("from", "paper_month"))
    if asked.get("to") and last not in months:
        reasons.append(Reason("to", "paper_month"))
    language = asked.get("language") or current_language()
    if language not in (*LANGUAGES, "both"):
        reasons.append(Reason("language", "paper_language"))
    chosen = [plan for plan in plans if asked.get("plan", plan.id) in ("", plan.id)]
    if not chosen:
        reasons.append(Reason("plan" if len(plans) > 1 else "", "paper_plan"))
    if first and last and last < first:
        reasons.append(Reason("to", "paper_months_turned"))
    if reasons or first is None:
        return Refused(tuple(reasons))
    last = last or months[min(months.index(first) + AT_FIRST, len(months)) - 1]
    return Wanted(chosen, first, last, LANGUAGES if language == "both" else (language,))


def _sheets(wanted: Wanted, today: date) -> list[Markup]:
    sheets = []
    for plan in wanted.plans:
        span = _span(plan, today)
        if span is None:
            continue
        for month in months_between(max(wanted.first, span[0]), min(wanted.last, span[1]), MOST_MONTHS):
            for language in wanted.languages:
                sheet = sheet_of(plan, month, language, today)
                sheets.append(macro_in(language, "components/sheet.html", "sheet_paper", sheet))
    return sheets


@pages.get("/print")
@signed_in
def page() -> Response:
    person = current_person()
    today = person.day(now())
    plans = [plan for plan in plans_of(store(), person) if confirmed_days(plan)]
    spans = [span for plan in plans if (span := _span(plan, today))]
    if not spans:
        return make_response(render_template("plan_print/none.html"))
    months = _choices(spans, today)
    wanted = _wanted(plans, months)
    refused = wanted if isinstance(wanted, Refused) else None
    values = dict(request.args)
    if not isinstance(wanted, Refused):
        values |= {"from": str(wanted.first), "to": str(wanted.last)}
        values.setdefault("language", current_language())
    page = render_template(
        "plan_print/print.html",
        form=Form(values, refused),
        plans=plans,
        months=months,
        sheets=[] if isinstance(wanted, Refused) else _sheets(wanted, today),
    )
    return make_response(page, 422 if refused else 200)

"""What there is of each strength and how long it lasts; how many until a day; the programme's prescriptions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.domain.consent import Purpose
from companion.domain.supply import Kind
from companion.i18n.supply_words import count_words, kind_words
from companion.services.count_supply import count_supply, field_of
from companion.services.supply import PlanSupply, Stock, read_supply
from companion.web.consent import needs
from companion.web.forms import Form, text
from companion.web.house import now, store
from companion.web.locale import current_language
from companion.web.login import current_person
from companion.web.redirect import see_other
from companion.web.sheet import sums_of

pages = Blueprint("plan_supply", __name__, url_prefix="/plan")

AT_FIRST = timedelta(days=27)
"""Four weeks, today included: how far the page counts when nobody chose a day."""

FARTHEST = timedelta(days=3660)


def kind_name(kind: Kind) -> str:
    return kind_words(kind.form, kind.strength, current_language())


def stock_words(stock: Stock) -> str:
    counted = stock.counted
    return count_words(counted.kind.form, counted.kind.strength, counted.count, current_language())


def _until(typed: str | None, today: date) -> date | Refused:
    if not typed:
        return today + AT_FIRST
    try:
        until = date.fromisoformat(typed)
    except ValueError:
        return Refused.because("until", "supply_date", example=(today + AT_FIRST).isoformat())
    if until < today:
        return Refused.because("until", "supply_date_past")
    return until if until <= today + FARTHEST else Refused.because("until", "supply_date_far")


def _page(supplies: list[PlanSupply], today: date, until: date) -> dict[str, Any]:
    return {
        "supplies": supplies,
        "until": until,
        "needs": {each.plan.id: sums_of_until(each, today, until) for each in supplies},
        "sketches": {each.plan.id for each in supplies if each.sketch_until(today, until)},
        "kind_name": kind_name,
        "stock_words": stock_words,
        "field_of": field_of,
    }


def sums_of_until(supply: PlanSupply, today: date, until: date) -> list[Any]:
    return list(sums_of(supply.until(today, until), current_language()))


@pages.get("/supply")
@needs(Purpose.PLAN)
def page() -> Response:
    today = current_person().day(now())
    supplies = read_supply(store(), current_person(), now())
    if not supplies:
        return make_response(render_template("plan_supply/none.html"))
    until = _until(request.args.get("until"), today)
    refused = until if isinstance(until, Refused) else None
    counted = today + AT_FIRST if isinstance(until, Refused) else until
    page = render_template(
        "plan_supply/supply.html",
        form=Form({}),
        asked=Form({"until": request.args.get("until", "") if refused else counted.isoformat()}, refused),
        **_page(supplies, today, counted),
    )
    return make_response(page, 422 if refused else 200)


@pages.post("/supply")
@needs(Purpose.PLAN)
def count() -> Response:
    person = current_person()
    refused = count_supply(store(), person, request.form, text("counted_on"), now())
    if refused is None:
        return see_other(url_for("plan_supply.page"), "preferences")
    today = person.day(now())
    supplies = read_supply(store(), person, now())
    page = render_template(
        "plan_supply/supply.html",
        form=Form(request.form, refused),
        asked=Form({"until": (today + AT_FIRST).isoformat()}),
        **_page(supplies, today, today + AT_FIRST),
    )
    return make_response(page, 422)

"""Fill my week: what goes in each compartment of a pillbox for seven days. Only confirmed days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, abort, render_template, request

from companion.domain.confirmation import OPEN
from companion.domain.plan import Moment, MomentDose
from companion.domain.supply import Stretch, clip, kind_of, on
from companion.services.confirmed_days import confirmed_days, some_sketch
from companion.services.plan_view import LivePlan, plans_of
from companion.services.supply import fits_in_a_box, week_days
from companion.web.dose_view import Picture, picture_of, words_of
from companion.web.house import now, store
from companion.web.locale import current_language
from companion.web.login import current_person, signed_in
from companion.web.sheet import Sum, sums_of

pages = Blueprint("plan_week", __name__, url_prefix="/plan")

FAR = timedelta(days=366)
"""How far ahead a week can be put ready."""


@dataclass(frozen=True)
class Content:
    """One dose in a compartment. `boxed`: whether all of it can be put ready."""

    medicine: str
    words: str
    picture: Picture
    boxed: bool


@dataclass(frozen=True)
class Compartment:
    moment: str
    contents: Sequence[Content]


@dataclass(frozen=True)
class Day:
    """`known`: whether some plan has a confirmed dose that day."""

    day: date
    compartments: Sequence[Compartment]

    @property
    def known(self) -> bool:
        return any(each.contents for each in self.compartments)


@dataclass(frozen=True)
class Total:
    medicine: str
    sums: Sequence[Sum]


@pages.get("/week")
@signed_in
def page() -> str:
    person = current_person()
    today = person.day(now())
    first = _first(today)
    days = week_days(first)
    plans = plans_of(store(), person)
    taken = [(plan, clip(confirmed_days(plan), days[0], days[-1])) for plan in plans]
    moments = [moment for moment in Moment if any(moment in each.moments for _, known in taken for each in known)]
    week = [Day(day, [_compartment(taken, moment, day) for moment in moments]) for day in days]
    later = any(clip(confirmed_days(plan), days[-1] + timedelta(days=1), OPEN) for plan in plans)
    return render_template(
        "plan_week/week.html",
        week=week,
        moments=moments,
        totals=[Total(plan.asked.medicine, sums_of(known, current_language())) for plan, known in taken if known],
        measured=any(not content.boxed for day in week for each in day.compartments for content in each.contents),
        sketch=any(some_sketch(plan, days[0], days[-1]) for plan in plans),
        before=first - timedelta(days=7) if first - timedelta(days=7) >= today else (today if first > today else None),
        after=first + timedelta(days=7) if later and first + timedelta(days=7) <= today + FAR else None,
        tomorrow=today + timedelta(days=1) if first == today else None,
    )


def _first(today: date) -> date:
    """The first day asked for, from today to a year ahead; 404 for anything else."""
    asked = request.args.get("from", "")
    if not asked:
        return today
    try:
        first = date.fromisoformat(asked)
    except ValueError:
        abort(404)
    if not today <= first <= today + FAR:
        abort(404)
    return first


def _compartment(taken: Sequence[tuple[LivePlan, Sequence[Stretch]]], moment: Moment, day: date) -> Compartment:
    several = sum(1 for _, known in taken if known) > 1
    contents = []
    for plan, known in taken:
        stretch = on(known, day)
        dose = stretch.moments.get(moment) if stretch else None
        if dose:
            contents.append(_content(plan.asked.medicine if several else "", dose))
    return Compartment(moment.value, contents)


def _content(medicine: str, dose: MomentDose) -> Content:
    boxed = all(fits_in_a_box(kind_of(piece)) for piece in dose.pieces)
    return Content(medicine, words_of(dose.pieces), picture_of(dose.pieces), boxed)

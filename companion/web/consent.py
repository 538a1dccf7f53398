"""Consent for health data, purpose by purpose; giving and withdrawing stand on one page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.domain.consent import TEXT_VERSION, Purpose
from companion.services import consent as service
from companion.services.plan_view import plans_of
from companion.web.house import now, store
from companion.web.locale import current_language
from companion.web.login import current_person, signed_in
from companion.web.redirect import here, local_path, see_other

pages = Blueprint("consent", __name__)
P = ParamSpec("P")
R = TypeVar("R")


def needs(purpose: Purpose) -> Callable[[Callable[P, R]], Callable[P, R | Response]]:
    """Pages that would keep something: without consent for it they lead to the question first."""

    def around(view: Callable[P, R]) -> Callable[P, R | Response]:
        @wraps(view)
        @signed_in
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
            if purpose not in service.standing(store(), current_person()):
                return see_other(url_for("consent.page", next=here()))
            return view(*args, **kwargs)

        return guarded

    return around


@pages.get("/consent")
@signed_in
def page() -> str:
    standing = service.standing(store(), current_person())
    return render_template(
        "consent/consent.html", standing=standing, version=TEXT_VERSION, next=request.args.get("next", "")
    )


@pages.post("/consent")
@signed_in
def choose() -> Response:
    """The first yes to keeping a plan leads to the questions of one, unless another page asked for it."""
    chosen = {Purpose(value) for value in request.form.getlist("purpose") if value in list(Purpose)}
    person = current_person()
    begins = Purpose.PLAN in chosen and not service.standing(store(), person) and not plans_of(store(), person)
    service.choose(store(), person, chosen, current_language(), now())
    then = url_for("plan_new.begin") if begins else url_for("today.page")
    return see_other(local_path(request.form.get("next", ""), then), "consent")

"""Look around with an example: one tap makes it. What nobody can do of whom nobody knows who they are stands here."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Flask, make_response, render_template, request, session, url_for
from flask_login import login_user
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.services.make_example import make_example
from companion.web.forms import worded
from companion.web.house import now, store
from companion.web.locale import current_language
from companion.web.login import User, signed_in_person, visit
from companion.web.phone_calls import no
from companion.web.redirect import see_other

pages = Blueprint("example", __name__)

LOOK_ONLY: Final = {
    "share": "somebody would be led to made-up data",
    "supporter": "somebody would be led to made-up data",
    "reminders": "nothing is sent to whom nobody knows",
    "appointments": "nothing is sent to whom nobody knows",
    "reminders_mail.page": "mail would go to strangers",
    "reminders_mail.change": "mail would go to strangers",
    "push.keep": "messages would come after the example is over",
    "push.test": "nothing is sent to whom nobody knows",
    "feed.page": "an address that is over within a day",
    "feed.change": "an address that is over within a day",
    "account.passphrase_form": "nobody comes back to an example",
    "account.new_passphrase": "nobody comes back to an example",
    "account.codes_form": "nobody comes back to an example",
    "account.new_codes": "nobody comes back to an example",
    "account_passkeys": "nobody comes back to an example",
    "account.erase_form": "leaving erases it",
    "account.erase": "leaving erases it",
    "portable": "what is real has no place here",
    "consent": "what is made up needs none, and is not counted",
}
"""What can be looked at in an example and not done: rooms (blueprints) and single endpoints, each with the reason."""


def prepare(app: Flask) -> None:
    app.before_request(_refuse)
    app.context_processor(lambda: {"look_only": look_only() and request.method == "GET"})


def look_only() -> bool:
    """Whether this request is of an example, about what only others can do."""
    if request.blueprint not in LOOK_ONLY and request.endpoint not in LOOK_ONLY:
        return False
    person = signed_in_person()
    return person is not None and person.is_example


def _refuse() -> Response | None:
    if request.method in {"GET", "HEAD", "OPTIONS"} or not look_only():
        return None
    if request.blueprint == "push":
        return no(403, Refused.because("", "example_not_here"))
    return make_response(render_template("example/not_here.html"), 403)


@pages.post("/example")
def look_around() -> Response:
    """Make an example and be in it. Whoever is signed in stays who they are."""
    if signed_in_person():
        return see_other(url_for("today.page"))
    made = make_example(store(), current_language(), visit(), now())
    if isinstance(made, Refused):
        return make_response(render_template("example/later.html", why=worded(made.reasons[0])), 429)
    session.permanent = True
    session["language"] = made.person.language
    login_user(User(made.person, made.token))
    return see_other(url_for("today.page"))

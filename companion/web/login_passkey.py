"""Sign in with a passkey: what the browser is asked, and what it answers."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request
from werkzeug.wrappers import Response as AnyResponse

from companion.domain.codes import Refused
from companion.services.come_in import ask_to_come_in, come_in
from companion.web.house import now, store
from companion.web.login import begin, next_page, visit
from companion.web.passkey_site import passkey_site
from companion.web.redirect import see_other
from companion.web.reply import refused_page

pages = Blueprint("login_passkey", __name__)


@pages.get("/sign-in/passkey")
def ask() -> Response:
    """The same for everyone: which of the passkeys of this site a phone holds, only the phone knows."""
    site = passkey_site() or abort(404)
    return Response(ask_to_come_in(store(), site, now()), mimetype="application/json")


@pages.post("/sign-in/passkey")
def sign_in() -> AnyResponse:
    site = passkey_site() or abort(404)
    result = come_in(store(), site, request.form.get("credential", ""), visit(), now())
    if isinstance(result, Refused):
        return refused_page("login/sign_in.html", result)
    begin(result.person, result.token)
    return see_other(next_page())

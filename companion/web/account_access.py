"""How someone gets in: passphrase, recovery codes, passkeys, and where they are signed in."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from companion.services.account import read_account
from companion.services.passkeys import passkeys_of
from companion.services.sign_in import sign_out_elsewhere, sign_out_there
from companion.services.tokens import digest
from companion.web.forms import text
from companion.web.house import now, store
from companion.web.login import current_person, current_token, signed_in
from companion.web.redirect import see_other
from companion.web.this_phone import this_phone

pages = Blueprint("account_access", __name__)


@pages.get("/account/access")
@signed_in
def page() -> str:
    return render_template(
        "account/access.html",
        account=read_account(store(), current_person(), now()),
        passkeys=passkeys_of(store(), current_person()),
        here=digest(current_token()),
    )


@pages.post("/account/sessions/end")
@signed_in
def end_there() -> Response:
    """Ending this one is what “sign out” is for: here it changes nothing."""
    if text("session") != digest(current_token()):
        sign_out_there(store(), current_person(), text("session"))
    return see_other(url_for("account_access.page", _anchor="devices"), "ended-there")


@pages.post("/account/sessions/end-others")
@signed_in
def end_elsewhere() -> Response:
    sign_out_elsewhere(store(), current_person(), current_token(), this_phone())
    return see_other(url_for("account_access.page", _anchor="devices"), "ended-elsewhere")

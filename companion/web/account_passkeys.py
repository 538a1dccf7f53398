"""Adding a passkey and taking one away."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.services.passkeys import add_passkey, ask_for_new, remove_passkey
from companion.services.prove import prove
from companion.web.forms import Form, text
from companion.web.house import now, store
from companion.web.login import current_person, current_token, device, signed_in
from companion.web.passkey_site import passkey_site
from companion.web.redirect import see_other
from companion.web.reply import refused_page
from companion.web.sure import be_sure, is_sure

pages = Blueprint("account_passkeys", __name__)


def _asked() -> str:
    """What the browser is asked; "" until the person said who they are, and where there are no passkeys."""
    site = passkey_site()
    if site is None or not is_sure(current_token()):
        return ""
    return ask_for_new(store(), current_person(), current_token(), site, now())


@pages.get("/account/passkeys/new")
@signed_in
def form() -> str:
    return render_template(
        "account/passkey.html", form=Form({"name": device()}), asked=_asked(), possible=passkey_site() is not None
    )


@pages.post("/account/passkeys/new")
@signed_in
def add() -> Response:
    """First the passphrase, unless it was given a moment ago; then what the browser made."""
    site = passkey_site() or abort(404)
    refused = None
    if is_sure(current_token()):
        answer = request.form.get("credential", "")
        refused = add_passkey(store(), current_person(), current_token(), site, answer, text("name"), now())
        if refused is None:
            return see_other(url_for("account_access.page", _anchor="passkeys"), "passkey")
    else:
        refused = prove(store(), current_person(), request.form.get("passphrase", ""), now())
        if refused is None:
            be_sure(current_token())
            return see_other(url_for("account_passkeys.form"))
    return refused_page("account/passkey.html", refused, asked=_asked(), possible=True)


@pages.post("/account/passkeys/remove")
@signed_in
def remove() -> Response:
    """A second tap on the same button finds nothing, and that is as wanted."""
    remove_passkey(store(), current_person(), text("passkey"))
    return see_other(url_for("account_access.page", _anchor="passkeys"), "passkey-gone")

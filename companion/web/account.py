"""Me: preferences, passphrase, recovery codes, devices, download, erase."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request, session, url_for
from flask_login import logout_user
from werkzeug.wrappers import Response as AnyResponse

from companion.domain.codes import Refused
from companion.services.account import read_account
from companion.services.erase_person import erase_with_passphrase
from companion.services.export_person import export_person, export_text
from companion.services.recover import change_passphrase, make_new_codes
from companion.services.set_preferences import set_day_turn
from companion.web.forms import Form, text
from companion.web.house import now, store
from companion.web.login import KNOWN, begin, current_person, current_token, signed_in, visit
from companion.web.redirect import see_other
from companion.web.reply import refused_page
from companion.web.this_phone import forget_phone

pages = Blueprint("account", __name__)


@pages.get("/account")
@signed_in
def page() -> str:
    return render_template(
        "account/account.html",
        account=read_account(store(), current_person(), now()),
        form=Form({"day_turn": current_person().day_turn.strftime("%H:%M")}),
    )


@pages.post("/account/day")
@signed_in
def choose_day_turn() -> AnyResponse:
    if refused := set_day_turn(store(), current_person(), text("day_turn")):
        account = read_account(store(), current_person(), now())
        return refused_page("account/account.html", refused, account=account)
    return see_other(url_for("account.page"), "preferences")


@pages.get("/account/passphrase")
@signed_in
def passphrase_form() -> str:
    return render_template("account/passphrase.html", form=Form({}))


@pages.post("/account/passphrase")
@signed_in
def new_passphrase() -> AnyResponse:
    result = change_passphrase(
        store(),
        current_person(),
        request.form.get("old", ""),
        request.form.get("passphrase", ""),
        visit(),
        now(),
    )
    if isinstance(result, Refused):
        return refused_page("account/passphrase.html", result)
    begin(result.person, result.token)
    return see_other(url_for("account_access.page"), "passphrase")


@pages.get("/account/codes")
@signed_in
def codes_form() -> str:
    return render_template("account/codes.html", form=Form({}))


@pages.post("/account/codes")
@signed_in
def new_codes() -> AnyResponse:
    passphrase = request.form.get("passphrase", "")
    if refused := make_new_codes(store(), current_person(), passphrase, current_token(), now()):
        return refused_page("account/codes.html", refused)
    return see_other(url_for("join.codes"))


@pages.get("/account/export")
@signed_in
def export() -> Response:
    body = export_text(export_person(store(), current_person()))
    answer = Response(body, mimetype="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="andante.json"'
    return answer


@pages.get("/account/erase")
@signed_in
def erase_form() -> str:
    return render_template("account/erase.html", form=Form({}))


@pages.post("/account/erase")
@signed_in
def erase() -> AnyResponse:
    sure = request.form.get("sure") == "yes"
    if refused := erase_with_passphrase(store(), current_person(), request.form.get("passphrase", ""), sure, now()):
        return refused_page("account/erase.html", refused)
    language = current_person().language
    logout_user()
    session.pop(KNOWN, None)
    session["language"] = language
    answer = see_other(url_for("home.page"), "erased")
    forget_phone(answer)
    return answer

"""Mail, where this site can send it: an address with a code, and the way out that stands in every mail."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.domain.reminder import Kind
from companion.domain.reminder.asked import may_remind
from companion.notify.mail import MailServer
from companion.services import consent
from companion.services.mail_address import ask_code, read_mail_address, stop_mail, stop_mail_at, type_code
from companion.web.forms import Form, text
from companion.web.house import house, now, store
from companion.web.login import current_person, signed_in
from companion.web.redirect import see_other
from companion.web.security import from_elsewhere

pages = Blueprint("reminders_mail", __name__)


@pages.get("/reminders/mail")
@signed_in
def page() -> Response:
    _server()
    if not may_remind(Kind.APPOINTMENT, consent.standing(store(), current_person())):
        return see_other(url_for("consent.page", next=url_for("reminders_mail.page")))
    return _page(Form({}))


def _page(form: Form, status: int = 200) -> Response:
    kept = read_mail_address(store(), current_person())
    return make_response(render_template("reminders/mail.html", form=form, kept=kept), status)


@pages.post("/reminders/mail")
@signed_in
def change() -> Response:
    """`do`: "ask" for a code, "code" that was typed, or "stop"."""
    server, person = _server(), current_person()
    if text("do") == "stop":
        stop_mail(store(), person, now())
        return see_other(url_for("reminders_mail.page"), "mail-off")
    if not may_remind(Kind.APPOINTMENT, consent.standing(store(), person)):
        return see_other(url_for("consent.page", next=url_for("reminders_mail.page")))
    refused: Refused | None
    if text("do") == "code":
        refused = type_code(store(), person, text("code"), now())
    else:
        refused = ask_code(store(), person, text("address"), server, house().settings.app_name, now())
    if refused:
        return _page(Form(request.form, refused), 422)
    return see_other(url_for("reminders_mail.page"))


@pages.get("/mail/out")
@pages.get("/mail/out/<token>")
def out_form(token: str = "") -> str:
    return render_template("reminders/mail_out.html", token=token, done=False)


@pages.post("/mail/out/<token>")
@from_elsewhere
def one_click(token: str) -> Response:
    """A mail program asks it for its person (RFC 8058 §3.2). No cookie is looked at, and every token gets the same."""
    if request.form.get("List-Unsubscribe") != "One-Click":
        abort(400)
    stop_mail_at(store(), token, now())
    return make_response("", 200, {"Content-Type": "text/plain"})


@pages.post("/mail/out")
def out() -> str:
    """One tap, without signing in. The same answer for every token."""
    stop_mail_at(store(), request.form.get("token", ""), now())
    return render_template("reminders/mail_out.html", token="", done=True)


def _server() -> MailServer:
    """404 where this site sends no mail."""
    return house().mail or abort(404)

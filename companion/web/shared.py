"""What a reader of a link sees: a quiet page first, then the report. No menu of the owner, no cookie, no sign-in.

A link that ended, was stopped or never was is one and the same page. Reading on (language, PDF) goes with a key in the
form, not with a cookie: docs/adr/0010-reading-without-a-cookie.md.
"""

from __future__ import annotations

from flask import Blueprint, Response, g, make_response, render_template, request

from companion.domain.codes import Refused
from companion.domain.share import looks_like_a_robot
from companion.i18n.catalogues import LANGUAGES, NAMES
from companion.services.look_share import Looked, find_share, go_on, look, note_opened
from companion.services.report import Report, read_report
from companion.storage.shares import Share
from companion.web.forms import Form
from companion.web.house import house, now, store
from companion.web.locale import current_language, translate
from companion.web.report_page import About, report_page
from companion.web.report_pdf import report_pdf

pages = Blueprint("shared", __name__, url_prefix="/s")

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive, nosnippet",
}


@pages.after_request
def quietly(response: Response) -> Response:
    """Nothing is kept, nothing is told to where a reader goes next, nothing is found by searching."""
    response.headers.update(HEADERS)
    return response


def _found(token: str) -> Share | None:
    share = find_share(store(), token, now())
    if share and share.language and request.values.get("language") not in LANGUAGES:
        g.language = share.language
    return share


def _page(template: str, status: int = 200, **context: object) -> Response:
    languages = [(code, NAMES[code]) for code in LANGUAGES if code != current_language()]
    token = (request.view_args or {})["token"]
    return make_response(render_template(template, languages=languages, token=token, **context), status)


def _gone() -> Response:
    return _page("shared/gone.html", 404)


@pages.get("/<token>")
def page(token: str) -> Response:
    """A page with one button. A program that looks at links sees nothing here and counts for nothing."""
    share = _found(token)
    if share is None:
        return _gone()
    purpose = request.headers.get("Sec-Purpose", "") or request.headers.get("Purpose", "")
    if request.method == "GET" and not looks_like_a_robot(request.user_agent.string, purpose):
        note_opened(store(), share, now())
    return _page("shared/quiet.html", share=share, form=Form({}))


@pages.post("/<token>")
def show(token: str) -> Response:
    """Somebody pressed "show", or reads on in the other language."""
    share = _found(token)
    if share is None:
        return _gone()
    if "key" in request.form:
        reads_on = go_on(store(), share, request.form["key"], now())
        return _read(reads_on) if reads_on else _page("shared/quiet.html", share=share, form=Form({}))
    looked = look(store(), share, request.form.get("pin", ""), now())
    if isinstance(looked, Refused):
        status = 429 if looked.reasons[0].code in {"share_pin_wait", "share_pin_locked"} else 422
        return _page("shared/quiet.html", status, share=share, form=Form({}, looked))
    return _read(looked)


def _read(looked: Looked) -> Response:
    body = report_page(_report(looked), _about(looked), current_language())
    return _page("shared/read.html", report=body, key=looked.key)


@pages.post("/<token>/pdf")
def pdf(token: str) -> Response:
    """The same as a PDF; without a key that still goes, the quiet page again."""
    share = _found(token)
    if share is None:
        return _gone()
    looked = go_on(store(), share, request.form.get("key", ""), now())
    if looked is None:
        return _page("shared/quiet.html", share=share, form=Form({}))
    made = report_pdf(_report(looked), _about(looked), translate("Report"), current_language(), now())
    response = Response(made, mimetype="application/pdf")
    name = f"{house().settings.app_name}-{looked.person.day(now())}.pdf".lower()
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _report(looked: Looked) -> Report:
    return read_report(store(), looked.person, looked.share.sections, looked.share.from_day, now())


def _about(looked: Looked) -> About:
    share = looked.share
    return About(share.whom, share.ends_at, looked.person.zone, house().settings.app_name)

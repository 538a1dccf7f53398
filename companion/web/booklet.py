"""A booklet to print, for a waiting room or beside a letter of a practice: for everyone, without a cookie."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request, url_for

from companion.i18n.catalogues import LANGUAGES, NAMES
from companion.services.booklet import booklet
from companion.web.booklet_pdf import booklet_pdf
from companion.web.house import house
from companion.web.link_address import whole
from companion.web.locale import current_language

pages = Blueprint("booklet", __name__)


@pages.get("/booklet")
def page() -> str:
    found = [(language, NAMES[language], booklet(language)) for language in LANGUAGES]
    return render_template("booklet/booklet.html", found=found, own=booklet(current_language()))


@pages.get("/booklet/<any(a5, a4):size>.pdf")
def download(size: str) -> Response:
    language = request.args.get("language") or current_language()
    if language not in LANGUAGES:
        abort(404)
    settings = house().settings
    pdf = booklet_pdf(language, size, whole(url_for("home.page")), settings.app_name, settings.host_name)
    answer = Response(pdf, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="booklet-{language}-{size}.pdf"'
    return answer

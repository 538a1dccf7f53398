"""Calm pages for what cannot be shown, and a line in the log that quotes nobody."""

from __future__ import annotations

import logging
import sys
import traceback

from flask import Flask, Response, make_response, render_template, request
from markupsafe import Markup, escape
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable

from companion.storage.outage import OUTAGES, cause_of

log = logging.getLogger("companion.web")

AGAIN = 30
"""Seconds after which it makes sense to try again when the database is away."""


def prepare(app: Flask) -> None:
    app.register_error_handler(HTTPException, _page)
    app.register_error_handler(InternalServerError, _page)
    for outage in OUTAGES:
        app.register_error_handler(outage, _away)
    app.log_exception = lambda *_: tell()  # type: ignore[method-assign]


def tell() -> None:
    """What went wrong and where in the code. The address may hold a token; what an error says may quote a person."""
    kind, _, where = sys.exc_info()
    place = request.endpoint or "no page"
    name = kind.__name__ if kind else "nothing"
    log.error("%s %s: %s\n%s", request.method, place, name, "".join(traceback.format_tb(where)))


LAST_RESORT = """<!doctype html><html lang="nl"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Andante</title>
<h1>Andante</h1>
<p>Er ging bij ons iets mis. Er is niets half bewaard. Probeer het straks opnieuw.</p>
<p lang="fr">Un problème est survenu chez nous. Rien n’a été gardé à moitié. Réessayez dans un instant.</p>
{again}<p>Hulp nu · Aide maintenant : <a href="tel:112">112</a> · <a href="tel:1813">1813</a> ·
<a href="tel:080032123">0800 32 123</a> · <a href="tel:070245245">070 245 245</a></p></html>
"""
"""When even a page cannot be made (the database is away): both languages, and the numbers to call."""

AGAIN_FORM = """<form method="post" action="{address}">{fields}
<button>Opnieuw proberen · Réessayer</button></form>
"""


def _page(error: HTTPException) -> Response:
    code = error.code or 500
    try:
        return _worded(error, code)
    except OUTAGES:
        return _last_resort(code)
    except Exception:
        tell()
        return _last_resort(code)


def _last_resort(code: int) -> Response:
    fields = Markup("").join(
        Markup('<input type="hidden" name="{}" value="{}">').format(name, value) for name, value in typed()
    )
    again = AGAIN_FORM.format(address=escape(request.full_path.rstrip("?")), fields=fields) if code == 503 else ""
    return Response(LAST_RESORT.format(again=again if fields else ""), code, mimetype="text/html")


def _away(error: Exception) -> Response:
    """The database cannot be reached or written just now: one calm sentence, and what was typed is still there."""
    log.error("%s %s: the database does not do it: %s", request.method, request.endpoint, cause_of(error))
    response = _page(ServiceUnavailable())
    response.headers["Retry-After"] = str(AGAIN)
    return response


def typed() -> list[tuple[str, str]]:
    """What stood in the form that was sent, to send it again: nothing that is secret, and no files."""
    if request.method != "POST" or request.files or request.mimetype != "application/x-www-form-urlencoded":
        return []
    try:
        fields = list(request.form.items(multi=True))
    except HTTPException:  # it is too large, or no form at all
        return []
    secret = any(word in name for name, _ in fields for word in ("passphrase", "code", "pin"))
    return [] if secret else fields


def _worded(error: HTTPException, code: int) -> Response:
    if code < 400:
        return Response(error.get_response().response, code, dict(error.get_response().headers))
    fields = typed() if code == 503 else []
    response = make_response(render_template("errors/error.html", code=code, typed=fields), code)
    if code == 405 and isinstance(getattr(error, "valid_methods", None), list):
        response.headers["Allow"] = ", ".join(error.valid_methods)  # type: ignore[attr-defined]
    return response

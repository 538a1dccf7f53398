"""Calm pages for what cannot be shown."""

from __future__ import annotations

import logging

from flask import Flask, Response, make_response, render_template
from werkzeug.exceptions import HTTPException, InternalServerError

log = logging.getLogger("companion.web")


def prepare(app: Flask) -> None:
    app.register_error_handler(HTTPException, _page)
    app.register_error_handler(InternalServerError, _page)


LAST_RESORT = """<!doctype html><html lang="nl"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Andante</title>
<h1>Andante</h1>
<p>Er ging bij ons iets mis. Er is niets half bewaard. Probeer het straks opnieuw.</p>
<p lang="fr">Un problème est survenu chez nous. Rien n’a été gardé à moitié. Réessayez dans un instant.</p>
<p>Hulp nu · Aide maintenant : <a href="tel:112">112</a> · <a href="tel:1813">1813</a> ·
<a href="tel:080032123">0800 32 123</a> · <a href="tel:070245245">070 245 245</a></p></html>
"""
"""When even a page cannot be made (the database is away): both languages, and the numbers to call."""


def _page(error: HTTPException) -> Response:
    code = error.code or 500
    try:
        return _worded(error, code)
    except Exception:
        log.exception("the page for an error could not be made")
        return Response(LAST_RESORT, code, mimetype="text/html")


def _worded(error: HTTPException, code: int) -> Response:
    if code < 400:
        return Response(error.get_response().response, code, dict(error.get_response().headers))
    response = make_response(render_template("errors/error.html", code=code), code)
    if code == 405 and isinstance(getattr(error, "valid_methods", None), list):
        response.headers["Allow"] = ", ".join(error.valid_methods)  # type: ignore[attr-defined]
    return response

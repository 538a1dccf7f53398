"""Calm pages for what cannot be shown."""

from __future__ import annotations

import logging

from flask import Flask, Response, make_response, render_template
from werkzeug.exceptions import HTTPException, InternalServerError

log = logging.getLogger("companion.web")


def prepare(app: Flask) -> None:
    app.register_error_handler(HTTPException, _page)
    app.register_error_handler(InternalServerError, _page)


def _page(error: HTTPException) -> Response:
    code = error.code or 500
    if code < 400:
        return Response(error.get_response().response, code, dict(error.get_response().headers))
    response = make_response(render_template("errors/error.html", code=code), code)
    if code == 405 and isinstance(getattr(error, "valid_methods", None), list):
        response.headers["Allow"] = ", ".join(error.valid_methods)  # type: ignore[attr-defined]
    return response

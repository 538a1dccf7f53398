"""Where a request goes next: 303, and never to another site."""

from __future__ import annotations

from flask import current_app, redirect, request, session
from werkzeug.wrappers import Response


def see_other(address: str, notice: str = "", undo: str = "") -> Response:
    """303 to an address, with a short code of what happened for the next page to word.

    `undo`: the id of what happened, for the button beside those words that takes it back.
    """
    if notice:
        session["notice"] = notice
        session.pop("undo", None)
    if undo:
        session["undo"] = undo
    return redirect(address, 303)


def local_path(wanted: str, otherwise: str) -> str:
    """`wanted` when it is a path on this site, else `otherwise`."""
    local = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable()
    return wanted if local else otherwise


def here() -> str | None:
    """The address of this page to come back to; None where the address of this request only takes what is sent."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    return request.path if "GET" in current_app.url_map.bind("").allowed_methods(request.path) else None

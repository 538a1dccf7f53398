"""One stylesheet from many small files, named by its content so that browsers may keep it for ever."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, abort, url_for

from companion.settings import ROOT

pages = Blueprint("assets", __name__)

CSS = ROOT / "static" / "css"
FIRST = ("tokens.css", "base.css", "layout.css")


@lru_cache
def stylesheet_text() -> str:
    parts = [CSS / name for name in FIRST] + sorted((CSS / "components").glob("*.css"))
    return "\n".join(part.read_text() for part in parts)


@lru_cache
def content_hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


@lru_cache
def stylesheet_hash() -> str:
    return hashlib.sha256(stylesheet_text().encode()).hexdigest()[:12]


def stylesheet_address() -> str:
    return url_for("assets.stylesheet", fingerprint=stylesheet_hash())


def static_address(name: str) -> str:
    """The address of a static file with its content in the query."""
    return url_for("static", filename=name, v=content_hash(ROOT / "static" / name))


@pages.get("/style-<fingerprint>.css")
def stylesheet(fingerprint: str) -> Response:
    if fingerprint != stylesheet_hash():
        abort(404)
    response = Response(stylesheet_text(), mimetype="text/css")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response

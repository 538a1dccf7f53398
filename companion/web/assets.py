"""The stylesheet, from many small files, and the scripts: named by their content, so browsers may keep them."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, abort

from companion.settings import ROOT
from companion.web.addresses import fixed_address

pages = Blueprint("assets", __name__)

CSS = ROOT / "static" / "css"
JS = ROOT / "static" / "js"
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


@lru_cache
def scripts() -> dict[str, bytes]:
    """Every script by its name under static/js."""
    return {str(path.relative_to(JS)): path.read_bytes() for path in sorted(JS.rglob("*.js"))}


@lru_cache
def script_hash() -> str:
    """One for all of them: a module never meets the modules of another version."""
    return hashlib.sha256(b"\n".join(scripts().values())).hexdigest()[:12]


def script_address(name: str) -> str:
    return fixed_address("assets.script", fingerprint=script_hash(), name=name)


def lasting_addresses() -> list[str]:
    return [script_address(name) for name in scripts()]


def stylesheet_address() -> str:
    return fixed_address("assets.stylesheet", fingerprint=stylesheet_hash())


def static_address(name: str) -> str:
    """The address of a static file with its content in the query."""
    return fixed_address("static", filename=name, v=content_hash(ROOT / "static" / name))


@pages.get("/style-<fingerprint>.css")
def stylesheet(fingerprint: str) -> Response:
    if fingerprint != stylesheet_hash():
        abort(404)
    response = Response(stylesheet_text(), mimetype="text/css")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@pages.get("/script-<fingerprint>/<path:name>")
def script(fingerprint: str, name: str) -> Response:
    if fingerprint != script_hash() or name not in scripts():
        abort(404)
    response = Response(scripts()[name], mimetype="text/javascript")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response

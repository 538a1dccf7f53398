"""The stylesheet, from many small files, and the scripts: named by their content, so browsers may keep them."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from functools import lru_cache
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Final

from flask import Blueprint, Response, abort, request
from markupsafe import Markup

from companion.settings import ROOT
from companion.web.addresses import fixed_address

pages = Blueprint("assets", __name__)

CSS = ROOT / "static" / "css"
JS = ROOT / "static" / "js"
LOCK_FIRST = ROOT / "static" / "lock-first.js"
FIRST = ("tokens.css", "base.css", "layout.css")
LASTING: Final = "public, max-age=31536000, immutable"
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_BREAK: Final = re.compile(r"\s*\n\s*")
_IMPORT: Final = re.compile(rb'^import [^"\n]*"(\.[^"]+)"', re.MULTILINE)


@lru_cache
def stylesheet_text() -> str:
    """All of them in one, without what is there for who reads the files: comments and indents."""
    parts = [CSS / name for name in FIRST] + sorted((CSS / "components").glob("*.css"))
    return _BREAK.sub("\n", _COMMENT.sub("", "\n".join(part.read_text() for part in parts)))


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


@lru_cache
def imports_of(name: str) -> tuple[str, ...]:
    """What a script imports, and what that imports: asked for at once, a phone need not find them one by one."""
    found: dict[str, None] = {}
    for path in _IMPORT.findall(scripts()[name]):
        there = normpath(join(dirname(name), path.decode()))
        found |= dict.fromkeys((there, *imports_of(there)))
    return tuple(found)


def imported_by(names: list[str]) -> list[str]:
    """What some scripts of a page import, each once, without those scripts themselves."""
    return [each for each in dict.fromkeys(each for name in names for each in imports_of(name)) if each not in names]


def script_address(name: str) -> str:
    return fixed_address("assets.script", fingerprint=script_hash(), name=name)


def lasting_addresses() -> list[str]:
    return [script_address(name) for name in scripts()]


@lru_cache
def stylesheet_here() -> Markup:
    """The stylesheet as an element of a page. The policy of pages (security.py) names its hash, and no other."""
    return Markup(f"<style>{stylesheet_text()}</style>")  # noqa: S704  # a file of ours


@lru_cache
def lock_first_here() -> Markup:
    """The one script that stands in a page: it decides before anything is painted, and must not wait for an answer."""
    return Markup(f"<script>{LOCK_FIRST.read_text()}</script>")  # noqa: S704  # a file of ours


def source_of(element: Markup) -> str:
    """One of these two as a policy names it: by the hash of what stands in it, word for word."""
    text = element[element.index(">") + 1 : element.rindex("<")]
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def stylesheet_address() -> str:
    return fixed_address("assets.stylesheet", fingerprint=stylesheet_hash())


def static_address(name: str) -> str:
    """The address of a static file with its content in the query."""
    return fixed_address("static", filename=name, v=content_hash(ROOT / "static" / name))


@pages.after_app_request
def last(response: Response) -> Response:
    """A static file asked for with its own content in the query never changes there."""
    asked = request.args.get("v")
    if asked and request.endpoint == "static" and response.status_code == 200:
        name = (request.view_args or {})["filename"]
        if asked == content_hash(ROOT / "static" / name):
            response.headers["Cache-Control"] = LASTING
    return response


@pages.get("/style-<fingerprint>.css")
def stylesheet(fingerprint: str) -> Response:
    if fingerprint != stylesheet_hash():
        abort(404)
    response = Response(stylesheet_text(), mimetype="text/css")
    response.headers["Cache-Control"] = LASTING
    return response


@pages.get("/script-<fingerprint>/<path:name>")
def script(fingerprint: str, name: str) -> Response:
    if fingerprint != script_hash() or name not in scripts():
        abort(404)
    response = Response(scripts()[name], mimetype="text/javascript")
    response.headers["Cache-Control"] = LASTING
    return response

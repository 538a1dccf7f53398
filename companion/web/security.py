"""Headers on every answer, and writes from other sites refused (contract §4).

No token in the pages: what was written offline can always be sent. `Sec-Fetch-Site` and `Origin` say where a
request comes from in every browser we support (facts/tech.md §0.7).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request

from companion.web.assets import lock_first_here, source_of, stylesheet_here
from companion.web.house import house
from companion.web.readers import for_a_reader

POLICY = "; ".join(
    (
        "default-src 'none'",
        f"script-src 'self' {source_of(lock_first_here())}",
        f"style-src 'self' {source_of(stylesheet_here())}",
        "img-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types andante",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
View = TypeVar("View", bound=Callable[..., object])


def guard(app: Flask) -> None:
    app.before_request(refuse_other_sites)
    app.after_request(add_headers)


def is_ours(origin: str) -> bool:
    """Whether an Origin header names this site."""
    configured = house().settings.origin
    if configured:
        return origin == configured
    return urlsplit(origin).netloc == request.host


def from_elsewhere(view: View) -> View:
    """A view that other programs may post to: it looks at no cookie, and what it needs to know is in its address."""
    view.from_elsewhere = True  # type: ignore[attr-defined]
    return view


def refuse_other_sites() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method in SAFE_METHODS or getattr(view, "from_elsewhere", False):
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is None and origin is None:
        abort(403)
    # pages with no-referrer: browsers name no origin there, so only Sec-Fetch-Site says that it is ours
    unnamed = origin == "null" and site == "same-origin" and for_a_reader()
    if site not in {None, "same-origin", "none"} or not (origin is None or unnamed or is_ours(origin)):
        abort(403)


def add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if house().settings.secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if response.status_code >= 400 or request.endpoint not in {"static", "assets.stylesheet", "assets.script"}:
        response.headers.setdefault("Cache-Control", "no-store")
    return response

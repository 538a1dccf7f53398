"""What is told about a request: a line in the log, and counts. By the name of its endpoint, never by its address;
nothing about who asked, from where, or with what."""

from __future__ import annotations

import logging
import re
import time
from bisect import bisect_left
from typing import Final
from uuid import uuid4

from flask import Flask, Response, current_app, g, request

from companion.logs import REQUESTS, request_id
from companion.web.counters import Counters

log = logging.getLogger(REQUESTS)

CLASSES: Final = ("2xx", "3xx", "4xx", "5xx")
NO_PAGE: Final = "none"
METHODS: Final = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
BOUNDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds."""
GROUPS: Final = ("today", "diary", "plan", "history", "symptoms", "sync", "login", "share", "push", "files", "other")
FILES: Final = {"static", "assets", "pwa", "offline"}
SHARES: Final = {"shared", "supporter", "supporting"}
_ID: Final = re.compile(r"[0-9a-f]{32}")


def prepare(app: Flask) -> None:
    """Before every other hook: what they take counts too."""
    app.before_request(_begin)
    app.after_request(_told)
    app.teardown_request(_over)


def count(app: Flask) -> None:
    """When every address is known: this process counts, where a monitor may ask for it."""
    settings = app.extensions["house"].settings
    if settings.metrics_token:
        endpoints = sorted({rule.endpoint for rule in app.url_map.iter_rules()} | {NO_PAGE})
        names = [name_of(endpoint, each) for endpoint in endpoints for each in CLASSES]
        names += [f"{group} {part}" for group in GROUPS for part in (*range(len(BOUNDS) + 1), "sum")]
        app.extensions["counters"] = Counters(settings.instance / "metrics", names)


def counters() -> Counters | None:
    """Those of this process; None where nothing is counted."""
    found: Counters | None = current_app.extensions.get("counters")
    return found


def name_of(endpoint: str, status_class: str) -> str:
    return f"{endpoint} {status_class}"


def group_of(endpoint: str) -> str:
    room = endpoint.split(".", maxsplit=1)[0].split("_", maxsplit=1)[0]
    if room in FILES:
        return "files"
    if room in SHARES:
        return "share"
    if room == "doses":
        return "today"
    return room if room in GROUPS else "other"


def _begin() -> None:
    g.began = time.perf_counter()
    given = request.headers.get("X-Request-Id", "")
    request_id.set(given if _ID.fullmatch(given) else uuid4().hex)


def _over(_error: BaseException | None) -> None:
    request_id.set("")


def _told(response: Response) -> Response:
    taken = time.perf_counter() - g.get("began", time.perf_counter())
    endpoint, status = request.endpoint or NO_PAGE, response.status_code
    method = request.method if request.method in METHODS else "OTHER"
    fields = {"endpoint": endpoint, "method": method, "status": status, "ms": round(taken * 1000, 1)}
    log.info("%s %s %s", method, endpoint, status, extra={"fields": fields})
    _count(endpoint, status, taken)
    return response


def _count(endpoint: str, status: int, taken: float) -> None:
    found = counters()
    if found:
        group = group_of(endpoint)
        found.add(
            (name_of(endpoint, CLASSES[min(max(status // 100, 2), 5) - 2]), 1),
            (f"{group} {bisect_left(BOUNDS, taken)}", 1),
            (f"{group} sum", taken),
        )

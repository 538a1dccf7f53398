"""Is the house standing?"""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from companion.domain.instant import instant_text
from companion.services.check_health import check_health, last_round
from companion.web.house import store

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def healthz() -> tuple[Response, int]:
    found = check_health(store())
    if found is None:
        return jsonify({"status": "the database does not answer"}), 503
    database, version = found
    at = last_round(store())
    return jsonify({"status": "ok", database: version, "clock": instant_text(at) if at else None}), 200

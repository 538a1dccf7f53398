"""Is the house standing?"""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from companion.services.check_health import check_health
from companion.web.house import store

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def healthz() -> Response:
    return jsonify({"status": "ok", "sqlite": check_health(store())})

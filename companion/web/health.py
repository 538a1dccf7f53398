"""Is the house standing, and may requests come?"""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from companion.domain.instant import instant_text
from companion.services.check_health import check_health, last_backup, last_round, not_ready
from companion.web.house import house, store

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def healthz() -> tuple[Response, int]:
    found = check_health(store())
    if found is None:
        return jsonify({"status": "the database does not answer"}), 503
    database, version = found
    at = last_round(store())
    said = {"status": "ok", database: version, "clock": instant_text(at) if at else None}
    if house().settings.backup_dir:
        made = last_backup(store())
        said["backup"] = instant_text(made) if made else None
    return jsonify(said), 200


@pages.get("/readyz")
def readyz() -> tuple[Response, int]:
    why = not_ready(store())
    return jsonify({"status": why or "ready"}), 503 if why else 200

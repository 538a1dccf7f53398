"""How the house does, for a monitor that shows its token. Nothing here is about anyone."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from datetime import datetime

from flask import Blueprint, Response, abort, request

from companion.services.measure_house import Measured, measure_house
from companion.web.counters import Counters, resident
from companion.web.house import house, now, store
from companion.web.metrics_text import TYPE, Family, Sample, gauge, histogram, labelled, text_of
from companion.web.watch import BOUNDS, CLASSES, GROUPS, counters, name_of

pages = Blueprint("metrics", __name__)


@pages.get("/metrics")
def page() -> Response:
    """Not there without METRICS_TOKEN; 401 without the right one."""
    token = house().settings.metrics_token
    if not token:
        abort(404)
    given = request.headers.get("Authorization", "").encode("utf-8", "replace")
    if not hmac.compare_digest(given, f"Bearer {token}".encode()):
        return Response("", 401, {"WWW-Authenticate": "Bearer"}, mimetype="text/plain")
    measured = measure_house(store(), now())
    families = [*_of_database(measured), *_of_processes(counters())]
    return Response(text_of(families), content_type=TYPE)


def _seconds(at: datetime | None) -> float | None:
    return at.timestamp() if at else None


def _of_database(found: Measured | None) -> Iterator[Family]:
    yield gauge("andante_database_up", "1 when the database answers.", 1 if found else 0)
    if found is None:
        return
    yield gauge("andante_database_bytes", "Size of the database.", found.size)
    help = "Messages to phones and mailboxes of the last 30 days, by what became of them."
    yield labelled("andante_messages", "gauge", help, "state", found.messages)
    yield gauge("andante_reminders_late", "What a clock should have looked at over a minute ago.", found.late)
    yield gauge("andante_clock_round_timestamp_seconds", "When a clock last went round.", _seconds(found.clock))
    yield gauge("andante_backup_timestamp_seconds", "When the last nightly backup was made.", _seconds(found.backup))


def _of_processes(found: Counters | None) -> Iterator[Family]:
    if found is None:
        return
    living = found.processes()
    yield gauge("andante_web_processes", "Web processes on this machine that count.", len(living))
    memory = sum(resident(each) for each in living)
    yield gauge("andante_web_memory_bytes", "Resident memory of these processes together.", memory or None)
    counted = found.all()
    yield _requests(counted)
    yield histogram("andante_request_seconds", "How long answers took, by room.", "group", BOUNDS, _times(counted))


def _requests(counted: Mapping[str, float]) -> Family:
    """Only what was asked at all: a line less for each page that nobody opens."""
    samples = [
        Sample(value, (("endpoint", endpoint), ("status", status)))
        for name, value in counted.items()
        for endpoint, _, status in [name.rpartition(" ")]
        if status in CLASSES and value and name == name_of(endpoint, status)
    ]
    return Family("andante_requests_total", "counter", "Requests by endpoint and class of status.", tuple(samples))


def _times(counted: Mapping[str, float]) -> dict[str, tuple[list[float], float]]:
    return {
        group: ([counted[f"{group} {at}"] for at in range(len(BOUNDS) + 1)], counted[f"{group} sum"])
        for group in GROUPS
    }

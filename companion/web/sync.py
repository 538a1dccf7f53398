"""What the phone kept while it had no network (contract §4, docs/sync.md). Every answer here is JSON."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from flask import Blueprint, Response, current_app, jsonify, request
from werkzeug.exceptions import HTTPException, InternalServerError

from companion.domain.codes import Reason
from companion.services.record_sync import Result, record_sync
from companion.web.forms import worded
from companion.web.house import now, store
from companion.web.locale import translate
from companion.web.login import signed_in_person
from companion.web.offline import of_phone

pages = Blueprint("sync", __name__)

MOST_ENTRIES = 500
LONGEST_ID = 64
MOST_REASONS = 20
"""Why one entry is refused: more than that no phone of ours ever needs, and wording them all takes long."""


@pages.post("/sync")
def sync() -> Response:
    """Each entry is judged on its own; only what is not readable at all refuses the whole request."""
    person = signed_in_person()
    if person is None or request.headers.get("Written-By", of_phone(person)) != of_phone(person):
        return _no(401)  # also when someone else signed in since it was written
    if request.mimetype != "application/json":
        return _no(415)
    body = request.get_data(cache=False)
    if _goes_on(body):
        return _no(413)
    given = _entries(body)
    if given is None:
        return _no(400)
    if len(given) > MOST_ENTRIES:
        return _no(413)
    results = record_sync(store(), person, given, now())
    if results is None:
        return _no(401)
    return jsonify(results=[_told(value, result) for value, result in zip(given, results, strict=True)])


def _goes_on(body: bytes) -> bool:
    """Whether a body that came without a length is longer than what was read of it; one with a length never is."""
    most = current_app.config["MAX_CONTENT_LENGTH"]
    return request.content_length is None and len(body) >= most and bool(request.environ["wsgi.input"].read(1))


def _told(value: object, result: Result) -> dict[str, Any]:
    given = value.get("id") if isinstance(value, dict) else None
    return {
        "id": given[:LONGEST_ID] if isinstance(given, str) else None,
        "status": result.status.value,
        "errors": [_error(reason) for reason in result.reasons[:MOST_REASONS]],
    }


def _error(reason: Reason) -> dict[str, str]:
    return {"field": reason.field, "text": worded(reason)}


def _entries(body: bytes) -> list[object] | None:
    """The list of entries; None for what is not JSON (RFC 8259), has a key twice, or has another shape."""
    try:
        document = json.loads(body.decode(), parse_constant=_no_constant, object_pairs_hook=_each_key_once)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or set(document) != {"entries"} or not isinstance(document["entries"], list):
        return None
    return document["entries"]


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _each_key_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is there twice")
    return found


def _no(status: int) -> Response:
    """A whole request refused: why, in the language of the person or their browser."""
    _ = translate
    said = {
        401: _("Sign in first. What you wrote is still on this phone."),
        403: _("That did not come from this site"),
        413: _("That is too much at once"),
    }
    wrong = _("Something went wrong on our side") if status >= 500 else _("That did not work")
    answer = jsonify(error=said.get(status, wrong))
    answer.status_code = status
    return answer


@pages.errorhandler(HTTPException)
@pages.errorhandler(InternalServerError)
def refused(error: HTTPException) -> Response:
    return _no(error.code or 500)

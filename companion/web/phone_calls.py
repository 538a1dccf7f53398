"""What a phone's scripts ask in JSON: reading it, and refusing it in the language of whoever holds the phone."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, abort, jsonify, request

from companion.domain.codes import Refused
from companion.web.forms import worded
from companion.web.locale import translate


def read_object(most: int) -> dict[str, Any]:
    """The JSON object of this request, at most so many bytes; an empty one where nothing was sent. Aborts with 4xx."""
    if request.content_length is not None and request.content_length > most:
        abort(413)
    body = request.stream.read(most + 1)
    if len(body) > most:
        abort(413)
    if not body:
        return {}
    if request.mimetype != "application/json":
        abort(415)
    try:
        found = json.loads(body.decode())
    except (ValueError, RecursionError):
        abort(400)
    if not isinstance(found, dict):
        abort(400)
    return found


def no(status: int, refused: Refused | None = None) -> Response:
    """Why not, in words, with the sentences of a refusal."""
    _ = translate
    said = {
        401: _("Sign in first."),
        403: _("That did not come from this site"),
        413: _("That is too much at once"),
    }
    wrong = _("Something went wrong on our side") if status >= 500 else _("That did not work")
    reasons = refused.reasons if refused else ()
    errors = [{"field": reason.field, "text": worded(reason)} for reason in reasons]
    answer = jsonify(error=errors[0]["text"] if errors else said.get(status, wrong), errors=errors)
    answer.status_code = status
    return answer


def done(status: int = 204, **told: Any) -> Response:
    """It is done; with what is told of it, as JSON."""
    answer = jsonify(told) if told else Response()
    answer.status_code = status
    return answer

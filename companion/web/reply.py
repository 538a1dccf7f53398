"""A form that is refused comes back with what was typed."""

from __future__ import annotations

from typing import Any, Final

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.web.forms import Form

WAITS: Final = {"person_wait"}
"""Reasons that only ask for patience."""


def refused_page(template: str, refused: Refused, **context: Any) -> Response:
    """The same form with everything typed still in it and the sentences beside the fields."""
    form = Form(request.form, refused)
    status = 429 if any(reason.code in WAITS for reason in refused.reasons) else 422
    return make_response(render_template(template, form=form, **context), status)

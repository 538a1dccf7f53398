"""A form that is refused comes back with what was typed."""

from __future__ import annotations

from typing import Any

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.web.forms import Form


def refused_page(template: str, refused: Refused, status: int = 422, **context: Any) -> Response:
    """The same form with everything typed still in it and the sentences beside the fields."""
    form = Form(request.form, refused)
    return make_response(render_template(template, form=form, **context), status)

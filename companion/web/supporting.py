"""What someone close sees behind their link, and the kind word they may send. No menu, no cookie, no sign-in.

Only a form of this page sends anything: opening it, asking for its head or looking ahead never does.
"""

from __future__ import annotations

from uuid import uuid4

from flask import Blueprint, Response, g, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from companion.domain.codes import Refused
from companion.domain.supporter import read_said
from companion.i18n.catalogues import LANGUAGES, NAMES
from companion.services.look_supporter import find_supporter, look_supporter
from companion.services.send_kind_word import send_kind_word
from companion.storage.supporters import Supporter
from companion.web.forms import Form, entry_id
from companion.web.house import now, store
from companion.web.kind_words import offered_words
from companion.web.locale import current_language
from companion.web.redirect import see_other
from companion.web.shared import quietly

pages = Blueprint("supporting", __name__, url_prefix="/s/close")
pages.after_request(quietly)


def _found(token: str) -> Supporter | None:
    supporter = find_supporter(store(), token, now())
    if supporter and supporter.language and request.values.get("language") not in LANGUAGES:
        g.language = supporter.language
    return supporter


def _page(template: str, status: int = 200, **context: object) -> Response:
    languages = [(code, NAMES[code]) for code in LANGUAGES if code != current_language()]
    token = (request.view_args or {})["token"]
    return make_response(render_template(template, languages=languages, token=token, **context), status)


def _read(supporter: Supporter, form: Form, status: int = 200, *, sent: bool = False) -> Response:
    shown = look_supporter(store(), supporter, now())
    return _page(
        "supporting/supporting.html",
        status,
        shown=shown,
        offered=offered_words(list(shown.offered)),
        form=form,
        sent=sent,
        form_id=request.form.get("entry_id") or str(uuid4()),
    )


@pages.get("/<token>")
def page(token: str) -> Response:
    supporter = _found(token)
    if supporter is None:
        return _page("shared/gone.html", 404)
    return _read(supporter, Form({}), sent=request.args.get("sent") == "yes")


@pages.post("/<token>")
def send(token: str) -> AnyResponse:
    """A kind word. What was typed comes back when it cannot be taken."""
    supporter = _found(token)
    if supporter is None:
        return _page("shared/gone.html", 404)
    said = read_said(request.form.get("kind", ""), request.form.get("words", ""), own_words=supporter.own_words)
    refused = said if isinstance(said, Refused) else send_kind_word(store(), supporter, said, entry_id(), now())
    if refused:
        code = refused.reasons[0].code
        if code == "kind_gone":
            return _page("shared/gone.html", 404)
        status = 429 if code == "kind_enough" else 422
        return _read(supporter, Form(request.form, refused), status)
    return see_other(url_for("supporting.page", token=token, language=current_language(), sent="yes"))

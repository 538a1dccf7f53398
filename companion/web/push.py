"""Messages to phones: a browser subscribes, tries it out, and says what it showed (contract §4). Answers are JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, Response, request, url_for
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response as AnyResponse

from companion.domain.codes import Refused
from companion.domain.person import Person
from companion.services import forget_device
from companion.services.note_received import note_received
from companion.services.send_test import Tested, send_test
from companion.services.subscribe import subscribe
from companion.web.house import house, now, store
from companion.web.login import device, signed_in_person
from companion.web.phone_calls import done, no, read_object
from companion.web.redirect import see_other
from companion.web.this_phone import forget_phone, name_phone, this_phone

pages = Blueprint("push", __name__)

MOST: Final = 8192
"""Bytes of a subscription; the longest that browsers give is under a tenth of it."""


@pages.get("/push/key")
def key() -> Response:
    """What a browser subscribes with. The same for everyone, and no secret."""
    answer = done(200, key=house().vapid.public)
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@pages.post("/push/subscriptions")
def keep() -> Response:
    """201 for an address that is new, 200 for one that is known; `gone` when its push service does not know it."""
    person = signed_in_person()
    if person is None:
        return no(401)
    kept = subscribe(
        store(),
        person,
        read_object(MOST),
        phone=this_phone(),
        device=device(),
        hosts=house().settings.push_hosts,
        key=house().vapid.name,
        now=now(),
    )
    if isinstance(kept, Refused):
        return no(422, kept)
    answer = done(201 if kept.new else 200, device=kept.phone, gone=kept.gone)
    name_phone(answer, kept.phone)
    return answer


@pages.post("/push/subscriptions/forget")
def forget() -> AnyResponse:
    """No messages any more to an address (`endpoint`), to one of their browsers (`device`), or to this one."""
    person = signed_in_person()
    if person is None:
        return _asks_to_sign_in()
    given = _given()
    endpoint, named = given.get("endpoint"), given.get("device")
    if isinstance(endpoint, str):
        forget_device.forget_address(store(), person, endpoint)
    else:
        forget_device.forget_device(store(), person, named if isinstance(named, str) else this_phone())
    if _from_a_page():
        return see_other(BACK, "push-forgotten")
    answer = done()
    if not isinstance(named, str) or named == this_phone():
        forget_phone(answer)
    return answer


@pages.post("/push/test")
def test() -> AnyResponse:
    """A message now, to one browser (`device`) or to every one of this person: 202, and what became of it."""
    person = signed_in_person()
    if person is None:
        return _asks_to_sign_in()
    named = _given().get("device")
    sent = _send(person, named if isinstance(named, str) else "")
    if _from_a_page():
        arrived = not isinstance(sent, Refused) and sent.handed
        return see_other(BACK, "push-sent" if arrived else "push-not-sent")
    if isinstance(sent, Refused):
        return no(429 if sent.reasons[0].code == "push_wait" else 409, sent)
    return done(202, handed=sent.handed, gone=sent.gone, later=sent.later)


@pages.post("/push/received")
def received() -> Response:
    """A worker showed a message. Nobody has to be signed in: only that phone knows the token."""
    token = read_object(MOST).get("token")
    note_received(store(), token if isinstance(token, str) else "", now())
    return done()


BACK: Final = "/reminders"


def _send(person: Person, named: str) -> Tested | Refused:
    settings = house().settings
    return send_test(
        store(), person, house().post, now(), app_name=settings.app_name, base_url=settings.base_url, device=named
    )


def _given() -> Mapping[str, Any]:
    form = request.mimetype in {"application/x-www-form-urlencoded", "multipart/form-data"}
    return request.form if form else read_object(MOST)


def _from_a_page() -> bool:
    """Whether a page without scripts asks this: it wants a page back."""
    return request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html"


def _asks_to_sign_in() -> AnyResponse:
    return see_other(url_for("login.form", next=BACK)) if _from_a_page() else no(401)


@pages.errorhandler(HTTPException)
@pages.errorhandler(InternalServerError)
def refused(error: HTTPException) -> Response:
    return no(error.code or 500)

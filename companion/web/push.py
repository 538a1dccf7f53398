"""Messages to phones: a browser subscribes, tries it out, and says what it showed (contract §4). Answers are JSON,
but where the form of a page asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, Response, request, url_for
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response as AnyResponse

from companion.domain.codes import Refused
from companion.services.ask_later import MINUTES, ask_later
from companion.services.forget_device import forget_address, forget_device
from companion.services.instant_text import instant
from companion.services.note_received import note_received
from companion.services.send_test import send_test
from companion.services.sign_in import gets_messages
from companion.services.subscribe import subscribe
from companion.web.house import house, now, store
from companion.web.login import current_token, device, signed_in_person
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
    """201 for an address that is new, 200 for one that is known; `gone` when its push service does not know it; no
    `device` when it was taken away and only says itself that it is there."""
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
    gets_messages(store(), person, current_token(), kept.phone)
    answer = done(201 if kept.new else 200, device=kept.phone, gone=kept.gone)
    if kept.phone:
        name_phone(answer, kept.phone)
    else:
        forget_phone(answer)
    return answer


@pages.post("/push/subscriptions/forget")
def forget() -> AnyResponse:
    """No messages any more to an address (`endpoint`), to one of their browsers (`device`), or to this one."""
    person = signed_in_person()
    if person is None:
        return _asks_to_sign_in()
    given = _given()
    endpoint, named = given.get("endpoint"), given.get("device")
    phone = named if isinstance(named, str) else this_phone()
    if isinstance(endpoint, str):
        forget_address(store(), person, endpoint)
    else:
        forget_device(store(), person, phone)
    answer = see_other(BACK, "push-forgotten") if _from_a_page() else done()
    if phone == this_phone():
        forget_phone(answer)
    return answer


@pages.post("/push/test")
def test() -> AnyResponse:
    """A message now, to one browser (`device`) or to every one of this person: 202, and what became of it."""
    person = signed_in_person()
    if person is None:
        return _asks_to_sign_in()
    wanted = _given().get("device")
    settings = house().settings
    sent = send_test(
        store(),
        person,
        house().post,
        now(),
        app_name=settings.app_name,
        base_url=settings.base_url,
        device=wanted if isinstance(wanted, str) else "",
    )
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


@pages.post("/push/later")
def later() -> Response:
    """The same once more: in `minutes` (10 or 60), or `tonight`. `at`: when, in universal time; null where that would
    be too late. As with what was shown, the token is enough."""
    asked = read_object(MOST)
    token, minutes = asked.get("token"), asked.get("minutes")
    if not isinstance(token, str) or not (
        asked.get("tonight") is True or (type(minutes) is int and minutes in MINUTES)
    ):
        return no(422)
    at = ask_later(store(), token, None if asked.get("tonight") is True else minutes, now())
    return done(200, at=instant(at))


BACK: Final = "/reminders#devices"


def _given() -> Mapping[str, Any]:
    form = request.mimetype in {"application/x-www-form-urlencoded", "multipart/form-data"}
    return request.form if form else read_object(MOST)


def _from_a_page() -> bool:
    """Whether a form of a page asks this: a page follows."""
    return request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html"


def _asks_to_sign_in() -> AnyResponse:
    return see_other(url_for("login.form", next="/reminders")) if _from_a_page() else no(401)


@pages.errorhandler(HTTPException)
@pages.errorhandler(InternalServerError)
def refused(error: HTTPException) -> Response:
    return no(error.code or 500)

"""Messages to phones: a browser subscribes, tries it out, and says what it showed (contract §4). Answers are JSON."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response
from werkzeug.exceptions import HTTPException, InternalServerError

from companion.domain.codes import Refused
from companion.services.ask_later import MINUTES, ask_later
from companion.services.forget_device import forget_address, forget_device
from companion.services.instant_text import instant
from companion.services.note_received import note_received
from companion.services.send_test import send_test
from companion.services.subscribe import subscribe
from companion.web.house import house, now, store
from companion.web.login import device, signed_in_person
from companion.web.phone_calls import done, no, read_object
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
def forget() -> Response:
    """No messages any more to an address (`endpoint`) of theirs, or to this browser."""
    person = signed_in_person()
    if person is None:
        return no(401)
    endpoint = read_object(MOST).get("endpoint")
    if isinstance(endpoint, str):
        forget_address(store(), person, endpoint)
    else:
        forget_device(store(), person, this_phone())
    answer = done()
    forget_phone(answer)
    return answer


@pages.post("/push/test")
def test() -> Response:
    """A message now, to one browser (`device`) or to every one of this person: 202, and what became of it."""
    person = signed_in_person()
    if person is None:
        return no(401)
    wanted = read_object(MOST).get("device")
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


@pages.errorhandler(HTTPException)
@pages.errorhandler(InternalServerError)
def refused(error: HTTPException) -> Response:
    return no(error.code or 500)

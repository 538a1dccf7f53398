"""The text of a push message: the shape of Declarative Web Push for everyone, so that an iPhone shows it even when our
worker does not run (https://webkit.org/blog/16535/meet-declarative-web-push/), and beside it what our worker needs."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, Final

from companion.domain.reminder.message import Message
from companion.notify.parcel import LONGEST

DECLARATIVE: Final = 8030
LONGEST_BODY: Final = 400
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def payload(message: Message, *, token: str, tag: str, kind: str, whose: str, base_url: str = "") -> bytes:
    """At most LONGEST bytes of JSON: a body that is too long is cut, and what is over is read in the app.

    `token` comes back when the message was shown; `tag` folds messages about the same thing, and means nothing to
    whoever reads it; `whose` is the name of the person on their phone.
    """
    if len(message.body) > LONGEST_BODY:
        message = replace(message, body=message.body[: LONGEST_BODY - 1] + "…")
    written = _written(message, token, tag, kind, whose, base_url)
    if len(written) > LONGEST:  # then only what "done" would store can be that much: the app opens instead
        actions = tuple(each for each in message.actions if each.action != "done")
        less = replace(message, actions=actions, entries=())
        written = _written(less, token, tag, kind, whose, base_url)
    return written


def _written(message: Message, token: str, tag: str, kind: str, whose: str, base_url: str) -> bytes:
    notification: dict[str, Any] = {
        "title": message.title,
        "body": message.body,
        "navigate": base_url + message.path,
        "lang": message.lang,
        "tag": tag,
        "silent": False,
    }
    ours: dict[str, Any] = {
        "token": token,
        "kind": kind,
        "actions": [{"action": each.action, "title": each.title} for each in message.actions],
        "entries": [dict(entry) for entry in message.entries],
        "neutral": {"title": message.neutral_title, "body": message.neutral_body},
        "whose": whose,
    }
    document = {"web_push": DECLARATIVE, "notification": notification, "andante": ours}
    return _ENCODER.encode(document).encode()

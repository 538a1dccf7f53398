"""What is handed to a push service, and what became of it. Outcomes are values; nothing here raises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

LONGEST: Final = 3993
"""Bytes of a payload: one record of 4,096 holds no more (RFC 8291 §4, RFC 8188 §2)."""


class Urgency(StrEnum):
    """How soon a phone that saves its battery is woken (RFC 8030 §5.3)."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message for one browser.

    `token` is the caller's own name for it. `endpoint`, `p256dh` and `auth` are the subscription (base64url, as the
    browser gave them); `payload` is plain text of at most LONGEST bytes. `ttl`: seconds the push service may keep it.
    `topic`: up to 32 characters of base64url, or "": a newer one takes the place of an older one that waits. `key`: the
    name of the key of ours that the browser subscribed with, "" where that is not known.
    """

    token: str
    endpoint: str
    p256dh: str
    auth: str
    payload: bytes
    ttl: int
    urgency: Urgency = Urgency.NORMAL
    topic: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Handed:
    """The push service has it."""


@dataclass(frozen=True, slots=True)
class Gone:
    """Nobody listens at this address any more (404, 410): forget the subscription."""


@dataclass(frozen=True, slots=True)
class TooLarge:
    """Our bug: the message is larger than may be."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Not now (429, 5xx, a time-out, no connection, a redirect, no HTTP at all). `until`: not before then, where the
    service asked for that; None: as the caller thinks. `code`: "429", "timeout", "connection", "redirect" …"""

    until: datetime | None
    code: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """The service at this origin refuses our key (401, 403), or just did: send it nothing more, and alarm."""

    origin: str
    code: str


@dataclass(frozen=True, slots=True)
class Failed:
    """It cannot be sent, and not later either: an address we do not send to, keys that are none, another 4xx."""

    code: str


Outcome = Handed | Gone | TooLarge | Wait | Stopped | Failed

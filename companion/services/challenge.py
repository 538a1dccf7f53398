"""What a passkey signs: 16 random bytes, until when, and a mark of both and of what it is for. Nothing is kept of it
until it is answered: no page that is only looked at writes anything, and nobody needs a cookie for it."""

from __future__ import annotations

import hmac
import secrets
from datetime import UTC, datetime, timedelta
from typing import Final

from companion.storage.unit_of_work import Unit

LASTS: Final = timedelta(minutes=10)
PATIENCE: Final = int(LASTS.total_seconds() * 1000)
"""Milliseconds that a browser waits for its person."""
_PLAIN: Final = 16 + 8


def new_challenge(unit: Unit, purpose: str, now: datetime) -> bytes:
    """`purpose` tells what for: adding one in a certain session, or coming in."""
    until = int((now + LASTS).timestamp())
    plain = secrets.token_bytes(16) + until.to_bytes(8, "big")
    return plain + _mark(unit, purpose, plain)


def still_stands(unit: Unit, purpose: str, challenge: bytes, now: datetime) -> bool:
    """Whether we gave this for this, a moment ago."""
    plain, mark = challenge[:_PLAIN], challenge[_PLAIN:]
    if not hmac.compare_digest(mark, _mark(unit, purpose, plain)):
        return False
    return now <= datetime.fromtimestamp(int.from_bytes(plain[16:], "big"), UTC)


def _mark(unit: Unit, purpose: str, plain: bytes) -> bytes:
    return bytes.fromhex(unit.seal.mark(f"challenge {purpose} {plain.hex()}"))

"""Whether someone who is signed in said who they are a moment ago: with their passphrase, a code or a passkey."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from flask import session

from companion.services.tokens import digest
from companion.web.house import now

SURE: Final = "sure"
LASTS: Final = timedelta(minutes=10)


def be_sure(token: str) -> None:
    """They said so just now, in the session with this token."""
    session[SURE] = [digest(token)[:16], now().isoformat()]


def is_sure(token: str) -> bool:
    whose, since = session.get(SURE, ("", ""))
    return bool(whose == digest(token)[:16] and timedelta() <= now() - datetime.fromisoformat(since) <= LASTS)

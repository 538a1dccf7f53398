"""Opaque random values and their digests. Only digests are stored."""

from __future__ import annotations

import hashlib
import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""For codes a person copies by hand: no 0/O, 1/I."""

CODES = 8


def new_token() -> str:
    """256 random bits for a session."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def of_phone(person_id: str) -> str:
    """A name for this person on a phone: the same each time, and telling nothing."""
    return digest("kept " + person_id)[:16]


def new_recovery_codes() -> list[str]:
    """Eight codes of 16 characters (80 random bits each), in groups of four to read aloud."""
    return ["-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4)) for _ in range(CODES)]


def code_digest(code: str) -> str:
    """The digest of a recovery code, however it was typed: case, spaces and dashes do not count."""
    plain = "".join(ch for ch in code.upper() if ch.isalnum())
    return digest(plain)

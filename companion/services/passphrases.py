"""Passphrases: argon2id with 19 MiB, t = 2, p = 1 (OWASP's first choice; 25 ms, facts/tech.md §5)."""

from __future__ import annotations

from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = BoundedSemaphore(4)  # bounds the memory of many sign-ins at the same time
NO_PASSPHRASE: Final = "none"  # noqa: S105  # it opens nothing
"""Kept for someone who has none: it is no hash, and nothing that is typed fits it."""
_NOBODY = _HASHER.hash("the passphrase of nobody")


def hash_passphrase(passphrase: str) -> str:
    with _AT_ONCE:
        return _HASHER.hash(passphrase)


def verify_passphrase(stored: str | None, passphrase: str) -> bool:
    """Whether the passphrase fits. None (no such person) takes just as long and is never right."""
    with _AT_ONCE:
        try:
            right = _HASHER.verify(stored or _NOBODY, passphrase)
        except (VerificationError, InvalidHashError):
            return False
    return right and stored is not None

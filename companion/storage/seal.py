"""Free text at rest: AES-256-GCM under a key derived from DATA_KEY, bound to the person it belongs to.

Sealed text is "1." and base64url(nonce + ciphertext); "" stays "". Moving a sealed value to another person's
row makes it unreadable (the person's id is authenticated).
"""

from __future__ import annotations

import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Seal:
    """Seals and opens text with one data key. `data_key` is a secret of at least 16 characters."""

    def __init__(self, data_key: str) -> None:
        if len(data_key) < 16:
            raise ValueError("DATA_KEY must have at least 16 characters.")
        key = HKDF(SHA256(), 32, None, b"companion words").derive(data_key.encode())
        self._cipher = AESGCM(key)
        self._key = key

    def close(self, text: str, person_id: str) -> str:
        if not text:
            return ""
        nonce = os.urandom(12)
        sealed = nonce + self._cipher.encrypt(nonce, text.encode(), person_id.encode())
        return "1." + urlsafe_b64encode(sealed).decode()

    def open(self, sealed: str, person_id: str) -> str:
        """The text again. Raises cryptography's InvalidTag when key or person do not fit."""
        if not sealed:
            return ""
        raw = urlsafe_b64decode(sealed.removeprefix("1."))
        return self._cipher.decrypt(raw[:12], raw[12:], person_id.encode()).decode()

    def mark(self, text: str) -> str:
        """A keyed digest: the same for the same text, and not to be guessed without the key."""
        return hmac.digest(self._key, text.encode(), "sha256").hex()

"""Free text at rest: AES-256-GCM under a random key of the person it belongs to (docs/adr/0011).

Sealed text is "2." and base64url(nonce + ciphertext); "" stays "". Moving a sealed value to another person's row makes
it unreadable: it has another key, and the person's id is authenticated. What begins with "1." was sealed before there
were keys of people, for everyone under one key; it is still read.
"""

from __future__ import annotations

import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlmodel import Session

from companion.storage import keys
from companion.storage.wrapping import Ring, Wrapped, open_legacy

MANY = 500
"""Keys in one question."""


class NoKey(LookupError):
    """There is no key to these words (any more)."""


class Seal:
    """Seals and opens words in one transaction. A key is asked for once; `fetch` asks for many in one question."""

    def __init__(self, session: Session, ring: Ring, house_key: bytes, now: datetime) -> None:
        self._session, self._ring, self._house_key, self._now = session, ring, house_key, now
        self._ciphers: dict[str, AESGCM] = {}
        self._wrapped: dict[str, Wrapped] = {}

    def know(self, person_id: str, wrapped: Wrapped) -> None:
        """Someone's key, read in this transaction beside something else of theirs: it need not be asked for."""
        self._wrapped[person_id] = wrapped

    def fetch(self, person_ids: Collection[str]) -> None:
        """The keys of these people, ahead of opening what is theirs."""
        missing = sorted(set(person_ids) - set(self._ciphers))
        for start in range(0, len(missing), MANY):
            for person_id, wrapped in keys.of_people(self._session, missing[start : start + MANY]).items():
                if self._ring.opens(wrapped):  # one that we cannot open stops no other
                    self._ciphers[person_id] = AESGCM(self._ring.unwrap(wrapped, person_id))

    def _cipher(self, person_id: str) -> AESGCM:
        if person_id not in self._ciphers:
            wrapped = self._wrapped.get(person_id) or keys.of_people(self._session, [person_id]).get(person_id)
            if wrapped is None:
                raise NoKey("there is no key to these words")
            self._ciphers[person_id] = AESGCM(self._ring.unwrap(wrapped, person_id))
        return self._ciphers[person_id]

    def make_key(self, person_id: str) -> None:
        """A key for this person, unless they have one. Kept with whatever this transaction writes, or not at all."""
        keys.make(self._session, self._ring, person_id, self._now)

    def close(self, text: str, person_id: str) -> str:
        if not text:
            return ""
        try:
            cipher = self._cipher(person_id)
        except NoKey:
            self.make_key(person_id)
            cipher = self._cipher(person_id)
        nonce = os.urandom(12)
        return "2." + urlsafe_b64encode(nonce + cipher.encrypt(nonce, text.encode(), person_id.encode())).decode()

    def open(self, sealed: str, person_id: str) -> str:
        """The text again. Raises InvalidTag when key or person do not fit, NoKey or WrongKey when there is no key."""
        if not sealed:
            return ""
        if sealed.startswith("1."):
            text = open_legacy(self._house_key, sealed, person_id)
            if text is None:
                raise InvalidTag
            return text
        raw = urlsafe_b64decode(sealed.removeprefix("2."))
        return self._cipher(person_id).decrypt(raw[:12], raw[12:], person_id.encode()).decode()

    def mark(self, text: str) -> str:
        """A keyed digest: the same for the same text, and not to be guessed without the key."""
        return hmac.digest(self._house_key, text.encode(), "sha256").hex()

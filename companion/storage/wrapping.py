"""Keys under keys: what DATA_KEY wraps, and how it is named. AES-256-GCM, bound to whom it is about."""

from __future__ import annotations

import hashlib
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SHORTEST: Final = 16
"""Characters of a DATA_KEY."""


class WrongKey(Exception):
    """No DATA_KEY that we were given opens this."""


@dataclass(frozen=True)
class Wrapped:
    """A wrapped key and the name of the DATA_KEY it was wrapped with."""

    text: str
    by: str


class DataKey:
    """One DATA_KEY: what is derived from it. Nothing tells the key from its `name`."""

    def __init__(self, text: str) -> None:
        if len(text) < SHORTEST:
            raise ValueError("DATA_KEY must have at least 16 characters.")
        self._secret = text.encode()
        self.cipher = AESGCM(self._derived(b"companion wrapping"))
        self.name = hashlib.sha256(self._derived(b"companion key name")).hexdigest()[:16]

    def _derived(self, purpose: bytes) -> bytes:
        return HKDF(SHA256(), 32, None, purpose).derive(self._secret)

    @property
    def legacy(self) -> bytes:
        """The key that sealed everyone's words, and made marks, before there were keys of people."""
        return self._derived(b"companion words")


class Ring:
    """The DATA_KEY that wraps from now on, and others that still open."""

    def __init__(self, data_key: str, others: Sequence[str] = ()) -> None:
        self.current = DataKey(data_key)
        self.keys = [self.current, *map(DataKey, others)]
        self._by_name = {each.name: each for each in self.keys}

    def wrap(self, key: bytes, about: str) -> Wrapped:
        nonce = os.urandom(12)
        text = urlsafe_b64encode(nonce + self.current.cipher.encrypt(nonce, key, about.encode())).decode()
        return Wrapped(text, self.current.name)

    def unwrap(self, wrapped: Wrapped, about: str) -> bytes:
        """The key again. Raises WrongKey when none of ours opens it, or when it is about somebody else."""
        if wrapped.by not in self._by_name:
            raise WrongKey
        raw = urlsafe_b64decode(wrapped.text)
        try:
            return self._by_name[wrapped.by].cipher.decrypt(raw[:12], raw[12:], about.encode())
        except InvalidTag:
            raise WrongKey from None

    def opens(self, wrapped: Wrapped) -> bool:
        return wrapped.by in self._by_name


def open_legacy(key: bytes, sealed: str, person_id: str) -> str | None:
    """Words of before there were keys of people; None when this is not their key."""
    raw = urlsafe_b64decode(sealed.removeprefix("1."))
    try:
        return AESGCM(key).decrypt(raw[:12], raw[12:], person_id.encode()).decode()
    except InvalidTag:
        return None

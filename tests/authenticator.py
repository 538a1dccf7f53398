"""A phone that holds passkeys, in software (WebAuthn level 2 §6). It signs what a test wants, true or not."""

from __future__ import annotations

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40


def text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def raw(said: str) -> bytes:
    return urlsafe_b64decode(said + "=" * (-len(said) % 4))


@dataclass
class Authenticator:
    """One passkey. `origin` and `host`: where the browser says it is. `signs` goes up with each use."""

    origin: str = "http://localhost"
    host: str = "localhost"
    flags: int = PRESENT | VERIFIED
    signs: int = 0
    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    handle: bytes = b""

    def make(self, asked: str, **client: Any) -> str:
        """A new passkey, as the browser answers to `navigator.credentials.create`."""
        options = json.loads(asked)
        self.handle = raw(options["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(public)
        data = self._data(WITH_KEY) + attested
        said = self._client("webauthn.create", options["challenge"], client)
        statement = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(clientDataJSON=said, attestationObject=statement)

    def sign(self, asked: str, **client: Any) -> str:
        """The answer to `navigator.credentials.get`."""
        self.signs += 1
        data = self._data()
        said = self._client("webauthn.get", json.loads(asked)["challenge"], client)
        signature = self.key.sign(data + hashlib.sha256(said).digest(), ECDSA(SHA256()))
        return self._answer(clientDataJSON=said, authenticatorData=data, signature=signature, userHandle=self.handle)

    def _data(self, more: int = 0) -> bytes:
        host = hashlib.sha256(self.host.encode()).digest()
        return host + bytes([self.flags | more]) + self.signs.to_bytes(4, "big")

    def _client(self, kind: str, challenge: str, more: dict[str, Any]) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False} | more
        return json.dumps(said).encode()

    def _answer(self, **parts: bytes) -> str:
        response = {name: text(value) for name, value in parts.items()}
        return json.dumps({"id": text(self.id), "rawId": text(self.id), "type": "public-key", "response": response})

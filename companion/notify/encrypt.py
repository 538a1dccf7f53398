"""Message encryption for web push: one aes128gcm record (RFC 8291, RFC 8188, RFC 5869).

Written out because it is the hot path: `http_ece` and `pywebpush` do the same in 1.3 to 3 times as long
(facts/tech.md §1); the tests decrypt with them and check the example of RFC 8291 §5.
"""

from __future__ import annotations

import hmac
import os
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from companion.notify.parcel import LONGEST

_CURVE: Final = SECP256R1()
_RECORD: Final = (4096).to_bytes(4, "big")
_STEP: Final = 512
"""Texts are filled up to steps of this many bytes: their length tells a push service nothing of what they say."""


def encrypt(
    text: bytes,
    p256dh: bytes,
    auth: bytes,
    *,
    key: EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
    step: int = _STEP,
) -> bytes:
    """The body of a push message with `text`, at most LONGEST bytes, for the browser with these keys.

    `key` and `salt` are fresh ones unless a test gives them. Raises ValueError for keys that are none.
    """
    if len(text) > LONGEST:
        raise ValueError("the text is longer than one record holds")
    if len(auth) != 16:
        raise ValueError("the secret of a browser is 16 bytes")
    key = key or generate_private_key(_CURVE)
    salt = salt or os.urandom(16)
    ours = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = key.exchange(ECDH(), EllipticCurvePublicKey.from_encoded_point(_CURVE, p256dh))
    # RFC 8291 §3.4: each HKDF has one block of output, so expanding is one HMAC with a counter of 1.
    secret = _hmac(_hmac(auth, shared), b"WebPush: info\0" + p256dh + ours + b"\1")
    seed = _hmac(salt, secret)
    content_key = _hmac(seed, b"Content-Encoding: aes128gcm\0\1")[:16]
    nonce = _hmac(seed, b"Content-Encoding: nonce\0\1")[:12]
    filled = min(-(-(len(text) + 1) // step) * step, LONGEST + 1) if step else len(text) + 1
    record = text + b"\2" + bytes(filled - len(text) - 1)
    return salt + _RECORD + bytes([len(ours)]) + ours + AESGCM(content_key).encrypt(nonce, record, None)


def _hmac(key: bytes, data: bytes) -> bytes:
    return hmac.digest(key, data, "sha256")

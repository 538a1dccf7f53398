"""What a strict push service checks of each message: RFC 8030, RFC 8188, RFC 8291, RFC 8292, and what Apple and Mozilla
add (facts/tech.md §1 and §2). Written from those, with none of our own code."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from datetime import datetime

import http_ece
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256


class Wrong(Exception):
    """A message that a push service refuses: the status it answers, and why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def check_headers(headers: Mapping[str, str]) -> None:
    ttl = headers.get("TTL")
    if ttl is None or not re.fullmatch(r"\d+", ttl):
        raise Wrong(400, f"TTL {ttl}")
    if headers.get("Urgency", "normal") not in {"very-low", "low", "normal", "high"}:
        raise Wrong(400, "Urgency")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,32}", headers.get("Topic", "x")):
        raise Wrong(400, "Topic")
    if headers.get("Content-Encoding") != "aes128gcm":
        raise Wrong(400, "Content-Encoding")
    if "Encryption" in headers or "Crypto-Key" in headers:
        raise Wrong(400, "headers of the draft before the RFC")


def check_body(body: bytes) -> None:
    """One aes128gcm record whose key is a point on the curve."""
    if len(body) > 4096:
        raise Wrong(413, f"{len(body)} bytes")
    if len(body) < 16 + 4 + 1 + 65 + 18 or body[20] != 65:
        raise Wrong(400, "header of the record")
    size = int.from_bytes(body[16:20], "big")
    if size < 18 or len(body) - 86 > size:
        raise Wrong(400, "more than one record")
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), body[21:86])
    except ValueError as error:
        raise Wrong(400, "point") from error


def check_vapid(headers: Mapping[str, str], origin: str, key: str, now: datetime) -> None:
    """The token is signed by the key that the browser subscribed with, for us, for a while, by someone real."""
    found = re.fullmatch(r"vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), ?k=([\w-]+)", headers.get("Authorization", ""))
    if not found:
        raise Wrong(401, "Authorization")
    head, body, signature, given = found.groups()
    if given.rstrip("=") != key.rstrip("="):
        raise Wrong(403, "another key than the browser subscribed with")
    raw = decoded(signature)
    if len(raw) != 64:
        raise Wrong(401, "signature")
    public = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), decoded(given))
    signed = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    try:
        public.verify(signed, f"{head}.{body}".encode(), ECDSA(SHA256()))
    except InvalidSignature as error:
        raise Wrong(401, "signature") from error
    claims = json.loads(decoded(body))
    if json.loads(decoded(head)) != {"typ": "JWT", "alg": "ES256"}:
        raise Wrong(401, "algorithm")
    if claims.get("aud") != origin:
        raise Wrong(401, f"aud {claims.get('aud')}")
    left = claims.get("exp", 0) - now.timestamp()
    if not 0 < left <= 24 * 3600:
        raise Wrong(401, f"exp in {left} seconds")
    if not re.fullmatch(r"(mailto:[^@\s]+@|https://)[a-z0-9.-]+\.[a-z]{2,}[^\s]*", claims.get("sub", "")):
        raise Wrong(403, "BadJwtToken: sub")
    if re.search(r"localhost|\.invalid\b", claims["sub"]):
        raise Wrong(403, "BadJwtToken: sub")


def opened(body: bytes, key: EllipticCurvePrivateKey, auth: bytes) -> bytes:
    """The text, as the reference implementation reads it."""
    text: bytes = http_ece.decrypt(body, private_key=key, auth_secret=auth, version="aes128gcm")
    return text

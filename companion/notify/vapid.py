"""Our name towards push services: one key pair and a signed token for each of them (RFC 8292)."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    derive_private_key,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from companion.notify.target import read_base64url

VALID: Final = timedelta(hours=20)
"""How long a token counts: push services refuse more than 24 hours (RFC 8292 §2), and clocks differ."""

REUSED: Final = timedelta(hours=12)

_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_MAIL: Final = re.compile(r"mailto:[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?P<host>[A-Za-z0-9.-]+)")
_SITE: Final = re.compile(r"https://(?P<host>[A-Za-z0-9.-]+)(?::\d{1,5})?(?:/[!-~]*)?")
_NOWHERE: Final = ("localhost", "localdomain", "local", "invalid", "internal", "lan", "home", "arpa")


def new_private_key() -> str:
    """A fresh private key: 32 bytes as base64url."""
    number = generate_private_key(SECP256R1()).private_numbers().private_value
    return _base64url(number.to_bytes(32, "big"))


def read_private_key(text: str) -> EllipticCurvePrivateKey:
    """The P-256 key in base64url (32 bytes, as `new_private_key` makes it) or PEM. ValueError for anything else."""
    text = text.strip().replace("\\n", "\n")
    if text.startswith("-----BEGIN"):
        try:
            key = load_pem_private_key(text.encode(), None)
        except Exception as error:  # cryptography has several kinds of these
            raise ValueError("the PEM cannot be read") from error
        if not isinstance(key, EllipticCurvePrivateKey) or not isinstance(key.curve, SECP256R1):
            raise ValueError("it is not a key on P-256")
        return key
    raw = read_base64url(text)
    number = int.from_bytes(raw, "big")
    if len(raw) != 32 or not 0 < number < _ORDER:
        raise ValueError("it is neither 32 bytes in base64url nor PEM")
    return derive_private_key(number, SECP256R1())


def is_subject(text: str) -> bool:
    """Whether a push service can reach whoever is behind this address: mailto: or https: at a real host.

    Apple answers 403 to each message with `@localhost`, `.invalid` or a space in it (facts/tech.md §1).
    """
    found = _MAIL.fullmatch(text) or _SITE.fullmatch(text)
    return found is not None and _is_real(found["host"].lower())


def _is_real(host: str) -> bool:
    labels = host.split(".")
    if len(labels) < 2 or not all(re.fullmatch(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", label) for label in labels):
        return False
    try:
        ip_address(host)
    except ValueError:
        return labels[-1] not in _NOWHERE and not labels[-1].isdigit()
    return False


class Vapid:
    """Signs for push services. Made once: the key is read then, and tokens are kept."""

    def __init__(self, private_key: str, subject: str) -> None:
        """Raises ValueError when the key cannot be read."""
        self._key = read_private_key(private_key)
        raw = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.public = _base64url(raw)
        """What browsers subscribe with: 65 bytes in base64url."""
        self.name = hashlib.sha256(raw).hexdigest()[:16]
        """A short name for the key, to know later which one a subscription was made for."""
        self.subject = subject
        self._kept: dict[str, tuple[datetime, str]] = {}

    def authorization(self, origin: str, now: datetime) -> str:
        """The Authorization header for a push service: its token is signed again after twelve hours, or when the clock
        was set back."""
        made, header = self._kept.get(origin, (None, ""))
        if made is None or not made <= now < made + REUSED:
            header = f"vapid t={self._token(origin, now)},k={self.public}"
            self._kept[origin] = (now, header)
        return header

    def _token(self, audience: str, now: datetime) -> str:
        claims = {"aud": audience, "exp": int((now + VALID).timestamp()), "sub": self.subject}
        parts = [_base64url(json.dumps(part, separators=(",", ":")).encode()) for part in (_HEADER, claims)]
        signed = ".".join(parts)
        r, s = decode_dss_signature(self._key.sign(signed.encode(), ECDSA(SHA256())))
        return f"{signed}.{_base64url(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


_HEADER: Final = {"typ": "JWT", "alg": "ES256"}


def _base64url(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()

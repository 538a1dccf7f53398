"""Where messages may go and with which keys: checked when a browser subscribes, and the place again at each sending.

A subscription comes from a browser, so from anyone: without these checks our server would knock on doors of its own
house for a stranger. Pure: nothing is looked up here; what a name resolves to is checked while connecting (`doors`).
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from binascii import Error
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

from companion.domain.codes import Refused

KNOWN: Final = ("fcm.googleapis.com", "*.push.services.mozilla.com", "*.push.apple.com", "*.notify.windows.com")
"""The push services of Chrome, Edge on Android and Samsung; Firefox; Safari; Edge."""

LONGEST_ENDPOINT: Final = 2048
_ADDRESS: Final = re.compile(
    r"(?P<scheme>https?)://"
    r"(?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?|\[[0-9a-f:]{2,39}\])"
    r"(?::(?P<port>[1-9][0-9]{0,4}))?"
    r"(?P<path>/[!\"$-\[\]-~]+)"  # visible ASCII without a fragment and without a backslash
)
_BASE64URL: Final = re.compile(r"[A-Za-z0-9_-]+={0,2}")
_POINT, _SECRET = 65, 16
_KEYS: Final = {"p256dh": _POINT, "auth": _SECRET}


@dataclass(frozen=True)
class Target:
    """A browser's subscription (W3C Push API `PushSubscription.toJSON()`) that may be sent to."""

    endpoint: str
    origin: str
    p256dh: str
    auth: str


def read_subscription(given: object, hosts: Sequence[str]) -> Target | Refused:
    """The subscription a browser gave; `hosts` are those of PUSH_HOSTS. Keys we do not know are left alone."""
    if not isinstance(given, dict):
        return Refused.because("", "push_subscription")
    endpoint, keys = given.get("endpoint"), given.get("keys")
    origin = origin_of(endpoint, hosts) if isinstance(endpoint, str) else ""
    if not origin:
        return Refused.because("endpoint", "push_endpoint")
    read = {name: keys.get(name) for name in _KEYS} if isinstance(keys, dict) else {}
    for name, length in _KEYS.items():
        raw = read_base64url(read.get(name))
        if len(raw) != length or (name == "p256dh" and not on_curve(raw)):
            return Refused.because(f"keys.{name}", "push_keys")
    return Target(str(endpoint), origin, str(read["p256dh"]).rstrip("="), str(read["auth"]).rstrip("="))


def origin_of(endpoint: str, hosts: Sequence[str]) -> str:
    """scheme://host[:port] of an address that may be sent to; "" for every other address.

    HTTPS on its own port at a push service we know. What PUSH_HOSTS names may have another port, and, on this
    machine itself, go without TLS (tests).
    """
    found = _ADDRESS.fullmatch(endpoint) if len(endpoint) <= LONGEST_ENDPOINT else None
    if not found or not endpoint.isascii():
        return ""
    return _origin(found["scheme"], found["host"], found["port"], tuple(hosts))


@lru_cache(maxsize=256)
def _origin(scheme: str, written: str, port: str | None, hosts: tuple[str, ...]) -> str:
    """Many browsers have the same push service: it is judged once."""
    host = written.strip("[]")
    if port and int(port) > 65535:
        return ""
    named = is_named(host, port or {"http": "80", "https": "443"}[scheme], hosts)
    known = scheme == "https" and port in {None, "443"} and any(_fits(host, each) for each in KNOWN)
    if not (known or (named and (scheme == "https" or is_loopback(host)))):
        return ""
    default = {"http": "80", "https": "443"}[scheme]
    return f"{scheme}://{written}" + (f":{port}" if port and port != default else "")


def is_named(host: str, port: str, hosts: Sequence[str]) -> bool:
    """Whether PUSH_HOSTS names this host ("push.example.org", "*.example.org", "[::1]"), or this port of it ("a:1")."""
    for each in hosts:
        name, _, only = each.rpartition(":") if re.search(r":\d+$", each) and not _is_address(each) else (each, "", "")
        if _fits(host, name.strip("[]")) and only in {"", port}:
            return True
    return False


def _fits(host: str, pattern: str) -> bool:
    if pattern.startswith("*."):
        return host.endswith(pattern[1:]) and len(host) > len(pattern) - 1
    return host == pattern


def _is_address(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether a host as it is written is this machine: no name is looked up."""
    return host == "localhost" or (_is_address(host) and ip_address(host.strip("[]")).is_loopback)


def read_base64url(given: Any) -> bytes:
    """The bytes of base64url with or without padding (RFC 4648 §5); nothing for anything else."""
    if not isinstance(given, str) or len(given) > 200 or not _BASE64URL.fullmatch(given):
        return b""
    try:
        return urlsafe_b64decode(given.rstrip("=") + "=" * (-len(given.rstrip("=")) % 4))
    except Error:
        return b""


def on_curve(raw: bytes) -> bool:
    """Whether these are an uncompressed point on P-256 (SEC 1 §2.3.4)."""
    if len(raw) != _POINT or raw[0] != 4:
        return False
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), raw)
    except ValueError:
        return False
    return True

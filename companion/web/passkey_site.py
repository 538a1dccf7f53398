"""Where passkeys made on these pages belong, from the settings or the address of the request."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from flask import request

from companion.services.passkey_answer import Site
from companion.web.house import house

AT_HOME: Final = ("localhost",)
"""Names that browsers trust without HTTPS (W3C Secure Contexts §3.1)."""


def passkey_site() -> Site | None:
    """None where browsers know no passkeys: without HTTPS, and at an address that is a number."""
    settings = house().settings
    origin = settings.origin or request.host_url.rstrip("/")
    parts = urlsplit(origin)
    host = parts.hostname or ""
    if _is_number(host) or not (parts.scheme == "https" or host in AT_HOME or host.endswith(".localhost")):
        return None
    return Site(host, origin, settings.app_name)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True

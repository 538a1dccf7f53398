"""Addresses on this site, for pages that name dozens of them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import request, url_for


@lru_cache(maxsize=1024)
def _fixed(_served_under: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
    return url_for(endpoint, **dict(values))


def fixed_address(endpoint: str, **values: str) -> str:
    """An address in which there is nothing of anybody: `values` are names of ours. It is worked out once."""
    return _fixed(request.script_root, endpoint, tuple(values.items()))


def address_of(endpoint: str, **values: Any) -> str:
    """The `url_for` of templates."""
    return url_for(endpoint, **values) if values or endpoint.startswith(".") else fixed_address(endpoint)

"""Instants as the contract writes them: UTC, with a Z."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

_INSTANT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z")
_YEARS: Final = range(1970, 2200)


def read_instant(value: object) -> datetime | None:
    """An instant such as "2027-01-04T20:45:00Z", with up to six digits after the second; None when it is not one."""
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        return None
    try:
        instant = datetime.fromisoformat(value.removesuffix("Z")).replace(tzinfo=UTC)
    except ValueError:
        return None
    return instant if instant.year in _YEARS else None


def instant_text(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")

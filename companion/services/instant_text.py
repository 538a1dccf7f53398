"""Instants as the export writes them."""

from __future__ import annotations

from datetime import UTC, datetime


def instant(moment: datetime | None) -> str | None:
    """UTC with a Z, or null."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None

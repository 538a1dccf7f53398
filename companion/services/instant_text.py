"""Instants as the export writes them."""

from __future__ import annotations

from datetime import datetime

from companion.domain.instant import instant_text


def instant(moment: datetime | None) -> str | None:
    """UTC with a Z, or null."""
    return instant_text(moment) if moment else None

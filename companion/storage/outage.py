"""When the database cannot be written or read just now: locked, full, read-only, away."""

from __future__ import annotations

from typing import Final

from sqlalchemy.exc import InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

OUTAGES: Final = (OperationalError, InternalError, NoConnection)


def cause_of(error: BaseException) -> str:
    """What the database says, in one line: never a value of a row."""
    said = str(getattr(error, "orig", None) or error).strip().splitlines()
    return said[0] if said else type(error).__name__

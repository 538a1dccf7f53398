"""How the house does, in numbers that are about nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from companion.storage import backup_turns, clock_rounds, measures
from companion.storage.outage import OUTAGES
from companion.storage.unit_of_work import Store

LATE: Final = timedelta(minutes=1)
"""A clock looks every five seconds."""


@dataclass(frozen=True)
class Measured:
    """`messages`: by state, those of the last thirty days. `size` in bytes."""

    messages: Mapping[str, int]
    late: int
    size: int
    clock: datetime | None
    backup: datetime | None


def measure_house(store: Store, now: datetime) -> Measured | None:
    """None when the database does not answer."""
    try:
        with store.read() as unit:
            return Measured(
                messages=measures.messages(unit),
                late=measures.late(unit, now - LATE),
                size=measures.size(unit),
                clock=clock_rounds.latest(unit),
                backup=backup_turns.last(unit),
            )
    except OUTAGES:
        return None

"""The frame of the Belgian programme: 5, 7 or 10 steps of 10, 20 or 30 days (`facts/belgium.md` §2.3)."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

STEPS: Final = (5, 7, 10)
LENGTHS: Final = (10, 20, 30)


def programme_percents(steps: int) -> tuple[Decimal, ...] | None:
    """Percents of the starting dose, one a step: 100, 80 … 20 or 100, 90 … 10; None for 7 steps.

    Our own sum for 5 and 10 ("each time 10 % or 20 % less"): the official table is not known to us, and none
    was found for 7 (`facts/belgium.md` §0.5).
    """
    if 100 % steps:
        return None
    return tuple(Decimal(100 - place * 100 // steps) for place in range(steps))

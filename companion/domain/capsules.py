"""A plan as capsules: what a pharmacist would make of its confirmed days, one capsule for each dose.

Pure sums over what stands in the plan, to be checked by who makes them; nothing is rounded and nothing is proposed.
Capsules are made to measure (`facts/belgium.md` §2.4); in how many per box is not ours to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from companion.domain.confirmation import OPEN
from companion.domain.plan import Moment
from companion.domain.supply import Stretch

OPEN_DAYS: Final = 30
"""A step without an end is counted by so many days."""


@dataclass(frozen=True)
class CapsuleLine:
    """One dose of one step, `mg` in each capsule. `last_day` None: the step has no end, and `days` is `OPEN_DAYS`."""

    n: int
    first_day: date
    last_day: date | None
    days: int
    moment: Moment
    mg: Decimal

    @property
    def count(self) -> int:
        """One capsule a day."""
        return self.days

    @property
    def total_mg(self) -> Decimal:
        return self.mg * self.count


def capsule_lines(stretches: Iterable[Stretch]) -> list[CapsuleLine]:
    """A line for each moment of each stretch, in date order and in the order of the day."""
    return [
        CapsuleLine(
            stretch.n,
            stretch.first_day,
            None if stretch.last_day == OPEN else stretch.last_day,
            OPEN_DAYS if stretch.last_day == OPEN else stretch.days,
            moment,
            dose.mg,
        )
        for stretch in sorted(stretches, key=lambda each: each.first_day)
        for moment, dose in stretch.moments.items()
    ]


def capsules_in_all(lines: Sequence[CapsuleLine]) -> tuple[int, Decimal]:
    """How many capsules the lines with an end need, and how many mg that is together."""
    ended = [line for line in lines if line.last_day]
    return sum(line.count for line in ended), sum((line.total_mg for line in ended), Decimal(0))

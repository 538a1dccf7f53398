"""One dose of a plan before dates, and the whole row of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from companion.domain.plan.model import Doses, Moment
from companion.domain.product import TICKS_PER_MG, to_ticks


class RowKind(StrEnum):
    """Where a row comes from."""

    STEADY = "steady"  # the current dose: stabilising, or a lead-in
    STEP = "step"  # computed by a pace or the programme
    TYPED = "typed"
    BACK = "back"


@dataclass(frozen=True)
class Rung:
    """One dose of the plan, before dates.

    `doses`: ticks at each moment above 0, in the order of the day. `days`: None stays open. `usual_days`: how
    long an open row was typed to be. `asked`: the total the pace asked for, in ticks.
    """

    doses: Mapping[Moment, int]
    days: int | None
    kind: RowKind
    usual_days: int | None = None
    larger: bool = False
    asked: Fraction | None = None

    @property
    def total(self) -> int:
        """Ticks a day."""
        return sum(self.doses.values())

    @property
    def asked_mg(self) -> Fraction | None:
        return None if self.asked is None else self.asked / TICKS_PER_MG


@dataclass(frozen=True)
class Ladder:
    """The rungs in order. `stops`: a step to 0 follows the last; `last_larger`: it is larger than asked."""

    rungs: tuple[Rung, ...]
    stops: bool
    last_larger: bool = False


def in_ticks(doses: Doses) -> dict[Moment, int]:
    """Doses in ticks, in the order of the day."""
    return {moment: to_ticks(doses[moment]) for moment in Moment if moment in doses}

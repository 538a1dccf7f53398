"""What the person has at home to make a dose with: tablets, capsules, drops, a liquid, or made capsules.

Source: contract §2, `products` and `pieces`; which forms may be divided: `facts/belgium.md` §1.2.
Sums run on whole `ticks`, so that nothing is ever rounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from companion.domain.amount import to_text

TICKS_PER_MG: Final = 4 * 10**12
"""A strength has six decimals, a step in ml six more, a tablet has quarters: one tick divides them all."""

MADE_CAPSULE_STEP: Final = Decimal("0.001")
"""mg. A pharmacist makes a capsule of any amount to this (contract §2)."""


class Form(StrEnum):
    TABLET = "tablet"
    CAPSULE = "capsule"
    DROPS = "drops"
    LIQUID = "liquid"
    MADE_CAPSULE = "made_capsule"


class Split(StrEnum):
    """How far a tablet may be divided: quarters may be halves as well."""

    WHOLE = "whole"
    HALVES = "halves"
    QUARTERS = "quarters"


_FRACTION_TEXT = {Decimal("0.5"): "1/2", Decimal("0.25"): "1/4"}
_FRACTIONS = {
    Split.WHOLE: (Decimal(1),),
    Split.HALVES: (Decimal(1), Decimal("0.5")),
    Split.QUARTERS: (Decimal(1), Decimal("0.5"), Decimal("0.25")),
}


@dataclass(frozen=True)
class Product:
    """One product, as the box or the bottle says it.

    `strength`: mg in one tablet or capsule, mg in one drop, or mg in one ml; 0 for capsules made to measure.
    `split`: tablets only. `step_ml`: the smallest volume of a liquid that can be measured, in ml; else 0.
    """

    form: Form
    strength: Decimal = Decimal(0)
    split: Split = Split.WHOLE
    step_ml: Decimal = Decimal(0)

    @property
    def fractions(self) -> tuple[Decimal, ...]:
        """What one tablet may be taken as: 1, 0.5, 0.25. Every other form is taken whole."""
        return _FRACTIONS[self.split] if self.form is Form.TABLET else (Decimal(1),)

    @property
    def smallest_mg(self) -> Decimal:
        """The least that can be taken of it, in mg; every amount of it is a multiple."""
        match self.form:
            case Form.MADE_CAPSULE:
                return MADE_CAPSULE_STEP
            case Form.LIQUID:
                return self.strength * self.step_ml
            case _:
                return self.strength * self.fractions[-1]


@dataclass(frozen=True)
class Piece:
    """Some equal pieces of one product: two halves of 1 mg, twelve drops, one volume of a liquid.

    `piece`: the part of a tablet (1, 0.5, 0.25); the millilitres of a liquid; else 1.
    """

    strength: Decimal
    form: Form
    piece: Decimal
    count: int

    @property
    def mg(self) -> Decimal:
        """What these pieces hold together, exactly."""
        return self.strength * self.piece * self.count

    @property
    def piece_text(self) -> str:
        """`1`, `1/2`, `1/4`, or the millilitres."""
        return (
            _FRACTION_TEXT.get(self.piece, "") if self.form is Form.TABLET and self.piece < 1 else to_text(self.piece)
        )

    @property
    def units(self) -> Decimal:
        """How much is used up: tablets (two halves are one), capsules, drops, or ml."""
        return self.piece * self.count


def to_ticks(mg: Decimal) -> int:
    """mg in whole ticks. An amount finer than a tick raises ValueError; no product can make it."""
    upper, lower = mg.as_integer_ratio()
    ticks, rest = divmod(upper * TICKS_PER_MG, lower)
    if rest:
        raise ValueError("finer than any product can make")
    return ticks


def from_ticks(ticks: int) -> Decimal:
    """Whole ticks as mg, exactly, written the way `to_text` writes it."""
    return Decimal(to_text(Decimal(ticks) / TICKS_PER_MG))

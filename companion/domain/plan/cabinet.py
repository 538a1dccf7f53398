"""The products of one plan: what they can make, and from which pieces."""

from __future__ import annotations

from collections.abc import Sequence

from companion.domain.effort import Effort
from companion.domain.pieces import MOST_CANDIDATES, PieceMaker
from companion.domain.product import Piece, Product
from companion.domain.takeable import Takeable


class Cabinet:
    """`highest`: the largest amount the plan speaks of, in ticks.

    Every method may raise TooManyWaysError: the products fit together in too many ways to look through.
    """

    def __init__(self, products: Sequence[Product], highest: int) -> None:
        self.effort = Effort(MOST_CANDIDATES)
        self.takeable = Takeable(products, highest)
        self._maker = PieceMaker(products, self.effort)

    def pieces(self, ticks: int) -> tuple[Piece, ...]:
        """The pieces of a takeable dose."""
        pieces = self._maker.pieces(ticks)
        if pieces is None:
            raise ValueError("not a takeable dose")
        return pieces

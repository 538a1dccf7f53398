"""Which amounts can be taken at one moment: every sum of whole allowed pieces. Contract §2, "takeable"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from companion.domain.effort import TooManyWaysError
from companion.domain.product import Product, to_ticks

MOST_VALUES = 100_000
"""More different doses than this below the highest one are not looked through."""


class Takeable:
    """The takeable amounts from 0 to the highest asked for, in ticks.

    With one smallest piece that everything is a multiple of, it is a grid and needs no list.
    """

    def __init__(self, products: Sequence[Product], highest: int) -> None:
        """`highest`: ticks. Raises TooManyWaysError when the products fit together in too many ways."""
        steps = _independent(to_ticks(product.smallest_mg) for product in products)
        self.smallest = steps[0]
        self._values = None if len(steps) == 1 else _sums(steps, highest + self.smallest)

    @property
    def is_grid(self) -> bool:
        """Every multiple of `smallest`, and nothing else."""
        return self._values is None

    def __contains__(self, ticks: int) -> bool:
        return self.down(ticks) == ticks

    def down(self, ticks: int) -> int:
        """The highest takeable amount at or below `ticks` (0 or more)."""
        if self._values is None:
            return ticks - ticks % self.smallest
        return self._values[bisect_right(self._values, ticks) - 1]

    def up(self, ticks: int) -> int:
        """The lowest takeable amount at or above `ticks`, for anything up to the highest asked for."""
        if self._values is None:
            return ticks + -ticks % self.smallest
        return self._values[bisect_left(self._values, ticks)]


def _independent(steps: Iterable[int]) -> list[int]:
    """The smallest pieces, ascending, without those that are multiples of another."""
    kept: list[int] = []
    for step in sorted(set(steps)):
        if all(step % smaller for smaller in kept):
            kept.append(step)
    return kept


def _sums(steps: Sequence[int], highest: int) -> list[int]:
    """Every sum of any number of `steps` up to `highest`, ascending."""
    sums = {0}
    for step in steps:
        for start in sorted(sums):
            total = start + step
            while total <= highest and total not in sums:
                sums.add(total)
                total += step
                if len(sums) > MOST_VALUES:
                    raise TooManyWaysError
    return sorted(sums)

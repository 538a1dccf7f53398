"""Sharing a daily total over the moments of the day. Contract §2, "Laying out".

Doses are tuples of ticks, one for each moment, in the order in which the person wants them lowered first.
"""

from __future__ import annotations

from collections.abc import Sequence

from companion.domain.effort import Effort
from companion.domain.takeable import Takeable

Split = tuple[int, ...]


def can_make(total: int, caps: Sequence[int], takeable: Takeable, effort: Effort) -> bool:
    """Whether `total` can be taken with no moment above its cap."""
    if total == 0:
        return True
    if takeable.is_grid:
        return total in takeable and total <= sum(takeable.down(cap) for cap in caps)
    return _fits(total, tuple(sorted(caps, reverse=True)), takeable, effort, set())


def _fits(total: int, caps: Split, takeable: Takeable, effort: Effort, failed: set[tuple[int, int]]) -> bool:
    if len(caps) == 1:
        return total <= caps[0] and total in takeable
    if (total, len(caps)) in failed:
        return False
    least, dose = total - sum(caps[1:]), takeable.down(min(total, caps[0]))
    while dose >= max(least, 0):
        effort.spend()
        if total - dose in takeable and _fits(total - dose, caps[1:], takeable, effort, failed):
            return True
        if dose == 0:
            break
        dose = takeable.down(dose - 1)
    failed.add((total, len(caps)))
    return False


def best_split(total: int, caps: Split, shares: Split, target: int, takeable: Takeable, effort: Effort) -> Split | None:
    """`total` shared so that no moment goes above `caps` and `target` can still be made from there.

    The fewest moments newly come to 0; then the least sum of squared differences from `shares` of the total,
    exact; then the earliest moments are lowest. None when it cannot be done.
    """
    if len(caps) == 1:
        fits = target <= total <= caps[0] and total in takeable and target in takeable
        return (total,) if fits else None
    for zeros in range(sum(cap > 0 for cap in caps) + 1):
        search = _Search(total, caps, shares, target, takeable, effort)
        search.look((), total, zeros, 0, 0)
        if search.best is not None:
            return search.best[1]
    return None


class _Search:
    """Branch and bound over the moments, nearest to the shares first.

    A difference is `dose x all shares - share x total`: whole numbers that add up to 0 over the day, so
    differences that add up to d so far cost at least d squared / moments left.
    """

    def __init__(self, total: int, caps: Split, shares: Split, target: int, takeable: Takeable, effort: Effort) -> None:
        self.best: tuple[int, Split] | None = None
        self._total, self._caps, self._shares, self._all_shares = total, caps, shares, sum(shares)
        self._target, self._takeable, self._effort = target, takeable, effort

    def look(self, doses: Split, left: int, zeros: int, squares: int, difference: int) -> None:
        """Try every dose for the next moment: `left` is to be shared, `zeros` moments may still come to 0."""
        place = len(doses)
        after = self._caps[place + 1 :]
        if not after:
            self._finish(doses, left, zeros, squares)
            return
        taking = sum(cap > 0 for cap in after)
        least = max(0, left - sum(after))
        most = min(self._caps[place], left - max(0, taking - zeros) * self._takeable.smallest)
        if most < least:
            return
        moments = len(after) + 1
        ideal = (self._shares[place] * self._total * moments - difference) // (self._all_shares * moments)
        start = self._takeable.down(min(max(ideal, least), most))
        dose = start
        while dose >= least and self._try(doses, dose, left, zeros, squares, difference) and dose > 0:
            dose = self._takeable.down(dose - 1)
        dose = self._takeable.up(start + 1)
        while dose <= most and self._try(doses, dose, left, zeros, squares, difference):
            dose = self._takeable.up(dose + 1)

    def _try(self, doses: Split, dose: int, left: int, zeros: int, squares: int, difference: int) -> bool:
        """Look further with this dose. False when it, and any dose further from the ideal, costs too much."""
        self._effort.spend()
        place = len(doses)
        own = self._difference(place, dose)
        squares, difference, moments = squares + own * own, difference + own, len(self._caps) - place - 1
        if self.best is not None and squares * moments + difference * difference > self.best[0] * moments:
            return False
        zeros -= dose == 0 and self._caps[place] > 0
        if zeros >= 0 and left - dose in self._takeable:
            self.look((*doses, dose), left - dose, zeros, squares, difference)
        return True

    def _finish(self, doses: Split, dose: int, zeros: int, squares: int) -> None:
        place = len(doses)
        newly_none = dose == 0 and self._caps[place] > 0
        if not 0 <= dose <= self._caps[place] or newly_none > zeros or dose not in self._takeable:
            return
        own = self._difference(place, dose)
        found = (squares + own * own, (*doses, dose))
        if self.best is not None and found >= self.best:
            return
        if can_make(self._target, found[1], self._takeable, self._effort):
            self.best = found

    def _difference(self, place: int, dose: int) -> int:
        return dose * self._all_shares - self._shares[place] * self._total

"""Making one dose from pieces: as few as possible, then as few cuts, ties to the larger strength.

Source: contract §2, `pieces`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import inf, lcm

from companion.domain.effort import Effort, TooManyWaysError
from companion.domain.product import MADE_CAPSULE_STEP, Form, Piece, Product, from_ticks, to_ticks

MOST_CANDIDATES = 400_000

_CUTS = {Decimal(1): 0, Decimal("0.5"): 1, Decimal("0.25"): 2}


@dataclass(frozen=True)
class _Kind:
    """One kind of piece. For a liquid, `ticks` is its smallest volume and any multiple of it is one piece."""

    ticks: int
    strength: Decimal
    form: Form
    piece: Decimal
    cuts: int

    @property
    def is_liquid(self) -> bool:
        return self.form is Form.LIQUID


@dataclass(frozen=True, order=True)
class _Way:
    """One way to make an amount; the least is the best.

    `fewer` counts the pieces of every kind from the largest strength on, `less_volume` the smallest volumes of
    every liquid; both negative, so that ties go to the larger strength.
    """

    pieces: int
    cuts: int
    fewer: tuple[int, ...]
    less_volume: tuple[int, ...]


class PieceMaker:
    """Finds the pieces for amounts in ticks; what it found once, it remembers."""

    def __init__(self, products: Sequence[Product], effort: Effort | None = None) -> None:
        self._made_to_measure = any(product.form is Form.MADE_CAPSULE for product in products)
        ranked = sorted(_kinds(products), key=lambda kind: (-kind.strength, -kind.piece))
        self._ranked = _useful(ranked)
        solids = sorted((kind for kind in self._ranked if not kind.is_liquid), key=lambda kind: -kind.ticks)
        self._order = [*solids, *(kind for kind in self._ranked if kind.is_liquid)]
        self._ranks = [self._ranked.index(kind) for kind in self._order]
        self._room = _room(self._order)
        self._nothing = _Way(0, 0, (0,) * len(self._order), (0,) * len(self._order))
        self._known: dict[tuple[int, int], _Way | None] = {}
        self._effort = effort or Effort(MOST_CANDIDATES)

    def pieces(self, ticks: int) -> tuple[Piece, ...] | None:
        """The pieces of one dose, larger strengths and larger pieces first; None when it cannot be made.

        Raises TooManyWaysError when the products fit together in too many ways to look through.
        """
        if self._made_to_measure:
            return _made_capsule(ticks)
        way = self._best(0, ticks)
        if way is None:
            return None
        return tuple(
            _piece(kind, -fewer, -less)
            for kind, fewer, less in zip(self._ranked, way.fewer, way.less_volume, strict=True)
            if fewer
        )

    def _best(self, place: int, ticks: int) -> _Way | None:
        """The best way to make `ticks` from the kinds at `place` and after."""
        if not ticks:
            return self._nothing
        if place == len(self._order):
            return None
        key = (place, ticks)
        if key not in self._known:
            self._known[key] = self._look(place, ticks)
        return self._known[key]

    def _look(self, place: int, ticks: int) -> _Way | None:
        kind = self._order[place]
        most, rest = divmod(ticks, kind.ticks)
        if place == len(self._order) - 1:
            return None if rest else self._with(place, most, self._nothing)
        # Before a liquid, which makes much with one piece, few solids are tried first; else as many as fit.
        few_first = self._order[-1].is_liquid and not kind.is_liquid
        best: _Way | None = None
        for count in range(most + 1) if few_first else range(most, -1, -1):
            self._effort.spend()
            left = ticks - count * kind.ticks
            if not few_first and left > self._room[place + 1]:
                break
            if best is not None and self._at_least(place, count, left) > best.pieces:
                break
            way = self._with(place, count, self._best(place + 1, left))
            if way is not None and (best is None or way < best):
                best = way
        return best

    def _at_least(self, place: int, count: int, left: int) -> int:
        """A number of pieces that `count` of this kind and anything for what is `left` cannot go below."""
        used = min(count, 1) if self._order[place].is_liquid else count
        if not left:
            return used
        return used + (1 if self._order[-1].is_liquid else -(-left // self._order[place + 1].ticks))

    def _with(self, place: int, count: int, rest: _Way | None) -> _Way | None:
        """`rest` and `count` of the kind at `place` besides."""
        if rest is None or not count:
            return rest
        kind, rank = self._order[place], self._ranks[place]
        used, volume = (1, count) if kind.is_liquid else (count, 0)
        return _Way(
            rest.pieces + used,
            rest.cuts + used * kind.cuts,
            (*rest.fewer[:rank], -used, *rest.fewer[rank + 1 :]),
            (*rest.less_volume[:rank], -volume, *rest.less_volume[rank + 1 :]),
        )


def pieces_for(products: Sequence[Product], mg: Decimal) -> tuple[Piece, ...] | None:
    """The pieces of `mg` taken at one moment; empty for 0.

    None when the products cannot make it, or fit together in more ways than are looked through.
    """
    try:
        return PieceMaker(products).pieces(to_ticks(mg))
    except (ValueError, TooManyWaysError):
        return None


def _made_capsule(ticks: int) -> tuple[Piece, ...] | None:
    if ticks % to_ticks(MADE_CAPSULE_STEP):
        return None
    return (Piece(from_ticks(ticks), Form.MADE_CAPSULE, Decimal(1), 1),) if ticks else ()


def _kinds(products: Sequence[Product]) -> list[_Kind]:
    kinds: list[_Kind] = []
    for product in products:
        if product.form is Form.LIQUID:
            step = to_ticks(product.smallest_mg)
            kinds.append(_Kind(step, product.strength, product.form, product.step_ml, 0))
            continue
        for part in product.fractions:
            ticks = to_ticks(product.strength * part)
            kinds.append(_Kind(ticks, product.strength, product.form, part, _CUTS[part]))
    return kinds


def _room(order: Sequence[_Kind]) -> list[float]:
    """How much the kinds from each place on can hold together in a best way; without end where there is a liquid.

    Of a smaller kind there are never so many that a larger one could hold the same in fewer pieces.
    """
    room: list[float] = [0]
    for place in range(len(order) - 1, -1, -1):
        kind, larger = order[place], order[:place]
        if kind.is_liquid or not larger:
            room.append(inf)
        else:
            room.append(room[-1] + min(lcm(one.ticks, kind.ticks) for one in larger) - kind.ticks)
    return room[::-1]


def _useful(ranked: Sequence[_Kind]) -> list[_Kind]:
    """Without pieces that hold the same as another with fewer cuts, or the same product listed twice."""
    best: dict[tuple[int, bool], _Kind] = {}
    for kind in ranked:
        same = (kind.ticks, kind.is_liquid)
        if same not in best or kind.cuts < best[same].cuts:
            best[same] = kind
    return [kind for kind in ranked if best[kind.ticks, kind.is_liquid] is kind]


def _piece(kind: _Kind, count: int, volume: int) -> Piece:
    piece = kind.piece * volume if kind.is_liquid else kind.piece
    return Piece(kind.strength, kind.form, piece, 1 if kind.is_liquid else count)

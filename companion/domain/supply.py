"""How much of what a plan needs, and how long what someone has lasts. Pure sums over days with one dose.

What is counted: two halves are one tablet and four quarters too; what is left over at the end still needs a whole
tablet, so `Need.whole` rounds up where `Need.units` does not. Only stretches that are handed in count: whoever calls
hands in confirmed days. Why it matters: running out is an abrupt stop (`facts/peers.md` §6.10).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from typing import NamedTuple

from companion.domain.confirmation import OPEN
from companion.domain.plan import Moment, MomentDose
from companion.domain.product import Form, Piece

DAY = timedelta(days=1)


class Kind(NamedTuple):
    """One strength in one form: what a box says."""

    strength: Decimal
    form: Form


@dataclass(frozen=True)
class Stretch:
    """Days, both included, on which the same is taken. `n` is the row; `last_day` is OPEN where there is none."""

    n: int
    first_day: date
    last_day: date
    moments: Mapping[Moment, MomentDose]

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1

    def pieces(self) -> Iterator[Piece]:
        """Everything taken on one day."""
        for dose in self.moments.values():
            yield from dose.pieces

    def a_day(self, kind: Kind) -> Decimal:
        """Units of one kind a day: tablets, capsules, drops or ml."""
        return sum((piece.units for piece in self.pieces() if kind_of(piece) == kind), Decimal(0))


@dataclass(frozen=True)
class Need:
    """How much of one kind some days take: `units` exactly, of which `cut` as halves and quarters."""

    kind: Kind
    units: Decimal
    cut: Decimal

    @property
    def whole(self) -> Decimal:
        """What has to be there: a lone half needs a whole tablet. Drops are whole, ml stay as they are."""
        return self.units if self.kind.form is Form.LIQUID else _up(self.units)

    @property
    def to_cut(self) -> int:
        """How many tablets have to be halved or quartered."""
        return int(_up(self.cut))

    @property
    def left_over(self) -> Decimal:
        """The part of a tablet that stays behind."""
        return self.whole - self.units


class Reach(StrEnum):
    """How far a stock goes."""

    UNTIL = "until"  # not enough for every known day: the last day it is enough for is told
    ENOUGH = "enough"  # for every known day
    UNUSED = "unused"  # no known day takes any of it
    UNKNOWN = "unknown"  # the days right after the count are not known


class Lasts(NamedTuple):
    """`day`: the last day on which every dose can be made (UNTIL), the last known day (ENOUGH, UNUSED), else None."""

    reach: Reach
    day: date | None


def kind_of(piece: Piece) -> Kind:
    return Kind(piece.strength, piece.form)


def on(stretches: Iterable[Stretch], day: date) -> Stretch | None:
    """The stretch that covers a day."""
    return next((each for each in stretches if each.first_day <= day <= each.last_day), None)


def clip(stretches: Iterable[Stretch], first: date, last: date) -> list[Stretch]:
    """What of the stretches falls from `first` to `last`, both included, in date order."""
    parts = []
    for each in stretches:
        begins, ends = max(each.first_day, first), min(each.last_day, last)
        if begins <= ends:
            whole = begins == each.first_day and ends == each.last_day
            parts.append(each if whole else replace(each, first_day=begins, last_day=ends))
    return sorted(parts, key=lambda part: part.first_day)


def need(stretches: Iterable[Stretch]) -> tuple[Need, ...]:
    """How much of each kind these days take, larger strengths first. Raises ValueError for an open stretch."""
    units: dict[Kind, Decimal] = {}
    cut: dict[Kind, Decimal] = {}
    for stretch in stretches:
        if stretch.last_day == OPEN:
            raise ValueError(f"row {stretch.n} has no end: clip it first")
        for piece in stretch.pieces():
            kind = kind_of(piece)
            used = piece.units * stretch.days
            units[kind] = units.get(kind, Decimal(0)) + used
            if piece.form is Form.TABLET and piece.piece < 1:
                cut[kind] = cut.get(kind, Decimal(0)) + used
    return tuple(Need(kind, units[kind], cut.get(kind, Decimal(0))) for kind in sorted(units, key=_largest_first))


def kinds(stretches: Iterable[Stretch]) -> list[Kind]:
    """Every kind these stretches take, larger strengths first."""
    return sorted({kind_of(piece) for each in stretches for piece in each.pieces()}, key=_largest_first)


def unbroken(stretches: Iterable[Stretch], first: date) -> list[Stretch]:
    """The stretches from `first` on, as far as one follows the other without a day between."""
    known: list[Stretch] = []
    expected = first
    for stretch in clip(stretches, first, OPEN):
        if stretch.first_day != expected:
            break
        known.append(stretch)
        if stretch.last_day == OPEN:
            break
        expected = stretch.last_day + DAY
    return known


def lasts(stretches: Iterable[Stretch], kind: Kind, count: Decimal, first: date) -> Lasts:
    """How far `count` units go when they are taken as laid out from `first` on, that day included.

    Never later than the truth: it ends at the first day that is not known, and a day counts only when all of it can
    be made. Parts of tablets are kept and used: two halves are one.
    """
    known = unbroken(stretches, first)
    if not known:
        return Lasts(Reach.UNKNOWN, None)
    left, used = count, False
    for stretch in known:
        a_day = stretch.a_day(kind)
        if not a_day:
            continue
        used = True
        possible = int(left // a_day)
        if possible < stretch.days:
            return Lasts(Reach.UNTIL, stretch.first_day + possible * DAY - DAY)
        left -= a_day * stretch.days
    return Lasts(Reach.ENOUGH if used else Reach.UNUSED, known[-1].last_day)


def same_as(stretches: Sequence[Stretch], mg: Decimal, today: date) -> Stretch | None:
    """The stretch of today, else the first to come, that is made with boxes of this strength."""
    coming = clip(stretches, today, OPEN)
    found = (each for each in coming if any(_holds(piece, mg) for piece in each.pieces()))
    return next(found, None)


def _holds(piece: Piece, mg: Decimal) -> bool:
    """Whether a label with these milligrams can be on the box of this piece: drops and liquids say other things."""
    return piece.form in (Form.TABLET, Form.CAPSULE, Form.MADE_CAPSULE) and piece.strength == mg


def _largest_first(kind: Kind) -> tuple[Decimal, str]:
    return -kind.strength, kind.form.value


def _up(units: Decimal) -> Decimal:
    return units.to_integral_value(ROUND_CEILING)

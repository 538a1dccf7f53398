"""A layout in a few figures, to put two or three side by side. Nothing here says which is better."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil

from companion.domain.plan.layout import Layout
from companion.domain.product import Form


@dataclass(frozen=True)
class Figures:
    """`largest_cut`: percent of the dose before, the step to 0 left out (that is all of what is left).

    `first_day_without` is None when the end is open. `to_divide`: tablets that are cut over the dated rows, each
    part of a tablet used later.
    """

    rows: int
    first_day_without: date | None
    largest_cut: Decimal
    last_from_mg: Decimal | None
    to_divide: int


def figures_of(layout: Layout) -> Figures:
    """The figures of a layout."""
    parts: dict[tuple[Decimal, Decimal], int] = {}
    for row in layout.rows:
        if row.first_day is None or row.last_day is None:
            continue
        days = (row.last_day - row.first_day).days + 1
        for dose in row.moments.values():
            for piece in dose.pieces:
                if piece.form is Form.TABLET and piece.piece < 1:
                    key = (piece.strength, piece.piece)
                    parts[key] = parts.get(key, 0) + piece.count * days
    return Figures(
        rows=len(layout.rows),
        first_day_without=layout.first_day_without,
        largest_cut=max((row.cut_percent for row in layout.rows), default=Decimal(0)),
        last_from_mg=layout.last_cut.from_mg if layout.last_cut else None,
        to_divide=sum(ceil(count * part) for (_, part), count in parts.items()),
    )

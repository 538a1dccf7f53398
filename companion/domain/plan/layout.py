"""A laid-out plan: what is taken on which day, from which pieces, and what is worth knowing about a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from companion.domain.plan.model import Moment
from companion.domain.plan.rung import RowKind
from companion.domain.product import Form, Piece


class Note(StrEnum):
    """Neutral facts about a row, in the order in which they are told."""

    LARGER_THAN_ASKED = "larger_than_asked"
    OVER_25_PERCENT_IN_14_DAYS = "over_25_percent_in_14_days"
    RISES = "rises"


class MomentDose(NamedTuple):
    mg: Decimal
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Row:
    """`first_day` is None after an open row, `last_day` also on the open row itself.

    `daily_mg`: the total of a day. `cut_percent`: against the row before or the current dose, one decimal,
    negative when it rises. `asked_mg`: what the pace asked for; None where no pace did. `moments`: those above 0,
    in the order of the day.
    """

    n: int
    first_day: date | None
    last_day: date | None
    daily_mg: Decimal
    cut_percent: Decimal
    notes: tuple[Note, ...]
    moments: Mapping[Moment, MomentDose]
    kind: RowKind
    asked_mg: Fraction | None = None


@dataclass(frozen=True)
class LastCut:
    """The step to 0."""

    from_mg: Decimal
    percent_of_start: Decimal
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Unit:
    """How many tablets, capsules, drops or ml the dated rows need."""

    strength: Decimal
    form: Form
    count: Decimal


@dataclass(frozen=True)
class Layout:
    """`first_day_without` and `days` are None when the end is open, `last_cut` when there is no step to 0."""

    rows: tuple[Row, ...]
    first_day_without: date | None
    days: int | None
    last_cut: LastCut | None
    units: tuple[Unit, ...]

    def row_on(self, day: date) -> Row | None:
        """The row in force that day; None before the plan, after it, or where there are no dates."""
        for row in self.rows:
            if row.first_day and row.first_day <= day and (row.last_day is None or day <= row.last_day):
                return row
        return None

"""Which days of a plan stand confirmed, and what of that survives a change.

A row is a sketch until the person confirms it. When a plan changes, every day whose dose stayed the same keeps
its confirmation, from the first day of its row on; every other day is a sketch again. So the past never changes
and nothing new is taken for agreed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

OPEN = date.max
"""The last day of a row that has none."""


@dataclass(frozen=True)
class Span:
    """A row as far as confirming goes: its number, its days (both included) and the mg of each moment."""

    n: int
    first_day: date
    last_day: date
    dose: Mapping[str, Decimal]


def confirmed(spans: Sequence[Span], until: Mapping[int, date]) -> list[Span]:
    """The confirmed part of each row that has one."""
    return [
        Span(span.n, span.first_day, min(span.last_day, until[span.n]), span.dose)
        for span in spans
        if span.n in until and until[span.n] >= span.first_day
    ]


def carry(before: Sequence[Span], until: Mapping[int, date], after: Sequence[Span]) -> dict[int, date]:
    """Until which day each row of `after` stands confirmed, given what of `before` was."""
    kept: dict[int, date] = {}
    old = sorted(confirmed(before, until), key=lambda span: span.first_day)
    for span in after:
        day = span.first_day
        for piece in old:
            if piece.dose == span.dose and piece.first_day <= day <= piece.last_day:
                if piece.last_day >= span.last_day:
                    kept[span.n] = span.last_day
                    break
                kept[span.n] = piece.last_day
                day = piece.last_day + timedelta(days=1)
    return kept


def state(span: Span, until: Mapping[int, date]) -> str:
    """ "confirmed", "partly" or "sketch"."""
    return state_of_days(span.n, span.first_day, span.last_day, until)


def state_of_days(n: int, first_day: date, last_day: date, until: Mapping[int, date]) -> str:
    """The state of row `n`, which has these days."""
    if n not in until or until[n] < first_day:
        return "sketch"
    return "confirmed" if until[n] >= last_day else "partly"

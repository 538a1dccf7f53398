"""A layout in the JSON shape of the contract: amounts are strings, days ISO."""

from __future__ import annotations

from datetime import date

from companion.domain.amount import to_text
from companion.domain.plan.layout import LastCut, Layout, MomentDose, Row, Unit
from companion.domain.product import Piece


def answer(layout: Layout) -> dict[str, object]:
    """The object `companion plan` prints, its keys in the contract's order."""
    return {
        "rows": [_row(row) for row in layout.rows],
        "first_day_without": _day(layout.first_day_without),
        "days": layout.days,
        "last_cut": None if layout.last_cut is None else _last_cut(layout.last_cut),
        "units": [_unit(unit) for unit in layout.units],
    }


def _row(row: Row) -> dict[str, object]:
    return {
        "n": row.n,
        "first_day": _day(row.first_day),
        "last_day": _day(row.last_day),
        "daily_mg": to_text(row.daily_mg),
        "cut_percent": to_text(row.cut_percent),
        "notes": [note.value for note in row.notes],
        "moments": {moment.value: _dose(dose) for moment, dose in row.moments.items()},
    }


def _dose(dose: MomentDose) -> dict[str, object]:
    return {"mg": to_text(dose.mg), "pieces": [_piece(piece) for piece in dose.pieces]}


def _piece(piece: Piece) -> dict[str, object]:
    return {
        "strength": to_text(piece.strength),
        "form": piece.form.value,
        "piece": piece.piece_text,
        "count": piece.count,
    }


def _last_cut(cut: LastCut) -> dict[str, object]:
    return {
        "from_mg": to_text(cut.from_mg),
        "percent_of_start": to_text(cut.percent_of_start),
        "notes": [note.value for note in cut.notes],
    }


def _unit(unit: Unit) -> dict[str, object]:
    return {"strength": to_text(unit.strength), "form": unit.form.value, "count": to_text(unit.count)}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()

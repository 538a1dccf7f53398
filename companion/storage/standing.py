"""Which entries of a kind stand (not superseded) on some days: asked each time, or read ahead for several kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple, cast

from sqlalchemy import bindparam, union_all
from sqlmodel import col, select

from companion.domain.entry import Kind
from companion.storage.tables import EntryRow
from companion.storage.unit_of_work import Unit

COLUMNS: Final = (
    EntryRow.kind,
    EntryRow.id,
    EntryRow.day,
    EntryRow.recorded_at,
    EntryRow.data,
    EntryRow.words,
    EntryRow.superseded,
    EntryRow.stored_at,
)


class Ahead(NamedTuple):
    """Rows that were read before anyone asked: everything of a kind that stands on these days."""

    first: date
    last: date
    rows: Sequence[Any]


def standing(unit: Unit, person_id: str, kind: Kind, first: date, last: date) -> Sequence[Any]:
    """The rows from `first` to `last`, both included, by day and then as they were written."""
    ahead: Ahead | None = unit.ahead.get((person_id, kind))
    if ahead and ahead.first <= first and last <= ahead.last:
        return [row for row in ahead.rows if first <= row.day <= last]
    return unit.rows(_question(1), person_id=person_id, kind0=kind.value, first0=first, last0=last)


def read_ahead(unit: Unit, person_id: str, wanted: Mapping[Kind, tuple[date, date]]) -> None:
    """The days of several kinds in one question, for whoever asks for them later in a transaction that only reads."""
    if not unit.reads:
        return
    values: dict[str, object] = {}
    for place, (kind, (first, last)) in enumerate(wanted.items()):
        values |= {f"kind{place}": kind.value, f"first{place}": first, f"last{place}": last}
    rows = unit.rows(_question(len(wanted)), person_id=person_id, **values)
    for kind, (first, last) in wanted.items():
        unit.ahead[person_id, kind] = Ahead(first, last, [row for row in rows if row.kind == kind.value])


@lru_cache(maxsize=16)
def _question(kinds: int) -> Any:
    """For so many kinds, each with its own days. Each kind goes through the index by itself: with "or" between them
    SQLite reads everything that somebody ever noted. SQLAlchemy builds a question more slowly than it asks one."""
    each: list[Any] = [
        cast(Any, select)(*COLUMNS).where(
            col(EntryRow.person_id) == bindparam("person_id"),
            col(EntryRow.kind) == bindparam(f"kind{place}"),
            col(EntryRow.day).between(bindparam(f"first{place}"), bindparam(f"last{place}")),
            col(EntryRow.superseded).is_(False),
        )
        for place in range(kinds)
    ]
    together: Any = cast(Any, union_all)(*each) if kinds > 1 else each[0]
    return together.order_by("day", "recorded_at", "id")

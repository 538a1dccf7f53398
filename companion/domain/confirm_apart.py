"""Which rows may be confirmed together: a row that goes up again is confirmed apart, after reading it (issue 3)."""

from __future__ import annotations

from collections.abc import Collection

from companion.domain.codes import Refused
from companion.domain.plan import Layout, Note


def apart(layout: Layout, numbers: Collection[int]) -> Refused | None:
    """A refusal when a rising row is confirmed together with others."""
    chosen = [row for row in layout.rows if row.n in numbers]
    rising = next((row for row in chosen if Note.RISES in row.notes), None)
    if rising is None or len(chosen) == 1:
        return None
    return Refused.because("rows", "plan_rises_apart", mg=f"{rising.daily_mg.normalize():f}")

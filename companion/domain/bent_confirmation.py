"""What stands confirmed after a stay, a step back, a wait or going on.

By saying yes to what the page told, the person confirms the row that is bent (the one they stay on, or step back to)
and every later row that stood wholly confirmed before and only moved: the same doses in the same order. Going on
confirms nothing new. Anything new or higher stays a sketch, and the days before keep exactly what they had.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from companion.domain.confirmation import OPEN, Span, carry
from companion.domain.plan_change import Why


@dataclass(frozen=True)
class Step:
    """A row as far as confirming goes. `first_day` None: it has no dates until the person goes on; then `last_day`
    is None too, and a kept day of `OPEN` says that it stands confirmed whenever it comes."""

    n: int
    first_day: date | None
    last_day: date | None
    dose: Mapping[str, Decimal]


def confirmed_after(
    before: Sequence[Step], until: Mapping[int, date], after: Sequence[Step], why: Why, on: date
) -> dict[int, date]:
    """Until which day each row of `after` stands confirmed. `on`: the day of the event."""
    kept = carry(_spans(before), until, _spans(after))
    if why is Why.ROWS:
        return kept
    coming_before, coming = _from(before, on), _from(after, on)
    if why is Why.GO_ON:
        coming_before = coming_before[1:]
    elif coming:
        kept[coming[0].n] = coming[0].last_day or OPEN
    for old, new in zip(coming_before, coming[1:] if why is Why.BACK else coming, strict=False):
        if old.dose != new.dose:
            break
        if wholly_confirmed(old, until):
            kept[new.n] = new.last_day or OPEN
    return kept


def wholly_confirmed(step: Step, until: Mapping[int, date]) -> bool:
    return until.get(step.n, date.min) >= (step.last_day or OPEN)


def _from(steps: Sequence[Step], day: date) -> Sequence[Step]:
    """The row of a day and everything after it, rows without dates too."""
    return [step for step in steps if step.first_day is None or step.last_day is None or step.last_day >= day]


def _spans(steps: Sequence[Step]) -> list[Span]:
    return [Span(step.n, step.first_day, step.last_day or OPEN, step.dose) for step in steps if step.first_day]

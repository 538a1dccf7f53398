"""What there is to draw: doses of the plan, what was taken otherwise, nights, symptom sums, stays and waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Final

from companion.domain.history.taken import TakenDay

DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class DateRange:
    """Days from the first to the last, both in."""

    first_day: date
    last_day: date

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def meets(self, first_day: date, last_day: date | None) -> bool:
        """Whether a span shares a day with these days; `last_day` None: it goes on."""
        return first_day <= self.last_day and (last_day is None or last_day >= self.first_day)


@dataclass(frozen=True)
class DoseStep:
    """The same planned daily dose, in mg, on every day from `first_day` to `last_day` (both in; None: still open)."""

    first_day: date
    last_day: date | None
    mg: Decimal

    def covers(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True)
class NightBar:
    """The night that ended on `day`: minutes in bed and asleep, efficiency in percent; None: not known.

    `as_usual`: the person said that it was like their usual nights. It is drawn apart and enters no mean.
    """

    day: date
    tib_min: int | None
    tst_min: int | None
    se_percent: Fraction | None
    as_usual: bool = False


@dataclass(frozen=True)
class SymptomPoint:
    """The sum of a wholly answered symptom list (one and the same questionnaire) filled in on `day`."""

    day: date
    total: int


@dataclass(frozen=True)
class Turn:
    """Days on which a plan was bent: "stay", "back", or "hospital" while others give the medicine.

    `last_day` None: still going on.
    """

    kind: str
    first_day: date
    last_day: date | None


@dataclass(frozen=True)
class History:
    """The series, each in order of days."""

    doses: tuple[DoseStep, ...] = ()
    nights: tuple[NightBar, ...] = ()
    symptoms: tuple[SymptomPoint, ...] = ()
    turns: tuple[Turn, ...] = ()
    taken: tuple[TakenDay, ...] = ()


def doses_in(steps: Sequence[DoseStep], days: DateRange) -> tuple[Decimal, ...]:
    """The planned daily doses of these days in order, each once in a row."""
    found: list[Decimal] = []
    for step in steps:
        if days.meets(step.first_day, step.last_day) and (not found or found[-1] != step.mg):
            found.append(step.mg)
    return tuple(found)

"""The prescriptions of the Belgian programme: one for each step, at most two steps a consultation.

Source: Domus Medica, `facts/belgium.md` §2.4. The ten days ahead are ours: time for an appointment, and for the
pharmacist to make the capsules.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

STEPS_A_CONSULTATION: Final = 2
ASK_AHEAD: Final = timedelta(days=10)


@dataclass(frozen=True)
class Step:
    """A step that a prescription is for: its row number and first day."""

    n: int
    first_day: date

    @property
    def ask_on(self) -> date:
        """The day to ask for what this step needs."""
        return self.first_day - ASK_AHEAD


@dataclass(frozen=True)
class Consultation:
    """One visit and the steps it is for, in order; at least one."""

    n: int
    steps: tuple[Step, ...]

    @property
    def ask_on(self) -> date:
        return self.steps[0].ask_on

    @property
    def first_day(self) -> date:
        return self.steps[0].first_day


def consultations(steps: Iterable[Step]) -> list[Consultation]:
    """The visits for these steps. Row 1 and 2 go together, 3 and 4, and so on, also when some are left out."""
    visits: dict[int, list[Step]] = {}
    for step in sorted(steps, key=lambda step: step.n):
        visits.setdefault((step.n - 1) // STEPS_A_CONSULTATION + 1, []).append(step)
    return [Consultation(n, tuple(of_visit)) for n, of_visit in visits.items()]


def to_ask(visits: Iterable[Consultation], today: date) -> Consultation | None:
    """The visit to ask for now: its asking day has come, its first step has not begun."""
    return next((visit for visit in visits if visit.ask_on <= today < visit.first_day), None)

"""A range in a few numbers: what the sentences beside the picture say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from companion.domain.history.means import Sleep, sleep_of
from companion.domain.history.taken import Taken
from companion.domain.history.value import DateRange, History, SymptomPoint, Turn, doses_in


@dataclass(frozen=True)
class Glance:
    """First and last planned dose in mg, on how many days something else was taken, sleep, symptoms, and turns."""

    first_dose: Decimal | None
    last_dose: Decimal | None
    taken: Mapping[Taken, int]
    sleep: Sleep
    first_symptoms: SymptomPoint | None
    last_symptoms: SymptomPoint | None
    turns: tuple[Turn, ...]


def glance(history: History, days: DateRange, today: date) -> Glance:
    """The range in a few numbers. Days after `today` are a plan, so their doses and turns are not told here."""
    until = DateRange(days.first_day, min(days.last_day, today))
    lived = until.days > 0
    doses = doses_in(history.doses, until) if lived else ()
    points = [point for point in history.symptoms if point.day in days]
    return Glance(
        first_dose=doses[0] if doses else None,
        last_dose=doses[-1] if doses else None,
        taken=Counter(told.kind for told in history.taken if told.day in days),
        sleep=sleep_of(night for night in history.nights if night.day in days),
        first_symptoms=points[0] if points else None,
        last_symptoms=points[-1] if points else None,
        turns=tuple(turn for turn in history.turns if lived and until.meets(turn.first_day, turn.last_day)),
    )

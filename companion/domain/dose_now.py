"""Which doses of a day are those of now. One tap must not note tonight’s dose at breakfast, nor this morning’s at night
(issue 10, "Every day": Today answers at a glance what is taken now)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from companion.domain.plan import Moment

_LATE: Final = (Moment.EVENING, Moment.BEDTIME)
_MOMENTS: Final[Mapping[str, Collection[Moment]]] = {
    "morning": (Moment.MORNING,),
    "afternoon": (Moment.NOON,),
    "evening": _LATE,
    "night": _LATE,
}


def moments_now(part_of_day: str, *, day_before: bool) -> Collection[Moment]:
    """The moments that a part of the day (`companion.domain.day.part_of_day`) is the time for. `day_before`: by the
    calendar it is a day further, but the person's day has not turned yet."""
    return _LATE if day_before else _MOMENTS[part_of_day]

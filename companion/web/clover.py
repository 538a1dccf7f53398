"""Which leaves of the clover somebody uses, said gently: from what they do here already, never counted.

What someone reads is not known here. Their phone may remember it, on that phone alone (`static/js/modules/clover.js`).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from companion.domain.entry import Kind
from companion.services.plan_view import live_plans
from companion.storage import entries
from companion.web.house import now, store
from companion.web.login import signed_in_person

LATELY: Final = timedelta(days=13)
"""Two weeks with today: who kept a night in them keeps a diary."""


def leaves_in_use() -> frozenset[str]:
    """The leaves in which there is something of whoever is signed in: a plan (pace), nights (other ways)."""
    person = signed_in_person()
    if person is None:
        return frozenset()
    day = person.day(now())
    with store().read() as unit:
        plan = any(not plan.kept.ended_on for plan in live_plans(unit, person))
        nights = bool(entries.between(unit, person.id, Kind.NIGHT, day - LATELY, day, words=False))
    return frozenset({*(["pace"] if plan else []), *(["other"] if nights else [])})

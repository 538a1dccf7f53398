"""The day after an urgent answer: Today says once more, gently, how to find help. Nothing else follows from it."""

from __future__ import annotations

from datetime import date, timedelta

from companion.domain.person import Person
from companion.services.log_symptoms import KeptList, lists_between
from companion.storage.unit_of_work import Store


def urgent_yesterday(store: Store, person: Person, day: date) -> KeptList | None:
    """The list of the day before with an urgent answer, as it stands now; None when there is none.

    After that day it is said no more.
    """
    before = day - timedelta(days=1)
    return next((kept for kept in lists_between(store, person, before, before) if kept.urgent), None)

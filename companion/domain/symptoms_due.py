"""When the symptom list is offered: never nagged, always possible.

Before the first lower dose, about one and two weeks after each change, then every two weeks while the dose
stays, and two and four weeks after the last dose (facts/instruments.md §1.1 "How often?", derived there).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

WEEK = timedelta(days=7)
OFFERED = timedelta(days=6)
"""How long an offer stays on Today."""
EARLY = timedelta(days=2)
"""A list filled in this long before its moment counts for it."""


def moments(changes: Sequence[date], last_dose: date | None, until: date) -> list[date]:
    """The days on which a list is useful, up to `until`. `changes`: first days of lower doses, in order."""
    found: set[date] = set()
    for index, change in enumerate(changes):
        after = changes[index + 1] if index + 1 < len(changes) else (last_dose or until) + timedelta(days=1)
        found.add(change + WEEK)
        day = change + 2 * WEEK
        while day < after and day <= until:
            found.add(day)
            day += 2 * WEEK
    if last_dose:
        found |= {last_dose + 2 * WEEK, last_dose + 4 * WEEK}
    return sorted(day for day in found if day <= until)


def is_due(changes: Sequence[date], last_dose: date | None, filled: Iterable[date], day: date) -> bool:
    """Whether Today offers the list. Someone with a lower dose ahead or behind and no list yet is offered one."""
    done = list(filled)
    if not done:
        return bool(changes)
    latest = next(reversed(moments(changes, last_dose, day)), None)
    if latest is None or day > latest + OFFERED:
        return False
    return all(filled_on < latest - EARLY for filled_on in done)

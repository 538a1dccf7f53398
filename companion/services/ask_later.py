""" "Later", from the notification itself: the same once more, in so many minutes or tonight.

The token of the message is enough: only the phone that got it knows it. Asked twice, or on two phones, is once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from companion.domain.day import day_start
from companion.domain.person import Person
from companion.domain.reminder import Habit, Kind, upcoming
from companion.domain.reminder.rule import DAY
from companion.domain.reminder.useful import tonight
from companion.services.claim_due import INSTANT, ends, new_delivery
from companion.storage import deliveries, due, many, people
from companion.storage.deliveries import MAIL
from companion.storage.unit_of_work import Store

MINUTES: Final = (10, 60)
LONGEST_TOKEN: Final = 64


def _over(person: Person, kind: Kind, due_at: datetime, habits: Sequence[Habit]) -> datetime:
    """From when on it is not asked again: the person's day, and for a dose its moment, is over."""
    day_ends = day_start(person.day(due_at) + DAY, person.zone, person.day_turn)
    following = (upcoming(habit, person.zone, due_at + INSTANT) for habit in habits)
    return min([day_ends, *(each.due for each in following if each)])


def ask_later(store: Store, token: str, minutes: int | None, now: datetime) -> datetime | None:
    """When it comes again; None where there is no such message, or where it would come too late to be of use.

    `minutes` None: tonight. It is asked again then whether there is still something to say.
    """
    if not 0 < len(token) <= LONGEST_TOKEN or (minutes is not None and minutes not in MINUTES):
        return None
    with store.read() as unit:
        found = deliveries.by_token(unit, token)
    if found is None or found.content.kind not in {*Kind}:
        return None
    kind = Kind(found.content.kind)
    with store.write(found.person_id) as unit:
        person = people.by_id(unit, found.person_id)
        if person is None:
            return None
        at = now + timedelta(minutes=minutes) if minutes is not None else tonight(person.zone, now)
        habits = due.dose_habits(unit, [person.id]).get(person.id, []) if kind is Kind.DOSE else []
        if at >= _over(person, kind, found.due_at, habits):
            return None
        until = ends(person, kind, at, found.content.words, habits)
        name, _, times = found.occurrence.partition("+")
        name = f"{name}+{int(times or 0) + 1}"
        before = deliveries.of_occurrence(unit, person.id, found.reminder_id, name)
        if before:
            return before[0].due_at
        places = [*many.browsers(unit, [person.id]).get(person.id, []), *([MAIL] if found.place == MAIL else [])]
        about = (person.id, found.reminder_id, name)
        made = [new_delivery(*about, place, found.content, at, until, next_try_at=at) for place in places]
        deliveries.add(unit, made)
    return at if made else None

"""How someone wants to be reminded: quiet hours, and whether the lock screen may say more."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from companion.domain.codes import Refused
from companion.domain.person import Person
from companion.domain.reminder.asked import read_quiet
from companion.storage import reminders
from companion.storage.unit_of_work import Store


def choose_how(
    store: Store, person: Person, wanted: bool, start: str, end: str, fuller: bool, now: datetime
) -> Refused | None:
    """Quiet hours from `start` to `end` where they are wanted. Refused where a reminder that is on lies in them."""
    with store.write(person.id) as unit:
        used = {each.habit.at for each in reminders.of_person(unit, person.id) if each.next_due}
        quiet = read_quiet(wanted, start, end, used)
        if isinstance(quiet, Refused):
            return quiet
        kept = reminders.choice(unit, person.id)
        reminders.choose(unit, person.id, replace(kept, quiet=quiet, fuller=fuller), now)
    return None

"""What a clock does about its own time: it says that it went round, and mends what a wrong system clock did.

A clock that was ahead gave what was not due yet, and set the next due instants too late. When it is back, each habit is
asked again when it is next due; what was given under its wall time is not given twice, because a delivery of that
occurrence is there already.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from companion.domain.reminder import upcoming
from companion.services.delivery_change import LONGEST_WAIT, STOPPED_FOR
from companion.storage import clock_rounds, deliveries, due
from companion.storage.due import Next
from companion.storage.reminders import read_habit
from companion.storage.unit_of_work import Store

log = logging.getLogger("companion.clock")

OFTEN: Final = timedelta(minutes=1)
"""How often a clock says that it went round."""
BACK: Final = timedelta(minutes=2)
"""Machines set their clocks back by seconds all the time; this much is a clock that was wrong."""


def keep_time(store: Store, name: str, now: datetime) -> bool:
    """Note that this clock goes round. True when its time went back, and what that did was mended."""
    with store.read() as unit:
        before = clock_rounds.at(unit, name)
    if before and before <= now < before + OFTEN:
        return False
    back = before is not None and now < before - BACK
    if back:
        log.error("the system clock went back by %s: due instants are worked out again", before and before - now)
        look_again(store, now)
    with store.write() as unit:
        clock_rounds.note(unit, name, now)
    return back


def look_again(store: Store, now: datetime) -> None:
    """Every reminder is due when its habit says so from now on; what waits too long is looked at now."""
    with store.write() as unit:
        moved = []
        for person_id, reminder_id, at, days, zone, due_at in due.coming(unit, now):
            try:
                found = upcoming(read_habit(at, days), zone, now)
            except (ValueError, KeyError, TypeError):
                continue  # the round says so when it is due
            if found and found.due < due_at:
                moved.append(Next(person_id, reminder_id, found.due, found.local))
        due.move_on(unit, moved)
        deliveries.not_before(unit, now + max(LONGEST_WAIT, STOPPED_FOR), now)

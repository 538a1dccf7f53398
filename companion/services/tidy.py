"""What the clock tidies: sessions that are over, and sign-in attempts that no longer slow anyone."""

from __future__ import annotations

from datetime import datetime

from companion.services.sign_in import WINDOW
from companion.storage import people
from companion.storage.unit_of_work import Store


def tidy(store: Store, now: datetime) -> None:
    with store.write() as unit:
        people.end_stale(unit, now, now - WINDOW)

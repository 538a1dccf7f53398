"""Examples that are over go, as anyone goes who is erased."""

from __future__ import annotations

from datetime import datetime

from companion.storage import examples, people
from companion.storage.unit_of_work import Store


def end_examples(store: Store, now: datetime) -> None:
    """Each in a transaction of its own: nobody waits for all of them. Copies of keys are the caller's."""
    with store.read() as unit:
        over = examples.over(unit, now)
    for person_id in over:
        with store.write(person_id) as unit:
            people.erase(unit, person_id, now)

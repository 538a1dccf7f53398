"""One round of the clock: what is due is claimed, worded and sent, a batch at a time, until nothing is due any more.

Batches overlap: while one waits for push services, another is read and encrypted. The oldest leaves first.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from companion.services.claim_due import claim_due
from companion.services.send_due import LEASE, Office, send_due
from companion.storage import deliveries, due
from companion.storage.deliveries import State
from companion.storage.unit_of_work import Store

BATCH: Final = 500
SIDE_BY_SIDE: Final = 3


@dataclass
class Round:
    """What a round did: reminders that were due, those that could not be read, deliveries written and taken, and what
    became of these by state (`waiting`: to be tried again)."""

    due: int = 0
    bad: int = 0
    written: int = 0
    taken: int = 0
    states: Counter[State] = field(default_factory=Counter)


def next_at(store: Store) -> datetime | None:
    """When something is to be done next: two looks at the front of an index, whoever there is."""
    with store.read() as unit:
        known = [at for at in (due.first_due(unit), deliveries.first_try(unit)) if at]
    return min(known, default=None)


async def fire_due(
    store: Store,
    office: Office,
    now: Callable[[], datetime],
    *,
    batch: int = BATCH,
    lease: timedelta = LEASE,
    stopping: Callable[[], bool] = lambda: False,
) -> Round:
    """Until nothing is due, or until `stopping` says so: then what is in flight is finished."""
    told = Round()
    first = next_at(store)
    if first is None or first > now():
        return told

    async def work() -> None:
        while not stopping():
            claimed = claim_due(store, now(), batch, lease)
            sent = await send_due(store, office, now(), batch, lease, claimed.mine)
            told.due += claimed.due
            told.bad += claimed.bad
            told.written += claimed.written
            told.taken += sent.taken
            told.states.update(sent.states)
            if not claimed.due and not sent.taken:
                return
            await asyncio.sleep(0)

    await asyncio.gather(*(work() for _ in range(SIDE_BY_SIDE)))
    return told

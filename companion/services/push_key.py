"""Whether browsers still listen to our key for push messages."""

from __future__ import annotations

from datetime import datetime

from companion.storage import subscriptions
from companion.storage.unit_of_work import Store


def check_push_key(store: Store, name: str, now: datetime, *, forget: bool = False) -> int:
    """How many browsers are lost with this key, by its name: 0 where the newest subscription was made for it.

    With `forget` they are gone from now on, and 0 is the answer.
    """
    with store.read() as unit:
        newest = subscriptions.in_use(unit)
        if newest is None or newest.key == name:
            return 0
        count = subscriptions.count(unit)
    if not forget:
        return count
    with store.write() as unit:
        subscriptions.everyone_gone(unit, now)
    return 0

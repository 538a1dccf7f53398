"""The phones and browsers that messages go to: did they arrive there?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from companion.domain.person import Person
from companion.storage import subscriptions
from companion.storage.subscriptions import Subscription
from companion.storage.unit_of_work import Store

SILENT_AFTER = timedelta(hours=2)
"""A message that was handed over and not shown for so long has gone by unseen: a dose reminder ends after two hours."""


@dataclass(frozen=True)
class Device:
    """`shown_at`: when it last said that it showed a message. `handed_at`: when one was last handed over for it."""

    id: str
    name: str
    made_at: datetime
    shown_at: datetime | None
    handed_at: datetime | None
    gone: bool
    silent: bool


def read_devices(store: Store, person: Person, now: datetime) -> list[Device]:
    """The one seen last first; also those that are gone, until they are taken away."""
    with store.read() as unit:
        return [_device(each, now) for each in subscriptions.of_person(unit, person.id)]


def _device(kept: Subscription, now: datetime) -> Device:
    handed = kept.handed_at
    unseen = handed is not None and (kept.shown_at is None or kept.shown_at < handed)
    silent = kept.gone_at is None and unseen and handed is not None and handed <= now - SILENT_AFTER
    return Device(kept.id, kept.device, kept.made_at, kept.shown_at, handed, kept.gone_at is not None, silent)

"""A browser says where messages can reach it. It says so again at each start: nothing is lost when it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid4

from companion.domain.codes import Refused
from companion.domain.person import Person
from companion.notify.target import Target, read_subscription
from companion.storage import subscriptions
from companion.storage.subscriptions import Subscription
from companion.storage.unit_of_work import Store, Unit

MOST_BROWSERS: Final = 10
"""Of one person. The one that was not opened for longest makes way."""


@dataclass(frozen=True)
class Subscribed:
    """`phone` is the name of this browser from now on, "" where it was taken away and stays so. `new` when it was not
    sent to before at this address; `gone` when its push service does not know that address any more: it needs a new
    one."""

    phone: str
    new: bool
    gone: bool


def subscribe(
    store: Store,
    person: Person,
    given: object,
    *,
    phone: str,
    device: str,
    hosts: Sequence[str],
    key: str,
    now: datetime,
) -> Subscribed | Refused:
    """Keep the subscription that a browser gave; whoever had the same address before has it no longer.

    `phone`: the name this browser got when it subscribed before, or "": what it gives takes the place of that. A
    `replaces` beside the subscription is its address from before. `key` names the key of ours it is made for.

    With `again` beside it nobody tapped: a browser only says where it is now. One that its person took away meanwhile,
    on another device, is not kept.
    """
    target = read_subscription(given, hosts)
    if isinstance(target, Refused):
        return target
    replaces = given.get("replaces") if isinstance(given, dict) else None
    with store.write() as unit:
        same = subscriptions.at(unit, person.id, target.endpoint)
        before = same or _before(unit, person, phone, replaces)
        if (
            isinstance(given, dict)
            and given.get("again")
            and not (before or subscriptions.known(unit, person.id, phone))
        ):
            return Subscribed("", new=False, gone=False)
        kept = _kept(target, before, device, key, now)
        if before and before.id != phone:
            subscriptions.remove(unit, person.id, phone)
        subscriptions.remove_from_others(unit, person.id, phone)
        subscriptions.keep(unit, person.id, kept)
        too_many = [each.id for each in subscriptions.of_person(unit, person.id) if each.id != kept.id]
        subscriptions.remove(unit, person.id, *too_many[MOST_BROWSERS - 1 :])
    return Subscribed(kept.id, same is None, kept.gone_at is not None)


def _before(unit: Unit, person: Person, phone: str, replaces: object) -> Subscription | None:
    found = subscriptions.get(unit, person.id, phone) if phone else None
    if found is None and isinstance(replaces, str):
        found = subscriptions.at(unit, person.id, replaces)
    return found


def _kept(target: Target, before: Subscription | None, device: str, key: str, now: datetime) -> Subscription:
    same = before is not None and before.endpoint == target.endpoint
    return Subscription(
        id=before.id if before else str(uuid4()),
        origin=target.origin,
        endpoint=target.endpoint,
        p256dh=target.p256dh,
        auth=target.auth,
        key=key,
        device=device[:80],
        made_at=before.made_at if before and same else now,
        seen_at=now,
        handed_at=before.handed_at if before else None,
        shown_at=before.shown_at if before else None,
        gone_at=before.gone_at if before and same and before.key == key else None,
    )

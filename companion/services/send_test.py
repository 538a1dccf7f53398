"""A message that only shows that messages arrive, now, while its person looks on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from companion.domain.codes import Refused
from companion.domain.person import Person
from companion.domain.reminder.message import TEST, Content
from companion.notify.message import word
from companion.notify.parcel import Gone, Handed, Outcome, Parcel, Urgency
from companion.notify.payload import payload
from companion.services.tokens import new_token, of_phone
from companion.storage import deliveries, receipts, subscriptions
from companion.storage.deliveries import KEPT, Delivery, State
from companion.storage.subscriptions import Address
from companion.storage.unit_of_work import Store

Post = Callable[[Sequence[Parcel]], Sequence[tuple[Parcel, Outcome]]]

USEFUL: Final = timedelta(minutes=10)
MOST: Final = 20
"""Tests to browsers of one person within USEFUL."""


@dataclass(frozen=True)
class Tested:
    """How many browsers' push services took the test, do not know the browser any more, or could not be reached."""

    handed: int
    gone: int
    later: int


def send_test(
    store: Store, person: Person, post: Post, now: datetime, *, app_name: str, base_url: str = "", device: str = ""
) -> Tested | Refused:
    """Send a test to one browser, or to every browser of this person."""
    with store.write(person.id) as unit:
        every = subscriptions.living(unit, [person.id]).get(person.id, [])
        to = [each for each in every if device in {"", each.id}]
        if not to:
            return Refused.because("", "push_nobody")
        if receipts.tests_since(unit, person.id, now - USEFUL) + len(to) > MOST:
            return Refused.because("", "push_wait")
        about = Content(TEST, "", person.day(now))
        message = word(about, person.language, False, app_name)
        parcels: dict[str, tuple[Address, Parcel]] = {}
        for each in to:
            token = new_token()
            deliveries.add(unit, [_delivery(person, token, each.id, about, now)])
            text = payload(message, token=token, tag=TEST, kind=TEST, whose=of_phone(person.id), base_url=base_url)
            parcels[token] = (
                each,
                Parcel(
                    token,
                    each.endpoint,
                    each.p256dh,
                    each.auth,
                    text,
                    int(USEFUL.total_seconds()),
                    Urgency.HIGH,
                    TEST,
                    each.key,
                ),
            )
    outcomes = post([parcel for _, parcel in parcels.values()])
    with store.write() as unit:
        for parcel, outcome in outcomes:
            where, _ = parcels[parcel.token]
            deliveries.settle(unit, {parcel.token: _became(outcome, now)})
            if isinstance(outcome, Handed):
                subscriptions.handed(unit, person.id, where.id, now)
            elif isinstance(outcome, Gone):
                subscriptions.gone(unit, person.id, where.id, now)
    kinds = [type(outcome) for _, outcome in outcomes]
    return Tested(kinds.count(Handed), kinds.count(Gone), len(kinds) - kinds.count(Handed) - kinds.count(Gone))


def _delivery(person: Person, token: str, place: str, about: Content, now: datetime) -> Delivery:
    """No clock sends it: whoever asked is waiting for it now."""
    return Delivery(
        person_id=person.id,
        token=token,
        reminder_id="",
        occurrence=token,
        place=place,
        content=about,
        due_at=now,
        useful_until=now + USEFUL,
        next_try_at=now + KEPT,
        tries=1,
        state=State.FAILED,
    )


def _became(outcome: Outcome, now: datetime) -> dict[str, Any]:
    if isinstance(outcome, Handed):
        return {"state": State.HANDED.value, "handed_at": now}
    state = State.GONE if isinstance(outcome, Gone) else State.FAILED
    return {"state": state.value, "error": getattr(outcome, "code", "")}

"""The minute in which everyone is reminded, and what it is measured against, once a run."""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from pywebpush import webpush

from bench.crowd import FULL, NOW, crowd, phone
from bench.push_stub import push_stub
from companion.notify.encrypt import encrypt
from companion.notify.parcel import Outcome, Parcel
from companion.notify.push import Sender
from companion.notify.target import read_base64url
from companion.notify.vapid import new_private_key
from companion.services.fire_due import fire_due
from companion.services.send_due import Office
from companion.storage.deliveries import State

REMINDERS = 100_000 if FULL else 1_000
ALONE = 300
"""Messages by `webpush()`, and of bare cryptography a few times as many."""
TEXT = json.dumps({"web_push": 8030, "notification": {"title": "Andante", "body": "x" * 300}}).encode()


@dataclass
class Watched:
    """A sender that notes when each message was handed over."""

    sender: Sender
    at: list[float] = field(default_factory=list)

    async def send(self, parcels: Iterable[Parcel]) -> AsyncIterator[tuple[Parcel, Outcome]]:
        async for each in self.sender.send(parcels):
            self.at.append(time.perf_counter())
            yield each


@dataclass(frozen=True)
class Measured:
    """`a_second`: reminders for each second of processor time of the clock, from claim to outcome; `late`: seconds
    after the minute in which each was handed over."""

    a_second: float
    late: list[float]

    def percentile(self, part: int) -> float:
        return statistics.quantiles(self.late, n=100)[part - 1]


@lru_cache
def minute() -> Measured:
    """Everyone's reminder is due at once: claimed, worded, encrypted, handed over, written down."""
    with push_stub() as origin, crowd(REMINDERS, REMINDERS, origin) as house:

        async def go() -> Measured:
            async with Sender(house.vapid, house.settings.push_hosts) as sender:
                watched = Watched(sender)
                began, busy = time.perf_counter(), time.process_time()
                done = await fire_due(house.store, Office(watched, "Andante"), lambda: NOW)
                busy = time.process_time() - busy
                if done.states[State.HANDED] != REMINDERS:
                    raise SystemExit(f"{REMINDERS} reminders were due and {done.states} became of them")
                return Measured(REMINDERS / busy, [at - began for at in watched.at])

        return asyncio.run(go())


@lru_cache
def bare() -> float:
    """Bare cryptography and one signature a message, for each second of processor time."""
    keys = {name: read_base64url(value) for name, value in phone().items()}
    ours = generate_private_key(SECP256R1())

    def work() -> None:
        encrypt(TEXT, keys["p256dh"], keys["auth"])
        ours.sign(TEXT, ECDSA(SHA256()))

    return rate(work, 4 * ALONE)


@lru_cache
def plain() -> float:
    """`webpush()` called in a loop, as its manual shows, for each second of processor time."""
    key = new_private_key()
    with push_stub() as origin:

        def work() -> None:
            where = {"endpoint": f"{origin}/p/1", "keys": phone_keys}
            webpush(where, TEXT, vapid_private_key=key, vapid_claims={"sub": "mailto:bench@example.org"}, ttl=60)

        phone_keys = phone()
        return rate(work, ALONE)


def rate(work: Callable[[], object], times: int) -> float:
    """How often in a second of processor time."""
    work()
    busy = time.process_time()
    for _ in range(times):
        work()
    return times / (time.process_time() - busy)

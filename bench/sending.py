"""The minute in which everyone is reminded, and what it is measured against, once a run.

Processor time of the sending process is counted, not time on the wall: the push service and whatever else the machine
does are other processes. The sender is measured as it runs: warm, in a process that has been up for a while. What it is
compared with takes turns with it, so that a busy machine slows down both.
"""

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
from companion.bootstrap import House
from companion.clock import settle
from companion.notify.encrypt import encrypt
from companion.notify.parcel import Outcome, Parcel
from companion.notify.push import Sender
from companion.notify.target import read_base64url
from companion.notify.vapid import new_private_key
from companion.services.fire_due import BATCH, fire_due
from companion.services.send_due import Office
from companion.storage.deliveries import State

REMINDERS = 100_000 if FULL else 5_000
TURNS = 10
ALONE = 200
"""Messages by `webpush()` in each turn; of bare cryptography four times as many."""
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
    """Seconds of processor time for one reminder, from claim to outcome, for one message in bare cryptography with
    a signature, and for one by `webpush()`; `late`: seconds after the minute in which each was handed over."""

    ours: float
    bare: float
    plain: float
    late: list[float]

    def percentile(self, part: int) -> float:
        return statistics.quantiles(self.late, n=100)[part - 1]


@lru_cache
def minute() -> Measured:
    """Everyone's reminder is due at once: claimed, worded, encrypted, handed over, written down."""
    with push_stub() as origin, crowd(REMINDERS + BATCH, REMINDERS + BATCH, origin) as house:
        return asyncio.run(_minute(house, origin))


async def _minute(house: House, origin: str) -> Measured:
    async with Sender(house.vapid, house.settings.push_hosts) as sender:
        watched = Watched(sender)
        office = Office(watched, "Andante")
        await fire_due(house.store, office, lambda: NOW, stopping=after(1))
        settle()  # as a clock does when it begins
        watched.at.clear()
        began, elsewhere, left = time.perf_counter(), 0.0, True
        spent: list[float] = []
        beside: list[tuple[float, float]] = []
        handed = 0
        late: list[float] = []
        while left:
            busy = time.process_time()
            done = await fire_due(house.store, office, lambda: NOW, stopping=after(REMINDERS // TURNS // BATCH or 1))
            spent.append(time.process_time() - busy)
            handed += done.states[State.HANDED]
            late += [at - began - elsewhere for at in watched.at]
            watched.at.clear()
            left = done.taken > 0
            if left:
                turn = time.perf_counter()
                beside.append((_bare(), _plain(origin)))
                elsewhere += time.perf_counter() - turn
    if handed < REMINDERS:
        raise SystemExit(f"{REMINDERS} reminders were due and {handed} were handed over")
    bare, plain = (statistics.fmean(each) for each in zip(*beside, strict=True))
    return Measured(sum(spent) / handed, bare, plain, late)


def after(times: int) -> Callable[[], bool]:
    """Says to stop after so many batches."""
    asked = iter(range(times))
    return lambda: next(asked, None) is None


_KEYS = phone()
_OURS = generate_private_key(SECP256R1())
_PRIVATE = new_private_key()


def _bare() -> float:
    """Seconds of processor time for a message in bare cryptography: a key pair, an agreement, HKDF, AES-GCM, and one
    signature."""
    keys = {name: read_base64url(value) for name, value in _KEYS.items()}

    def work() -> None:
        encrypt(TEXT, keys["p256dh"], keys["auth"])
        _OURS.sign(TEXT, ECDSA(SHA256()))

    return spent_on(work, 4 * ALONE)


def _plain(origin: str) -> float:
    """Seconds of processor time for a message by `webpush()`, called as its manual shows."""

    def work() -> None:
        where = {"endpoint": f"{origin}/p/1", "keys": _KEYS}
        webpush(where, TEXT, vapid_private_key=_PRIVATE, vapid_claims={"sub": "mailto:bench@example.org"}, ttl=60)

    return spent_on(work, ALONE)


def spent_on(work: Callable[[], object], times: int) -> float:
    """Seconds of processor time for doing it once."""
    work()
    busy = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - busy) / times

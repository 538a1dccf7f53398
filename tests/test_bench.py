"""The made-up crowd of `make bench` is one that the clock can remind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable

from bench.crowd import NOW, crowd
from companion.notify.parcel import Handed, Outcome, Parcel
from companion.services.fire_due import fire_due
from companion.services.send_due import Office
from companion.storage.deliveries import State


class Everywhere:
    """A push service that takes everything."""

    async def send(self, parcels: Iterable[Parcel]) -> AsyncIterator[tuple[Parcel, Outcome]]:
        for parcel in parcels:
            yield parcel, Handed()


def test_of_a_crowd_those_who_are_due_are_reminded() -> None:
    with crowd(5, 3) as house:
        done = asyncio.run(fire_due(house.store, Office(Everywhere(), "Andante"), lambda: NOW))
    assert done.states[State.HANDED] == 3

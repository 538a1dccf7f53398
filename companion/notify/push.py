"""Hands messages to push services: one session, connections and one signed token a service reused, many in flight.

Usage: `async with Sender(vapid, hosts) as sender: async for parcel, outcome in sender.send(parcels): …`
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable

from companion.notify.parcel import Outcome, Parcel


class Sender:
    """Made once a round or once a process; `hosts` are those of PUSH_HOSTS."""

    async def __aenter__(self) -> Sender:
        raise NotImplementedError

    async def __aexit__(self, *_: object) -> None:
        raise NotImplementedError

    async def send(self, parcels: Iterable[Parcel]) -> AsyncIterator[tuple[Parcel, Outcome]]:
        """Each parcel once, with what became of it, in the order in which that is known."""
        raise NotImplementedError
        yield

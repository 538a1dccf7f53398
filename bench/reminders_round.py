"""A round in which ten reminders are due, with a hundred times as many people as the yardstick has (issue 6, point 7:
the same)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from time import process_time

from sqlalchemy import text

from bench.crowd import BEFORE, FULL, NOW, crowd
from bench.measure import Line
from companion.bootstrap import House
from companion.notify.parcel import Handed, Outcome, Parcel
from companion.services.fire_due import fire_due
from companion.services.send_due import Office

FEW, MANY = (10_000, 1_000_000) if FULL else (500, 50_000)
DUE = 10
TIMES = 9


class Takes:
    """A sender that has handed everything over at once: what is measured is the round, not the network."""

    async def send(self, parcels: Iterable[Parcel]) -> AsyncIterator[tuple[Parcel, Outcome]]:
        for each in parcels:
            yield each, Handed()


def bench() -> Line:
    with crowd(FEW, DUE) as few, crowd(MANY, DUE) as many:
        taken: dict[str, list[float]] = {"few": [], "many": []}
        for _ in range(TIMES):  # side by side, so that whatever else the machine does meets both
            taken["few"].append(_round(few))
            taken["many"].append(_round(many))
    return Line("reminders_round", min(taken["many"]), "ms", min(taken["few"]))


def _round(house: House) -> float:
    """Milliseconds of processor time of one round, after which everything is due again."""
    began = process_time()
    done = asyncio.run(fire_due(house.store, Office(Takes(), "Andante"), lambda: NOW))
    took = (process_time() - began) * 1000
    if (done.due, done.taken) != (DUE, DUE):
        raise SystemExit(f"{DUE} reminders were due, and the round found {done}")
    with house.store.engine.begin() as connection:
        connection.execute(text("DELETE FROM delivery"))
        again = {"due": NOW.replace(tzinfo=None).isoformat(" ") + ".000000", "local": BEFORE.date().isoformat()}
        connection.execute(text("UPDATE reminder SET next_due = :due, next_local = :local WHERE at = '21:45'"), again)
    return took

"""Several clocks beside each other on one database: what as many as there are cores do in a second of their processor
time, against that many times what one alone does. 1 is linear: none of them works for another's being there."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from bench.crowd import FULL, NOW, crowd
from bench.measure import Line
from bench.push_stub import push_stub
from bench.sending import after
from companion.bootstrap import build
from companion.clock import settle
from companion.notify.push import Sender
from companion.services.fire_due import fire_due
from companion.services.send_due import Office
from companion.settings import Settings
from companion.storage.deliveries import State

EACH = 10_000 if FULL else 2_500
"""Reminders for each clock."""
FIRST = 100
"""Sent by each before the count begins."""


def bench() -> Line:
    cores = os.cpu_count() or 1
    told = {count: measured(count) for count in range(1, cores + 1)}
    for count, (_, seconds) in told.items():
        print(f"  {count} clock(s): {count * EACH / seconds:.0f} reminders a second on the wall")
    return Line("reminders_clocks", told[cores][0], "/s", cores * told[1][0])


def measured(count: int) -> tuple[float, float]:
    """Reminders for each second of processor time, of all clocks together, and seconds on the wall until the last was
    handed over."""
    people = count * (EACH + FIRST)
    with push_stub() as origin, crowd(people, people, origin) as house, ExitStack() as ends:
        words = [str(house.settings.instance), house.settings.database_url, origin.removeprefix("http://")]
        program = [sys.executable, "-m", "bench.reminders_clocks", *words]
        clocks = [
            ends.enter_context(
                subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603
            )
            for _ in range(count)
        ]
        for each in clocks:
            assert each.stdout  # noqa: S101
            each.stdout.readline()
        began = time.perf_counter()
        for each in clocks:
            assert each.stdin  # noqa: S101
            each.stdin.write("go\n")
            each.stdin.flush()
        said = [each.communicate()[0].split() for each in clocks]
        taken = time.perf_counter() - began
    handed = sum(int(number) for number, _ in said)
    if handed != count * EACH:
        raise SystemExit(f"{count} clocks: {count * EACH} reminders were due and {handed} were handed over")
    return sum(int(number) / float(busy) for number, busy in said if int(number)), taken


async def _clock(instance: str, database: str, host: str) -> None:
    house = build(Settings(instance=Path(instance), database_url=database, push_hosts=(host,)), lambda: NOW)
    async with Sender(house.vapid, house.settings.push_hosts) as sender:
        office = Office(sender, "Andante")
        await fire_due(house.store, office, lambda: NOW, batch=FIRST, stopping=after(1))
        settle()
        print("ready", flush=True)
        sys.stdin.readline()
        busy = time.process_time()
        done = await fire_due(house.store, office, lambda: NOW)
        print(done.states[State.HANDED], time.process_time() - busy, flush=True)


if __name__ == "__main__":
    asyncio.run(_clock(*sys.argv[1:]))

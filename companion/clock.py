"""The clock: rounds every few seconds, in UTC. The only file that imports apscheduler, and only as a tick:
its cron triggers skip a day in spring and fire twice in autumn (facts/tech.md §0.3)."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import socket
import time
import traceback
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event
from types import FrameType
from typing import Any, Final

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from companion.bootstrap import House
from companion.notify.parcel import Outcome, Parcel, Wait
from companion.notify.push import Sender
from companion.services.fire_due import Round, fire_due
from companion.services.keep_time import keep_time
from companion.services.scheduled_backup import back_up_when_due
from companion.services.send_due import Office, Sends
from companion.services.tidy import tidy
from companion.storage.deliveries import State

log = logging.getLogger("companion.clock")

EVERY: Final = timedelta(seconds=5)
"""A round with nothing to do is two looks at an index; what is due at 21:45 leaves within these seconds."""

JUMP: Final = timedelta(seconds=2)


class Rounds:
    """Goes round, with one sender whose connections stay open. Used from one thread."""

    def __init__(self, house: House, stop: Event) -> None:
        self._house, self._stop = house, stop
        self._name = socket.gethostname()
        self._runner: asyncio.Runner | None = None
        self._open = AsyncExitStack()
        self._office: Office | None = None

    def round(self, at: datetime | None = None) -> Round:
        """One round, as of now or as of an instant that someone chose."""
        if self._runner is None:
            self._runner = asyncio.Runner()
            self._office = self._runner.run(self._opened())
        assert self._office  # noqa: S101  # opened with the runner
        office, now = self._office, self._house.now
        if at:
            office = replace(office, sender=Shifted(office.sender, at - now()))
        keep_time(self._house.store, self._name, at or now())
        return self._runner.run(
            fire_due(self._house.store, office, (lambda: at) if at else now, stopping=self._stop.is_set)
        )

    async def _opened(self) -> Office:
        settings = self._house.settings
        sender = await self._open.enter_async_context(Sender(self._house.vapid, settings.push_hosts, self._house.now))
        return Office(sender, settings.app_name, settings.base_url, self._house.mail)

    def close(self) -> None:
        if self._runner:
            self._runner.run(self._open.aclose())
            self._runner.close()

    def tick(self) -> None:
        """A round that never stops the clock. What an error says may quote a person, so only its place is told."""
        try:
            self.round()
        except Exception as error:
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("a round did not end well: %s\n%s", type(error).__name__, where)

    def tidy(self) -> None:
        tidy(self._house.store, self._house.now())

    def back_up(self) -> None:
        """The night's backup, when it is due. Told to stop, it is left; the next clock makes it."""
        folder = self._house.settings.backup_dir
        if folder is None:
            return
        try:
            back_up_when_due(self._house.store, folder, self._house.now(), self._go_on)
        except Exception as error:
            log.error("the backup was not made: %s", type(error).__name__)

    def _go_on(self, _number: int) -> None:
        if self._stop.is_set():
            raise InterruptedError("told to stop")


class Shifted:
    """A sender in another time: push services live in the real one, and so do signed tokens."""

    def __init__(self, sender: Sends, ahead: timedelta) -> None:
        self._sender, self._ahead = sender, ahead

    async def send(self, parcels: Iterable[Parcel]) -> AsyncIterator[tuple[Parcel, Outcome]]:
        async for parcel, outcome in self._sender.send(parcels):
            if isinstance(outcome, Wait) and outcome.until:
                yield parcel, Wait(outcome.until + self._ahead, outcome.code)
            else:
                yield parcel, outcome


def round_now(house: House, at: datetime | None = None) -> Round:
    """One round, for whoever asks for it."""
    rounds = Rounds(house, Event())
    try:
        return rounds.round(at)
    finally:
        rounds.close()


def told(done: Round) -> dict[str, Any]:
    """What a round did, as numbers."""
    counts = {"due": done.due, "unreadable": done.bad, "written": done.written}
    return counts | {state.value: done.states[state] for state in State}


def settle() -> None:
    """What is loaded by now stays, and a batch is thousands of objects: no use in looking through all of it that often
    for what can go."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def run(house: House, beside: int | None = None) -> None:
    """Go round until told to stop; with `beside`, until that parent process is gone. What is in flight is finished."""
    stop = Event()
    settle()

    def end(_signal: int = 0, _frame: FrameType | None = None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    rounds = Rounds(house, stop)
    scheduler = BackgroundScheduler(
        timezone="UTC", executors={"default": ThreadPoolExecutor(1), "aside": ThreadPoolExecutor(1)}
    )
    often: dict[str, Any] = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    scheduler.add_job(rounds.tick, "interval", seconds=EVERY.total_seconds(), start_date=_full(house.now()), **often)
    scheduler.add_job(rounds.tidy, "interval", hours=1, next_run_time=datetime.now(UTC), **often)
    scheduler.add_job(rounds.back_up, "interval", minutes=5, next_run_time=datetime.now(UTC), executor="aside", **often)
    scheduler.start()
    log.info("clock started")
    ahead = time.time() - time.monotonic()
    while not stop.wait(1):
        if beside is not None and os.getppid() != beside:
            stop.set()
        if time.time() - time.monotonic() < ahead - JUMP.total_seconds():  # set back: the next tick would be far away
            for job in scheduler.get_jobs():
                job.modify(next_run_time=datetime.now(UTC))
        ahead = time.time() - time.monotonic()
    scheduler.shutdown(wait=True)
    rounds.close()
    log.info("clock stopped")


def _full(now: datetime) -> datetime:
    """The last full five seconds: ticks fall on :00, as reminders do."""
    return now.replace(second=now.second - now.second % int(EVERY.total_seconds()), microsecond=0)

"""The clock: one round a minute, in UTC. The only file that imports apscheduler, and only as a tick:
its cron triggers skip a day in spring and fire twice in autumn (facts/tech.md §0.3)."""

from __future__ import annotations

import logging
import os
import signal
from types import FrameType

from apscheduler.schedulers.blocking import BlockingScheduler

from companion.bootstrap import House
from companion.services.tidy import tidy

log = logging.getLogger("companion.clock")


def round_now(house: House) -> None:
    """One round: tidy what is over."""
    tidy(house.store, house.now())


def run(house: House, beside: int | None = None) -> None:
    """Tick each minute until told to stop; with `beside`, until that parent process is gone."""
    scheduler = BlockingScheduler(timezone="UTC")
    often = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    scheduler.add_job(round_now, "interval", minutes=1, args=[house], **often)

    def stop(_signal: int = 0, _frame: FrameType | None = None) -> None:
        scheduler.shutdown(wait=False)

    def stop_when_alone() -> None:
        if os.getppid() != beside:
            stop()

    if beside is not None:
        scheduler.add_job(stop_when_alone, "interval", seconds=2, **often)
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    log.info("clock started")
    scheduler.start()

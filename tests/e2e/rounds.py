"""The clock of a site that a test goes round with: in a thread of its own, because Playwright has the test's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

from companion.clock import Rounds
from companion.services.fire_due import Round
from tests.e2e.server import Server


@contextmanager
def go_round(site: Server) -> Iterator[Callable[[], Round]]:
    rounds = Rounds(site.house, Event())
    with ThreadPoolExecutor(1) as thread:
        yield lambda: thread.submit(rounds.round).result(60)
        thread.submit(rounds.close).result(60)

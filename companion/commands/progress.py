"""Saying how far a long command is, on standard error: on one line at a terminal, now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Final, Protocol, TextIO

TERMINAL: Final = 0.2
ELSEWHERE: Final = 5.0
"""Seconds between two lines."""


class Tell(Protocol):
    def __call__(self, number: int, of: int | None = None) -> None:
        """So many are done, of so many where that is known."""


def counting(what: str, out: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> Tell:
    """Tell it a number as often as you like; people see it a few times a second, logs every few seconds. A short
    command says nothing at all."""
    stream = out or sys.stderr
    alone = stream.isatty()
    pause, start = (TERMINAL, "\r") if alone else (ELSEWHERE, "")
    last, spoke = clock(), False

    def tell(number: int, of: int | None = None) -> None:
        nonlocal last, spoke
        now, whole = clock(), number == of
        if now - last < pause and not (whole and spoke):
            return
        last, spoke = now, True
        amount = str(number) if of is None else f"{number} of {of}"
        print(f"{start}{amount} {what}", end=" " if alone and not whole else "\n", file=stream, flush=True)

    return tell

"""Saying how far a long command is, on standard error: on one line at a terminal, now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Final, TextIO

TERMINAL: Final = 0.2
ELSEWHERE: Final = 5.0
"""Seconds between two lines."""


def counting(what: str, out: TextIO | None = None) -> Callable[[int], None]:
    """Tell it a number as often as you like; people see it a few times a second, logs every few seconds."""
    stream = out or sys.stderr
    alone = stream.isatty()
    pause, start, end = (TERMINAL, "\r", " ") if alone else (ELSEWHERE, "", "\n")
    last = time.monotonic()

    def tell(number: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= pause:
            last = now
            print(f"{start}{number} {what}", end=end, file=stream, flush=True)

    return tell

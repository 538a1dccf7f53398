"""Reminders a second and core, from claim to outcome, against calling `webpush()` in a loop (issue 6, point 7: at least
5 times as many)."""

from __future__ import annotations

from bench.measure import Line
from bench.sending import minute


def bench() -> Line:
    return Line("reminders_webpush", 1 / minute().ours, "/s", 1 / minute().plain)

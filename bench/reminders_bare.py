"""Reminders a second and core, from claim to outcome, against bare cryptography with one signature (issue 6, point 7:
at least 0.30)."""

from __future__ import annotations

from bench.measure import Line
from bench.sending import minute


def bench() -> Line:
    return Line("reminders_bare", 1 / minute().ours, "/s", 1 / minute().bare)

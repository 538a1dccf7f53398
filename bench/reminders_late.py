"""How late the 99th of a hundred is handed over when everyone is due in one minute, against the middle one (p50)."""

from __future__ import annotations

from bench.measure import Line
from bench.sending import minute


def bench() -> Line:
    return Line("reminders_late_p99", minute().percentile(99) * 1000, "ms", minute().percentile(50) * 1000)

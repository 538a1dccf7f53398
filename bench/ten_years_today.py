"""Today opens within a blink, whatever is behind it (issue 4, point 5)."""

from __future__ import annotations

from bench.measure import Line, line
from bench.ten_years import lived


def bench() -> Line:
    someone = lived()
    return line("ten_years_today", lambda: someone.open("/today"))

"""Ten years in one picture (issue 4, point 5)."""

from __future__ import annotations

from bench.measure import Line, line
from bench.ten_years import lived


def bench() -> Line:
    someone = lived()
    return line("ten_years_history_all", lambda: someone.open("/history?window=all"))

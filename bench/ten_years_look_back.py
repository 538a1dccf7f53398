"""Three months side by side, after ten years (issue 4, point 5)."""

from __future__ import annotations

from bench.measure import Line, line
from bench.ten_years import lived


def bench() -> Line:
    someone = lived()
    return line("ten_years_look_back", lambda: someone.open("/history/look-back"))

"""Bytes and requests of a first visit (issue 9, point 7: at most 40 kB in all, 12 kB of them script) and of a second.
For a visit the yardstick is that aim; for what follows it is the first visit."""

from __future__ import annotations

from bench.measure import Line
from bench.ten_years import lived
from bench.visits import Visit

IN_ALL, SCRIPT = 40, 12
KB = 1000


def bench() -> list[Line]:
    someone = lived()
    first = Visit(someone.app.test_client()).open("/")
    second = first.again().open("/")
    today = Visit(someone.client).open("/today")
    today_again = today.again().open("/today")
    return [
        Line("first_visit", first.bytes / KB, "kB", IN_ALL),
        Line("first_visit_script", first.script_bytes / KB, "kB", SCRIPT),
        Line("second_visit", second.bytes / KB, "kB", first.bytes / KB),
        Line("second_visit_requests", len(second.sizes), "asked", len(first.sizes)),
        Line("first_today", today.bytes / KB, "kB", IN_ALL),
        Line("second_today", today_again.bytes / KB, "kB", today.bytes / KB),
        Line("second_today_requests", len(today_again.sizes), "asked", len(today.sizes)),
    ]

"""/today signed in, against a bare Flask + Jinja page with one query on the same server (issue 9, point 7: at least
0.5 of its requests a second), and the memory of a web process against that of the bare one."""

from __future__ import annotations

from bench.measure import Line
from bench.served import measured

MB = 1_000_000


def bench() -> list[Line]:
    ours, bare = measured()
    return [
        Line("today_bare", ours.speed, "/s", bare.speed),
        Line("web_memory", ours.memory / MB, "MB", bare.memory / MB),
    ]

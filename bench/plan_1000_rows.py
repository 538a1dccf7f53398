"""A plan of 1,000 rows lays out within a blink (issue 3, point 2)."""

from __future__ import annotations

from bench.measure import Line, line
from companion.domain.codes import Refused
from companion.domain.plan import lay_out, read_plan

DOCUMENT = {
    "products": [{"form": "made_capsule"}],
    "daily": {"bedtime": "100.1"},
    "goal": {"kind": "stop"},
    "pace": {"kind": "amount", "mg": "0.1", "every_days": 14},
    "start": "2027-01-04",
}
ROWS = 1000


def bench() -> Line:
    def work() -> None:
        asked = read_plan(DOCUMENT)
        layout = asked if isinstance(asked, Refused) else lay_out(asked)
        if isinstance(layout, Refused) or len(layout.rows) != ROWS:
            raise SystemExit("the plan of the benchmark does not have 1,000 rows")

    return line("plan_1000_rows", work)

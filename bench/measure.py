"""Time one thing, and a yardstick of plain Python in the same run, so that two machines can be compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from time import perf_counter

TIMES = 7


@dataclass(frozen=True)
class Line:
    """`value` in `unit`; `yardstick` in the same unit; `ratio` = value / yardstick."""

    name: str
    value: float
    unit: str
    yardstick: float

    @property
    def ratio(self) -> float:
        return self.value / self.yardstick


def milliseconds(work: Callable[[], object], times: int = TIMES) -> float:
    """The fastest of some runs: what the work costs when nothing else is in the way."""
    taken = []
    for _ in range(times):
        began = perf_counter()
        work()
        taken.append(perf_counter() - began)
    return min(taken) * 1000


def yardstick() -> float:
    """Ten thousand exact fractions added up, in milliseconds."""
    return milliseconds(lambda: sum((Fraction(1, n % 97 + 1) for n in range(10_000)), Fraction(0)))


def line(name: str, work: Callable[[], object]) -> Line:
    """One line of the table."""
    work()
    return Line(name, milliseconds(work), "ms", yardstick())

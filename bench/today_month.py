"""/today of someone with ten years behind them, against one month (issue 9, point 7: at most 1.2)."""

from __future__ import annotations

from time import process_time

from bench.measure import Line
from bench.ten_years import Lived, lived, ten_years

MONTH = 30
TIMES = 25


def bench() -> Line:
    with ten_years(MONTH) as short:
        long = lived()
        taken: dict[int, list[float]] = {id(long): [], id(short): []}
        for _ in range(TIMES):  # by turns, so that whatever else the machine does meets both
            for one in (long, short):
                taken[id(one)].append(_once(one))
        return Line("today_month", min(taken[id(long)]), "ms", min(taken[id(short)]))


def _once(one: Lived) -> float:
    began = process_time()
    one.open("/today")
    return (process_time() - began) * 1000

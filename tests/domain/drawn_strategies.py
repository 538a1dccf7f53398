"""Painted rows for property tests: any zone, any day, clock changes more often than chance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from companion.domain.night.row import BEGINNINGS, DrawnRow, window
from tests.domain.night_strategies import clock_change_days, days, zones


@dataclass(frozen=True)
class Painted:
    wake_date: date
    zone: ZoneInfo
    row: DrawnRow

    def count(self, letters: str) -> int:
        return sum(self.row.quarters.count(letter) for letter in letters)


@st.composite
def places(draw: st.DrawFn) -> tuple[date, ZoneInfo, time]:
    """A wake date, a zone and an hour at which the row begins."""
    zone = draw(zones)
    changes = clock_change_days(zone, draw(st.integers(2020, 2030)))
    day = draw(st.one_of(days, st.sampled_from(changes)) if changes else days)
    return day, zone, draw(st.sampled_from(BEGINNINGS))


@st.composite
def painted(draw: st.DrawFn) -> Painted:
    """A row as people paint them: a night in one piece somewhere in the row, perhaps naps around it."""
    day, zone, begins = draw(places())
    real = window(day, zone, begins)
    first = draw(st.integers(0, real.quarters - 1))
    end = draw(st.integers(first + 1, min(real.quarters, first + 60)))
    length = end - first
    before = draw(st.integers(0, min(8, length - 1)))
    after = draw(st.integers(0, min(8, length - 1 - before)))
    inside = draw(st.text("sssswub", min_size=length - before - after, max_size=length - before - after))
    letters = ["."] * first + list("b" * before + inside + "b" * after) + ["."] * (real.quarters - end)
    for place in draw(st.lists(st.integers(0, real.quarters - 1), max_size=4)):
        if letters[place] == ".":
            letters[place] = "n"
    return Painted(day, zone, DrawnRow("".join(letters), begins))

"""A night as the person told it: clock times and counts, nothing worked out yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import Enum, StrEnum
from typing import Final


class NoSleep(Enum):
    """The answer "I did not sleep at all", where otherwise the minutes to fall asleep would stand."""

    NONE = "none"


NO_SLEEP: Final = NoSleep.NONE

SleepOnset = int | NoSleep | None
"""Minutes from lights out to falling asleep, "not at all", or None: not answered."""


NOON: Final = time(12)


@dataclass(frozen=True)
class DrawnRow:
    """A day as it was painted: one letter for each quarter hour (`row.LETTERS`), from `begins` on.

    The row of a wake date runs from noon to noon, so that a night lies in its middle; `row.BEGINNINGS` are the
    other hours at which it can begin, for someone who sleeps by day.
    """

    quarters: str
    begins: time = NOON


class MarkKind(StrEnum):
    """What can be marked in the row: the letters of the paper calendars (facts/instruments.md §3.1)."""

    MEDICINE = "medicine"
    COFFEE = "coffee"
    ALCOHOL = "alcohol"


@dataclass(frozen=True)
class Mark:
    """Something at a wall time of the row; in the hour that happens twice, its first pass."""

    kind: MarkKind
    at: time


@dataclass(frozen=True)
class Night:
    """One night, known by the morning it ended. None always means: not answered.

    Times are wall-clock times of the person's zone, to the minute; `*_min` are whole minutes; `quality` and
    `rested` run from 1 (very poor) to 5 (very good). The questions are those of the consensus sleep diary
    (Carney et al., Sleep 2012;35:287-302), in our own words.
    """

    wake_date: date
    in_bed: time | None = None
    lights_out: time | None = None
    sol_min: SleepOnset = None
    awakenings: int | None = None
    waso_min: int | None = None
    final_wake: time | None = None
    up: time | None = None
    still_trying_min: int | None = None
    naps_min: int | None = None
    quality: int | None = None
    rested: int | None = None
    note: str = ""
    felt_asleep_min: int | None = None
    as_usual: bool = False
    drawn: DrawnRow | None = None
    marks: tuple[Mark, ...] = ()

    @property
    def slept(self) -> bool:
        """False only when the person said that there was no sleep at all."""
        return self.sol_min is not NO_SLEEP

    @property
    def sol(self) -> int | None:
        """Minutes to fall asleep; None where not answered, and where there was no sleep to fall into."""
        return self.sol_min if isinstance(self.sol_min, int) else None

    @property
    def waso(self) -> int | None:
        """Minutes awake after falling asleep; 0 when the person never woke and left the minutes empty."""
        if self.waso_min is None and self.awakenings == 0:
            return 0
        return self.waso_min

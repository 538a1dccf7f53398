"""The 24-hour row of the sleep-wake calendar: where its quarter hours really were, and what is painted on them.

The row of a wake date is a text of letters, one for each quarter hour of real time from noon of the day before to
noon of the wake date in the person's zone: 96, or 92 and 100 when the clock changes in it. Someone who sleeps by
day gets a row that begins at 18:00 the day before or at midnight: then the hour stands before the letters
("18:00 ....bbss"). A night that lasts over such an hour too cannot be drawn; it can be typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from companion.domain.codes import Refused
from companion.domain.night.value import NOON, DrawnRow

NOTHING: Final = "."
IN_BED: Final = "b"
AWAKE: Final = "w"
ASLEEP: Final = "s"
OUT_OF_BED: Final = "u"
NAP: Final = "n"
LETTERS: Final = (NOTHING, IN_BED, AWAKE, ASLEEP, OUT_OF_BED, NAP)
"""Nothing told · in bed, not (yet, any longer) trying to sleep · awake, trying · asleep · up in the night · nap."""

QUARTER: Final = timedelta(minutes=15)
QUARTER_MIN: Final = 15
BEGINNINGS: Final = (NOON, time(18), time(0))
"""The hours at which a row can begin: noon and 18:00 of the day before the wake date, and midnight."""

_IN_THE_BED: Final = IN_BED + AWAKE + ASLEEP
_TEXT: Final = re.compile(r"(?:([0-9]{2}:[0-9]{2}) )?(\S*)")


@dataclass(frozen=True)
class Window:
    """The real time of a row: its first instant (UTC) and how many quarter hours it has."""

    start: datetime
    quarters: int

    @property
    def end(self) -> datetime:
        return self.instant(self.quarters)

    def instant(self, quarter: int) -> datetime:
        """When a quarter begins; for the number after the last one: when the row ends."""
        return self.start + quarter * QUARTER


@dataclass(frozen=True)
class Episode:
    """The night within painted letters, as numbers of quarters; ends are those after the last.

    `lights_out` is the first quarter awake or asleep, `onset` the first asleep, `wake` the end of the last asleep.
    """

    first: int
    end: int
    lights_out: int | None
    onset: int | None
    wake: int | None


@lru_cache(maxsize=4096)
def window(wake_date: date, zone: ZoneInfo, begins: time = NOON) -> Window:
    """The real time of the row of a wake date that begins at one of `BEGINNINGS`."""
    first_day = wake_date if begins == time(0) else wake_date - timedelta(days=1)
    start = datetime.combine(first_day, begins, zone).astimezone(UTC)
    end = datetime.combine(first_day + timedelta(days=1), begins, zone).astimezone(UTC)
    return Window(start, round((end - start) / QUARTER))


def read_row(text: str, wake_date: date, zone: ZoneInfo) -> DrawnRow | Refused | None:
    """The row in its text; None where nothing is painted. Refused: an unknown letter, hour or length."""
    row = _painted(text)
    if row is None:
        return Refused.because("drawn", "night_drawn_unreadable")
    if not row.quarters.strip(NOTHING):
        return None
    needed, given = window(wake_date, zone, row.begins).quarters, len(row.quarters)
    if given != needed:
        return Refused.because("drawn", "night_drawn_length", needed=str(needed), given=str(given))
    return row


def fitting_row(text: str, wake_date: date, zone: ZoneInfo) -> DrawnRow | None:
    """The row as far as this night has quarters, to be looked at again: it may have been painted on another clock. None
    where it cannot be read."""
    row = _painted(text)
    if row is None:
        return None
    there = window(wake_date, zone, row.begins).quarters
    return DrawnRow(row.quarters[:there].ljust(there, NOTHING), row.begins)


def quarters_in(text: str) -> int:
    """How many quarter hours stand in the text of a row, on whatever clock it was painted."""
    found = _TEXT.fullmatch(text.strip())
    return len(found[2]) if found else 0


def row_text(row: DrawnRow) -> str:
    """What `read_row` reads."""
    return row.quarters if row.begins == NOON else f"{row.begins:%H:%M} {row.quarters}"


def empty_row(wake_date: date, zone: ZoneInfo, begins: time = NOON) -> DrawnRow:
    return DrawnRow(NOTHING * window(wake_date, zone, begins).quarters, begins)


def episode(quarters: str) -> Episode | None:
    """The night in painted letters; None where nothing is painted as in bed."""
    bed = [place for place, letter in enumerate(quarters) if letter in _IN_THE_BED]
    if not bed:
        return None
    trying = [place for place in bed if quarters[place] != IN_BED]
    slept = [place for place in bed if quarters[place] == ASLEEP]
    return Episode(
        first=bed[0],
        end=bed[-1] + 1,
        lights_out=trying[0] if trying else None,
        onset=slept[0] if slept else None,
        wake=slept[-1] + 1 if slept else None,
    )


def row_moments(row: DrawnRow, wake_date: date, zone: ZoneInfo) -> dict[str, datetime]:
    """UTC instants of the times of the painted night, by the names of `Moments`, those that the row tells."""
    night, real = episode(row.quarters), window(wake_date, zone, row.begins)
    if night is None:
        return {}
    places = (
        ("in_bed", night.first),
        ("lights_out", night.lights_out),
        ("final_wake", night.wake),
        ("up", night.end),
    )
    return {name: real.instant(place) for name, place in places if place is not None}


def _painted(text: str) -> DrawnRow | None:
    """What is written there, of whatever length; None where it cannot be read."""
    found = _TEXT.fullmatch(text.strip())
    begins = _beginning(found[1]) if found else None
    if found is None or begins is None or set(found[2]) - set(LETTERS):
        return None
    return DrawnRow(found[2], begins)


def _beginning(text: str | None) -> time | None:
    return next((each for each in BEGINNINGS if text is None or text == each.strftime("%H:%M")), None)

"""The shapes of a row of the sleep-wake calendar: places from noon to noon, in units of a 360 wide view box.

Text is 16 units, so that it is 14 px where 390 px of screen leave 320 for the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from companion.domain.night import Night, drawn_from_night
from companion.domain.night.calendar import CalendarRow, calendar_rows
from companion.domain.night.row import Window

WIDTH: Final = 360
_LEAST_APART: Final = 14
"""Between two letters, so that they never touch."""


@dataclass(frozen=True)
class Bar:
    """The same letter of a row from one place to another."""

    x: float
    width: float
    letter: str


@dataclass(frozen=True)
class ArrowShape:
    x: float
    down: bool


@dataclass(frozen=True)
class SignShape:
    x: float
    kind: str


@dataclass(frozen=True)
class Tick:
    """A whole quarter of the day on the clock: 12, 18, 0, 6. `hour` is what the clock shows."""

    x: float
    hour: int


@dataclass(frozen=True)
class NightShape:
    """A row to draw. `shift` is where the clock changed, `hours` how long the row is."""

    bars: Sequence[Bar]
    arrows: Sequence[ArrowShape]
    signs: Sequence[SignShape]
    ticks: Sequence[Tick]
    shift: Bar | None
    hours: float


def row_shape(row: CalendarRow) -> NightShape:
    place = _Places(row.window)
    return NightShape(
        bars=[
            Bar(place(each.start), round(place(each.end) - place(each.start), 1), each.letter) for each in row.strips
        ],
        arrows=[ArrowShape(place(each.at), each.down) for each in row.arrows],
        signs=_apart([SignShape(place(each.at), each.kind.value) for each in row.signs]),
        ticks=_ticks(row.window, row.zone, place),
        shift=_shift(row, place),
        hours=row.window.quarters / 4,
    )


def night_shape(night: Night, zone: ZoneInfo) -> NightShape | None:
    """The row of one night alone, in the hours of its own row; None where there is nothing to draw."""
    drawn = drawn_from_night(night, zone)
    if drawn is None:
        return None
    [row] = calendar_rows(night.wake_date, night.wake_date, [night], [], zone, drawn.begins)
    return row_shape(row)


class _Places:
    """Instants to places in a row: the whole row is as wide as any other, however many hours it has."""

    def __init__(self, real: Window) -> None:
        self._real = real

    def __call__(self, moment: datetime) -> float:
        return round((moment - self._real.start) / (self._real.end - self._real.start) * WIDTH, 1)


def _apart(signs: Sequence[SignShape]) -> list[SignShape]:
    """Letters that would touch stand beside each other."""
    placed: list[SignShape] = []
    for sign in signs:
        least = placed[-1].x + _LEAST_APART if placed else 6.0
        placed.append(SignShape(round(max(sign.x, least), 1), sign.kind))
    return placed


def _ticks(real: Window, zone: ZoneInfo, place: _Places) -> list[Tick]:
    ticks = []
    for number in range(1, real.quarters):
        local = real.instant(number).astimezone(zone)
        if local.minute == 0 and local.hour % 6 == 0:
            ticks.append(Tick(place(real.instant(number)), local.hour))
    return ticks


def _shift(row: CalendarRow, place: _Places) -> Bar | None:
    """The hour that came twice, or the moment at which an hour was skipped as a narrow band."""
    if row.shift is None:
        return None
    before, after = (at.astimezone(row.zone).utcoffset() for at in (row.window.start, row.window.end))
    again = (before or timedelta(0)) - (after or timedelta(0))
    if again > timedelta(0):
        return Bar(place(row.shift), round(place(row.shift + again) - place(row.shift), 1), "")
    return Bar(place(row.shift) - 2, 4, "")

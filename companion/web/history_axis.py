"""Where things stand in the one picture: the time axis, and the lanes under each other.

Lengths are units of a 360 wide view box; text is 16 units, so that it is 14 px where 390 px of screen leave
320 for the picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from companion.domain.history import DAY, DateRange

WIDTH: Final = 360
LEFT: Final = 8
RIGHT: Final = 352
LABEL_WIDTH: Final = 105.0
"""Room that a date under the axis needs, so that two never touch."""


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Place:
    x: float
    y: float


@dataclass(frozen=True)
class Lane:
    """A strip of the picture: where its words stand, and from where to where it draws."""

    words: int
    top: int
    floor: int

    @property
    def height(self) -> int:
        return self.floor - self.top


@dataclass(frozen=True)
class Lanes:
    """The lanes from above. `turns` and `usual` take room only where there is something to put in them."""

    dose: Lane
    marks: int
    turns: Lane | None
    nights: Lane
    usual: int | None
    efficiency: Lane
    symptoms: Lane
    axis: int

    @property
    def height(self) -> int:
        return self.axis + 24


ALL_PARTS: Final = frozenset({"dose", "nights", "symptoms"})


def lanes(*, turns: bool, usual: bool, parts: frozenset[str] = ALL_PARTS) -> Lanes:
    """The lanes of a picture with or without stays and waits, with or without nights as usual.

    A part that is left out takes no room; nothing is drawn in its lane.
    """
    above = 0 if "dose" in parts else -114
    below = above + (36 if turns else 0)
    further = below + (20 if usual else 0) - (0 if "nights" in parts else 168)
    under = further - (0 if "symptoms" in parts else 68)
    return Lanes(
        dose=Lane(18, 30, 86),
        marks=105,
        turns=Lane(136, 114, 120) if turns else None,
        nights=Lane(132 + below, 144 + below, 210 + below),
        usual=226 + below if usual else None,
        efficiency=Lane(
            236 + below + (20 if usual else 0), 246 + below + (20 if usual else 0), 274 + below + (20 if usual else 0)
        ),
        symptoms=Lane(300 + further, 310 + further, 346 + further),
        axis=356 + under,
    )


class Axis:
    """Days to places: every day has the same width, and stands in its middle."""

    def __init__(self, days: DateRange) -> None:
        self.days = days
        self.step = (RIGHT - LEFT) / days.days

    def edge(self, day: date) -> float:
        """Where a day begins, kept within the picture."""
        place = LEFT + (day - self.days.first_day).days * self.step
        return short(min(max(place, LEFT), RIGHT))

    def middle(self, day: date) -> float:
        """The middle of a day; the nearest edge for a day outside."""
        place = LEFT + ((day - self.days.first_day).days + 0.5) * self.step
        return short(min(max(place, LEFT), RIGHT))

    def end(self, day: date | None) -> float:
        """Where a day ends; what is still open goes on to the end of the picture."""
        return float(RIGHT) if day is None or day >= self.days.last_day else self.edge(day + DAY)


@dataclass(frozen=True)
class Tick:
    """A day named under the axis. `anchor` is that of SVG text."""

    x: float
    anchor: str
    day: date
    is_today: bool


def ticks(axis: Axis, today: date) -> tuple[Tick, ...]:
    """The first and the last day, and today where it is far enough from both."""
    first, last = axis.days.first_day, axis.days.last_day
    if first == last:
        return (Tick(WIDTH / 2, "middle", first, first == today),)
    ends = [Tick(LEFT, "start", first, first == today), Tick(RIGHT, "end", last, last == today)]
    now = axis.middle(today)
    if today in axis.days and LEFT + 1.5 * LABEL_WIDTH <= now <= RIGHT - 1.5 * LABEL_WIDTH:
        ends.insert(1, Tick(now, "middle", today, True))
    return tuple(ends)


def line(places: tuple[Place, ...]) -> str:
    """Path data through the places; one place is a dot with a round cap."""
    if len(places) == 1:
        return f"M{places[0].x:g} {places[0].y:g}h.01"
    return "".join(f"{'L' if number else 'M'}{place.x:g} {place.y:g}" for number, place in enumerate(places))


def short(length: float) -> float:
    return round(length, 1)

"""The sums of a questionnaire drawn small: a dot for each list, from 0 to the highest that is possible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from companion.services.over_time import SumStrip

WIDTH, HEIGHT = 340, 132
LEFT, RIGHT, TOP, BOTTOM = 30, 322, 16, 100


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    day: date
    points: int


@dataclass(frozen=True)
class SumsPicture:
    """`line` goes through the dots, in the words of an SVG `points`."""

    top: int
    dots: tuple[Dot, ...]
    line: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    highest: int = TOP
    lowest: int = BOTTOM


def sums_picture(strip: SumStrip) -> SumsPicture:
    """The picture of one sum; the dots stand as far apart as their days."""
    first, last = strip.points[0][0], strip.points[-1][0]
    span = (last - first).days
    dots = tuple(
        Dot(
            round(LEFT + (RIGHT - LEFT) * ((day - first).days / span if span else 0.5), 1),
            round(BOTTOM - (BOTTOM - TOP) * (points / strip.sum.top if strip.sum.top else 0), 1),
            day,
            points,
        )
        for day, points in strip.points
    )
    return SumsPicture(strip.sum.top, dots, " ".join(f"{dot.x},{dot.y}" for dot in dots))

"""Stays, steps back and waits in the one picture: a band behind the series, a bracket under the dose, and its word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from companion.domain.history import Turn
from companion.web.history_axis import LEFT, RIGHT, Axis, Box, Lanes, short

_LEAST_WIDTH: Final = 1.5
_NUMBER_WIDTH: Final = 22.0
_WORD_WIDTH: Final = {"stay": 106.0, "back": 102.0, "hospital": 116.0}
"""Room for the number and the word, in the longer of both languages."""


@dataclass(frozen=True)
class TurnMark:
    """`n` counts from 1, as in the list beside the picture. `x`: the middle of number and word; None: no room."""

    n: int
    turn: Turn
    band: Box
    bracket: str
    x: float | None
    with_word: bool


def turn_marks(turns: Sequence[Turn], axis: Axis, lanes: Lanes) -> tuple[TurnMark, ...]:
    """Every turn has its band and bracket; its word where there is room, else its number, else only its place."""
    lane = lanes.turns
    if lane is None:
        return ()
    spans = [_span(turn, axis) for turn in turns]
    marks = []
    taken = float(LEFT - 4)
    for place, (turn, (left, right)) in enumerate(zip(turns, spans, strict=True)):
        middle = (left + right) / 2
        coming = spans[place + 1] if place + 1 < len(spans) else None
        until = (coming[0] + coming[1]) / 2 - _NUMBER_WIDTH / 2 if coming else float(RIGHT + 4)
        x, with_word = _label(middle, _WORD_WIDTH[turn.kind], taken, until)
        if x is not None:
            taken = x + (_WORD_WIDTH[turn.kind] if with_word else _NUMBER_WIDTH) / 2
        marks.append(
            TurnMark(
                n=place + 1,
                turn=turn,
                band=Box(left, lanes.dose.top - 8, short(right - left), lanes.axis - lanes.dose.top + 8),
                bracket=f"M{left:g} {lane.top}V{lane.floor}H{right:g}V{lane.top}",
                x=None if x is None else short(x),
                with_word=with_word,
            )
        )
    return tuple(marks)


def _span(turn: Turn, axis: Axis) -> tuple[float, float]:
    left, right = axis.edge(turn.first_day), axis.end(turn.last_day)
    if right - left < _LEAST_WIDTH:
        left = min(left, RIGHT - _LEAST_WIDTH)
        right = left + _LEAST_WIDTH
    return short(left), short(right)


def _label(middle: float, width: float, after: float, before: float) -> tuple[float | None, bool]:
    """The middle of the label between what stands left and right of it, as near to its turn as can be."""
    for room, with_word in ((width, True), (_NUMBER_WIDTH, False)):
        least, most = max(after, LEFT - 4) + room / 2, min(before, RIGHT + 4) - room / 2
        if least <= most and abs(min(max(middle, least), most) - middle) <= room / 2:
            return min(max(middle, least), most), with_word
    return None, False

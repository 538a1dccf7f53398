"""A drawn row and typed answers are one record: they say the same to within a quarter hour, or they are refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Final
from zoneinfo import ZoneInfo

from companion.domain.codes import Reason, Refused
from companion.domain.night.drawn import answers_from_drawn
from companion.domain.night.figures import figures
from companion.domain.night.row import QUARTER_MIN
from companion.domain.night.value import NO_SLEEP, DrawnRow, Night

DIFFERS: Final = "night_drawn_differs"
"""The reason of a refusal that asks which of the two counts; its values are `drawn` and `typed`, as forms send them."""

TIMES: Final = ("in_bed", "lights_out", "final_wake", "up")
ANSWERED: Final = (*TIMES, "sol_min", "awakenings", "waso_min", "still_trying_min", "naps_min")
"""What a row can answer."""

_DAY_MIN: Final = 24 * 60


def together(typed: Night, row: DrawnRow, zone: ZoneInfo) -> Night | Refused:
    """A typed night and its drawing as one night: typed answers stand, the drawing fills in those that are empty.

    Refused with a reason (`DIFFERS`) for each answer that differs by more than rounding to a quarter hour. Where
    rounded and exact times do not fit together, the drawn ones stand.
    """
    painted = answers_from_drawn(row, typed.wake_date, zone)
    if isinstance(painted, Refused):
        return painted
    found = differences(typed, painted)
    if found:
        return Refused(found)
    told = {name: getattr(painted, name) for name in ANSWERED if getattr(painted, name) is not None}
    empty = {name: value for name, value in told.items() if getattr(typed, name) is None}
    night = replace(typed, drawn=row, **empty)
    return replace(night, **told) if isinstance(figures(night, zone), Refused) else night


def differences(typed: Night, painted: Night) -> tuple[Reason, ...]:
    """Every answer that both give and that is not the same to within a quarter hour."""
    return tuple(difference(name, typed, painted) for name in ANSWERED if _differs(name, typed, painted))


def cleared(typed: Night, painted: Night) -> tuple[Reason, ...]:
    """Every answer of the drawing that was taken out of the typed ones."""
    return tuple(
        difference(name, typed, painted)
        for name in ANSWERED
        if getattr(typed, name) is None and getattr(painted, name) is not None
    )


def difference(name: str, typed: Night, painted: Night) -> Reason:
    values = {"drawn": answer_text(getattr(painted, name)), "typed": answer_text(getattr(typed, name))}
    return Reason(name, DIFFERS, values)


def answer_text(value: object) -> str:
    """An answer as a form sends it; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return NO_SLEEP.value if value is NO_SLEEP else str(value)


def _differs(name: str, typed: Night, painted: Night) -> bool:
    said, drawn = getattr(typed, name), getattr(painted, name)
    if said is None:
        return False
    if drawn is None:  # a row that tells only "in bed" beside sleep that was typed
        return name == "sol_min" and painted.in_bed is not None and typed.final_wake is not None
    if isinstance(said, time):
        return _apart(said, drawn) >= QUARTER_MIN
    if NO_SLEEP in (said, drawn):
        return bool(said is not drawn)
    if name == "awakenings":  # short ones do not show in quarters; more than were told would
        return bool(drawn > said)
    times = max(1, painted.awakenings or 0) if name == "waso_min" else 1
    return bool(abs(said - drawn) > QUARTER_MIN * times)


def _apart(one: time, other: time) -> int:
    """Minutes between two clock times, the short way round."""
    away = (one.hour * 60 + one.minute - other.hour * 60 - other.minute) % _DAY_MIN
    return min(away, _DAY_MIN - away)

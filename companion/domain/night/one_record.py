"""A drawn row and typed answers are one record: they say the same to within a quarter hour, or they are refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from companion.domain.codes import Reason, Refused
from companion.domain.night.drawn import answers_from_drawn
from companion.domain.night.figures import figures
from companion.domain.night.moments import readings
from companion.domain.night.row import QUARTER, QUARTER_MIN, row_moments
from companion.domain.night.value import NO_SLEEP, DrawnRow, Night

DIFFERS: Final = "night_drawn_differs"
"""The reason of a refusal that asks which of the two counts; its values are `drawn` and `typed`, as forms send them."""

TIMES: Final = ("in_bed", "lights_out", "final_wake", "up")
ANSWERED: Final = (*TIMES, "sol_min", "awakenings", "waso_min", "still_trying_min", "naps_min")
"""What a row can answer."""


def together(typed: Night, row: DrawnRow, zone: ZoneInfo) -> Night | Refused:
    """A typed night and its drawing as one night: typed answers stand, the drawing fills in those that are empty.

    Refused with a reason (`DIFFERS`) for each answer that differs by more than rounding to a quarter hour. Where
    rounded and exact times do not fit together, the drawn ones stand.
    """
    painted = answers_from_drawn(row, typed.wake_date, zone)
    if isinstance(painted, Refused):
        return painted
    found = differences(typed, painted, zone)
    if found:
        return Refused(found)
    told = {name: getattr(painted, name) for name in ANSWERED if getattr(painted, name) is not None}
    empty = {name: value for name, value in told.items() if getattr(typed, name) is None}
    night = replace(typed, drawn=row, **empty)
    if all(getattr(night, name) == value for name, value in told.items()):
        return night
    return replace(night, **told) if isinstance(figures(night, zone), Refused) else night


def differences(typed: Night, painted: Night, zone: ZoneInfo) -> tuple[Reason, ...]:
    """Every answer that both give and that is not the same to within a quarter hour of real time."""
    moments = row_moments(painted.drawn, painted.wake_date, zone) if painted.drawn else {}
    apart = [name for name in moments if getattr(typed, name) not in (None, getattr(painted, name))]
    found: set[str] = {name for name in apart if _away(getattr(typed, name), moments[name], zone) >= QUARTER}
    found |= {name for name in ANSWERED if name not in TIMES and _differs(name, typed, painted)}
    return tuple(difference(name, typed, painted) for name in ANSWERED if name in found)


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
    if NO_SLEEP in (said, drawn):
        return bool(said is not drawn)
    if name == "awakenings":  # short ones do not show in quarters; more than were told would
        return bool(drawn > said)
    times = max(1, painted.awakenings or 0) if name == "waso_min" else 1
    return bool(abs(said - drawn) > QUARTER_MIN * times)


def _away(wall: time, moment: datetime, zone: ZoneInfo) -> timedelta:
    """How far a clock time lies from an instant, the nearest time that the clock shows it."""
    day = moment.astimezone(zone).date()
    near = [datetime.combine(day + timedelta(days=more), wall) for more in (-1, 0, 1)]
    return min(abs(instant - moment) for local in near for instant in readings(local, zone))

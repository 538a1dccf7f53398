"""The figures of kept nights for pictures and means: ten years of them at once, and only what those need."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from companion.domain.codes import Refused
from companion.domain.entry import Entry
from companion.domain.history import NightBar
from companion.domain.night import NO_SLEEP, Night, figures
from companion.domain.night.moments import possible_moments
from companion.domain.night.row import BEGINNINGS, quarters_in, window
from companion.domain.person import Person
from companion.services.log_night import kept_night

_TIMES = ("in_bed", "lights_out", "final_wake", "up")
_PLAIN_DAY = 96
_COUNTS = ("awakenings", "waso_min", "still_trying_min", "naps_min")


def night_bar(entry: Entry, person: Person) -> NightBar:
    """The same numbers as `kept_night`, without reading notes and answers that no picture shows."""
    night = _plain(entry.data, entry.day)
    row = entry.data.get("drawn")
    if night and row and not _settled(night, row, person):
        night = None
    measured = figures(night, person.zone) if night else None
    if measured is None or isinstance(measured, Refused):  # written in another way: read it with every check
        kept = kept_night(entry, person)
        night, measured = kept.night, kept.figures
    return NightBar(entry.day, measured.tib, measured.tst, measured.se, bool(night and night.as_usual))


def _settled(night: Night, row: object, person: Person) -> bool:
    """Whether a drawing beside the answers has nothing to add: no answer is open, and no clock changes, neither that
    of the person nor that on which it was painted."""
    told = (night.in_bed, night.lights_out, night.final_wake, night.up, night.sol_min, night.waso)
    lengths = {window(night.wake_date, person.zone, begins).quarters for begins in BEGINNINGS}
    painted = quarters_in(row) if isinstance(row, str) else 0
    return None not in told and lengths | {painted} == {_PLAIN_DAY} and len(possible_moments(night, person.zone)) == 1


def _plain(data: Mapping[str, Any], day: date) -> Night | None:
    """A night whose answers stand as `night_to_data` writes them; None where one does not."""
    answers: dict[str, Any] = {}
    for name in _TIMES:
        value = data.get(name)
        if value is not None:
            if not (isinstance(value, str) and len(value) == 5 and value[2] == ":"):
                return None
            answers[name] = time(int(value[:2]), int(value[3:]))
    for name in _COUNTS:
        value = data.get(name)
        if value is not None:
            if type(value) is not int:
                return None
            answers[name] = value
    sol, usual = data.get("sol_min"), data.get("as_usual", False)
    if sol not in (None, NO_SLEEP.value) and type(sol) is not int:
        return None
    if type(usual) is not bool:
        return None
    return Night(day, **answers, sol_min=NO_SLEEP if sol == NO_SLEEP.value else sol, as_usual=usual)

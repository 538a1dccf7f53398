"""What a painted row means in typed answers."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from typing import Any, Final
from zoneinfo import ZoneInfo

from companion.domain.codes import Refused
from companion.domain.night.figures import figures
from companion.domain.night.moments import possible_moments
from companion.domain.night.row import (
    ASLEEP,
    AWAKE,
    NAP,
    NOTHING,
    QUARTER_MIN,
    Episode,
    episode,
    row_moments,
    window,
)
from companion.domain.night.value import NO_SLEEP, DrawnRow, Night

_OLDEST_KEPT: Final = 8192


@lru_cache(maxsize=_OLDEST_KEPT)
def answers_from_drawn(row: DrawnRow, wake_date: date, zone: ZoneInfo) -> Night | Refused:
    """The night that a row tells, with the answers that someone who types it would give.

    Into bed is the first quarter in bed, awake or asleep; lights out the first awake or asleep; awakenings are the
    stretches that are not asleep between the first and the last sleep, whatever else they are; the final waking is
    the end of the last sleep; up is the end of the last quarter in bed (facts/instruments.md §3.2–3.3). Lying
    awake and never asleep is a night without sleep; only "in bed" says nothing about sleep. Naps count wherever
    they stand; no nap painted is not an answer about naps.

    Refused where the row cannot be one night: a gap or a nap inside it, getting up on another day than the wake
    date, longer than 24 hours.
    """
    night = episode(row.quarters)
    naps = row.quarters.count(NAP) * QUARTER_MIN or None
    if night is None:
        return Night(wake_date, naps_min=naps, drawn=row)
    refused = _not_one_night(row, night, wake_date, zone)
    if refused:
        return refused
    moments = row_moments(row, wake_date, zone)
    walls: dict[str, Any] = {name: moment.astimezone(zone).time() for name, moment in moments.items()}
    told = Night(wake_date, drawn=row, naps_min=naps, **walls, **_minutes(row.quarters, night))
    if dict(possible_moments(told, zone)[0].known()) != moments:
        return Refused.because("drawn", "night_drawn_too_long")
    measured = figures(told, zone)
    return Refused.because("drawn", "night_drawn_too_long") if isinstance(measured, Refused) else told


def _minutes(quarters: str, night: Episode) -> dict[str, Any]:
    """The answers in minutes and times; none where sleep is not told."""
    if night.lights_out is None:
        return {}
    if night.onset is None or night.wake is None:
        return {"sol_min": NO_SLEEP}
    between = quarters[night.onset : night.wake]
    return {
        "sol_min": (night.onset - night.lights_out) * QUARTER_MIN,
        "awakenings": sum(not asleep for asleep, _ in groupby(between, ASLEEP.__eq__)),
        "waso_min": (len(between) - between.count(ASLEEP)) * QUARTER_MIN,
        "still_trying_min": quarters[night.wake : night.end].count(AWAKE) * QUARTER_MIN,
    }


def _not_one_night(row: DrawnRow, night: Episode, wake_date: date, zone: ZoneInfo) -> Refused | None:
    real = window(wake_date, zone, row.begins)
    inside = row.quarters[night.first : night.end]
    for letter, code in ((NOTHING, "night_drawn_gap"), (NAP, "night_drawn_nap")):
        if letter in inside:
            start = night.first + inside.index(letter)
            end = night.first + len(inside) - len(inside[inside.index(letter) :].lstrip(letter))
            return _between(code, real.instant(start), real.instant(end), zone)
    if real.instant(night.end).astimezone(zone).date() != wake_date:
        return Refused.because("drawn", "night_drawn_other_day")
    return None


def _between(code: str, start: datetime, end: datetime, zone: ZoneInfo) -> Refused:
    walls = {"start": start, "end": end}
    return Refused.because("drawn", code, **{name: f"{at.astimezone(zone):%H:%M}" for name, at in walls.items()})

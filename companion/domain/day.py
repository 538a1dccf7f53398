"""The day of a person turns at an hour of their own, not at midnight.

At 00:40 it is still last evening, so that nobody takes the same dose twice (issue "The main job", point 4;
the movable day start is what people ask of every diary, facts/peers.md §3).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DEFAULT_TURN = time(5, 0)
NIGHT_ENDS = time(5, 0)
"""From midnight until here, or until their day turns where that is earlier, it is night for whoever opens a page."""

_WALL_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::00)?")


def read_wall_time(text: str) -> time | None:
    """A wall time as a field of a form sends it, "22:50"; None when it is not one."""
    found = _WALL_TIME.fullmatch(text)
    return time(int(found[1]), int(found[2])) if found else None


def day_of(instant: datetime, zone: ZoneInfo, turn: time = DEFAULT_TURN) -> date:
    """The person's day at an aware instant: the local date, or the one before when it is earlier than `turn`."""
    local = instant.astimezone(zone)
    return local.date() - timedelta(days=1) if local.time() < turn else local.date()


def day_start(day: date, zone: ZoneInfo, turn: time = DEFAULT_TURN) -> datetime:
    """The instant (UTC) at which the person's `day` begins."""
    return datetime.combine(day, turn, zone).astimezone(UTC)


def part_of_day(instant: datetime, zone: ZoneInfo, turn: time = DEFAULT_TURN) -> str:
    """ "night" (midnight until five or the turn), "morning", "afternoon" or "evening": a code for the greeting."""
    local = instant.astimezone(zone).time()
    if local < min(turn, NIGHT_ENDS):
        return "night"
    if local < time(12):
        return "morning"
    return "afternoon" if local < time(18) else "evening"


def part_ends(instant: datetime, zone: ZoneInfo, turn: time = DEFAULT_TURN) -> datetime:
    """The first instant (UTC) after this one at which the part of the day is another, or the day itself."""
    today = instant.astimezone(zone).date()
    walls = (time(0), min(turn, NIGHT_ENDS), turn, time(12), time(18))
    days = (today, today + timedelta(days=1))
    ends = (datetime.combine(day, wall, zone).astimezone(UTC) for day in days for wall in walls)
    return min(end for end in ends if end > instant)

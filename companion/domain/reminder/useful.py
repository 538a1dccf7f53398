"""How long a reminder is worth showing, and the hours in which nothing is shown.

A dose reminder ends after two hours, at the next moment, or with the person's day (issue "Reminders", point 1): what
comes later than that would ask for a second dose. The other limits are ours.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from companion.domain.day import DEFAULT_TURN, day_of, day_start
from companion.domain.reminder.model import Habit, Kind, Quiet
from companion.domain.reminder.rule import DAY, KEPT, occurrence, upcoming

DOSE: Final = timedelta(hours=2)
DIARY_UNTIL: Final = time(14)
DIARY_AT_LEAST: Final = timedelta(hours=8)
AT_LEAST: Final = timedelta(hours=1)
"""What is due just before midnight still has an hour."""
TONIGHT: Final = time(20)


@lru_cache(maxsize=KEPT)
def useful_until(
    kind: Kind,
    due: datetime,
    zone: ZoneInfo,
    turn: time = DEFAULT_TURN,
    next_moment: datetime | None = None,
    begins: datetime | None = None,
) -> datetime:
    """The instant (UTC) from which a reminder that was due at `due` is not shown any more.

    `next_moment`: when the person's next dose reminder is due. `begins`: when the appointment itself is.
    """
    day_ends = day_start(day_of(due, zone, turn) + DAY, zone, turn)
    match kind:
        case Kind.DOSE:
            later = [end for end in (next_moment, day_ends) if end and end > due]
            return min(due + DOSE, *later)
        case Kind.DIARY:
            wall = due.astimezone(zone)
            noon = occurrence(datetime.combine(wall.date(), DIARY_UNTIL), zone).due
            return min(noon if wall.time() < time(12) else due + DIARY_AT_LEAST, day_ends)
        case Kind.APPOINTMENT if begins and begins > due:
            return min(begins, _evening(due, zone))
        case _:
            return _evening(due, zone)


def _evening(due: datetime, zone: ZoneInfo) -> datetime:
    """Midnight on the wall after `due`, and not sooner than in an hour."""
    midnight = datetime.combine(due.astimezone(zone).date() + DAY, time())
    return max(occurrence(midnight, zone).due, due + AT_LEAST)


def quiet_until(quiet: Quiet | None, zone: ZoneInfo, instant: datetime) -> datetime | None:
    """When the quiet hours end that `instant` lies in; None outside them."""
    if quiet is None or not quiet.holds(_wall(instant, zone)):
        return None
    return _next_wall(quiet.end, zone, instant)


def quiet_from(quiet: Quiet | None, zone: ZoneInfo, instant: datetime) -> datetime | None:
    """When the next quiet hours begin; None without any."""
    return _next_wall(quiet.start, zone, instant) if quiet else None


def tonight(zone: ZoneInfo, now: datetime) -> datetime:
    """This evening at eight; in an hour when it is evening already."""
    evening = occurrence(datetime.combine(now.astimezone(zone).date(), TONIGHT), zone).due
    return evening if evening - now > AT_LEAST / 2 else now + AT_LEAST


def _wall(instant: datetime, zone: ZoneInfo) -> time:
    return instant.astimezone(zone).time()


def _next_wall(at: time, zone: ZoneInfo, instant: datetime) -> datetime:
    """The next instant at which the wall shows a time: also in an hour that is there for the second time."""
    wall = instant.astimezone(zone)
    ahead = (datetime.combine(wall.date(), at) - wall.replace(tzinfo=None)) % DAY or DAY
    straight = instant.astimezone(UTC) + ahead
    rule = upcoming(Habit(at), zone, instant + timedelta(microseconds=1))
    if _wall(straight, zone) == at and (rule is None or straight < rule.due):
        return straight
    return rule.due if rule else straight

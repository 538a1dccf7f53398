"""The VTIMEZONE of a zone (RFC 5545 §3.6.5): when its clocks change, from the same tables the clock uses.

Own work because `icalendar` gives the onset in the new local time, where the RFC wants the old one, and lists dates
where calendars such as Outlook want a rule.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

YEARS = 20
_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SECOND = timedelta(seconds=1)


class Change(NamedTuple):
    """`at` is the wall time that the clock showed when it changed."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    summer: bool


@lru_cache(maxsize=64)
def zone_component(zone: ZoneInfo, first_year: int) -> Timezone:
    """From the first day of a year, twenty years on; for longer where the clock changes by the same rule each year."""
    found = Timezone()
    found.add("TZID", zone.key)
    start = datetime(first_year, 1, 1, tzinfo=UTC)
    changes = list(_changes(zone, start))
    begin = start.astimezone(zone)
    opening = Change(begin.replace(tzinfo=None), _offset(begin), _offset(begin), str(begin.tzname()), bool(begin.dst()))
    found.add_component(_part([opening], ""))
    kinds = sorted({(each.before, each.after, each.name) for each in changes})
    for kind in kinds:
        same = [each for each in changes if (each.before, each.after, each.name) == kind]
        found.add_component(_part(same, _rule(same)))
    return found


def _offset(there: datetime) -> timedelta:
    return there.utcoffset() or timedelta(0)


def _changes(zone: ZoneInfo, start: datetime) -> Iterator[Change]:
    """Every change of the offset within the years, found by halving the day in which it lies."""
    day = timedelta(days=1)
    for n in range(366 * YEARS):
        low, high = start + n * day, start + (n + 1) * day
        if low.astimezone(zone).utcoffset() == high.astimezone(zone).utcoffset():
            continue
        before = _offset(low.astimezone(zone))
        while high - low > SECOND:
            middle = low + (high - low) // SECOND // 2 * SECOND
            if _offset(middle.astimezone(zone)) == before:
                low = middle
            else:
                high = middle
        there = high.astimezone(zone)
        yield Change(
            (high + before).replace(tzinfo=None), before, _offset(there), str(there.tzname()), bool(there.dst())
        )


def _rule(changes: Sequence[Change]) -> str:
    """ "-1SU" or "2SU" where each year has one on such a day of the same month at the same time; else ""."""
    ats = [each.at for each in changes]
    if len(ats) < YEARS - 1 or [at.year for at in ats] != list(range(ats[0].year, ats[0].year + len(ats))):
        return ""
    if len({(at.month, at.weekday(), at.time()) for at in ats}) != 1:
        return ""
    day = _WEEK[ats[0].weekday()]
    if all(at.day + 7 > monthrange(at.year, at.month)[1] for at in ats):
        return f"-1{day}"
    places = {(at.day - 1) // 7 + 1 for at in ats}
    return f"{places.pop()}{day}" if len(places) == 1 else ""


def _part(changes: Sequence[Change], rule: str) -> TimezoneStandard | TimezoneDaylight:
    first = changes[0]
    part = TimezoneDaylight() if first.summer else TimezoneStandard()
    part.add("DTSTART", first.at)
    part.add("TZOFFSETFROM", first.before)
    part.add("TZOFFSETTO", first.after)
    part.add("TZNAME", first.name)
    if rule:
        part.add("RRULE", vRecur(FREQ="YEARLY", BYMONTH=first.at.month, BYDAY=rule))
    elif len(changes) > 1:
        part.add("RDATE", [each.at for each in changes[1:]])
    return part

"""Two weeks of nights as the clinic draws them: a row a day, noon to noon (facts/instruments.md §3.1).

Rows are real time: whatever was painted or typed stands in the row in which it happened, so that the sleep of
someone who sleeps by day runs over two rows, and a dose at 00:40 stands in the row of the evening before. A night
that was lived on another clock (`lived`) has a row on that clock; what runs over into a row on another clock stands
there where the clock showed the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from companion.domain.night.drawn_from import drawn_from_night, row_begins
from companion.domain.night.marks import mark_moment
from companion.domain.night.parts import parts_of
from companion.domain.night.row import OUT_OF_BED, QUARTER, Window, episode, window
from companion.domain.night.value import NOON, MarkKind, Night


@dataclass(frozen=True)
class Strip:
    """The same letter between two instants."""

    start: datetime
    end: datetime
    letter: str


@dataclass(frozen=True)
class Arrow:
    """Into bed (`down`), or out of it."""

    at: datetime
    down: bool


@dataclass(frozen=True)
class Sign:
    """A mark at an instant."""

    at: datetime
    kind: MarkKind


@dataclass(frozen=True)
class CalendarRow:
    """What happened from noon before a wake date to its noon on the clock of `zone`; `shift` is when it changed."""

    wake_date: date
    window: Window
    strips: Sequence[Strip]
    arrows: Sequence[Arrow]
    signs: Sequence[Sign]
    shift: datetime | None
    zone: ZoneInfo


@dataclass(frozen=True)
class _Told:
    """What stands in rows, by instants."""

    strips: Sequence[Strip]
    arrows: Sequence[Arrow]
    signs: Sequence[Sign]


def calendar_rows(
    first: date,
    last: date,
    nights: Iterable[Night],
    doses: Iterable[datetime],
    zone: ZoneInfo,
    begins: time = NOON,
    elsewhere: Mapping[date, ZoneInfo] | None = None,
) -> list[CalendarRow]:
    """The rows from one wake date to another, with what `nights` (also those just outside) and `doses` put in them.

    `elsewhere` are the zones of the nights that were lived on another clock than that of `zone`, by wake date.
    """
    lived, all_nights, left = elsewhere or {}, list(nights), list(doses)
    told: dict[ZoneInfo, _Told] = {}
    for clock in dict.fromkeys((*lived.values(), zone)):
        own = [night for night in all_nights if lived.get(night.wake_date, zone) == clock]
        there = [window(day, clock, begins) for day, each in lived.items() if each == clock]
        taken = [at for at in left if clock == zone or any(real.start <= at < real.end for real in there)]
        left = [at for at in left if at not in taken]
        told[clock] = _told(own, taken, clock)
    days = [first + timedelta(days=day) for day in range((last - first).days + 1)]
    return [_row(day, told, lived.get(day, zone), begins) for day in days]


def _told(nights: Iterable[Night], doses: Iterable[datetime], zone: ZoneInfo) -> _Told:
    strips: list[Strip] = []
    arrows: list[Arrow] = []
    signs: list[Sign] = []
    for night in nights:
        strips += _strips(night, zone)
        arrows += _arrows(night, zone)
        own = row_begins(night, zone)
        signs += [Sign(mark_moment(mark, night.wake_date, zone, own), mark.kind) for mark in night.marks]
    return _Told(strips, arrows, _with_doses(signs, doses))


def _row(day: date, told: Mapping[ZoneInfo, _Told], zone: ZoneInfo, begins: time) -> CalendarRow:
    real = window(day, zone, begins)
    seen = [_seen(each, clock, zone) for clock, each in told.items()]
    strips = [each for one in seen for each in one.strips]
    arrows = [each for one in seen for each in one.arrows]
    signs = [each for one in seen for each in one.signs]
    within = [
        Strip(max(each.start, real.start), min(each.end, real.end), each.letter)
        for each in strips
        if each.start < real.end and each.end > real.start and each.start < each.end
    ]
    return CalendarRow(
        day,
        real,
        sorted(within, key=lambda each: each.start),
        [each for each in arrows if real.start <= each.at <= real.end],
        sorted((each for each in signs if real.start <= each.at < real.end), key=lambda each: each.at),
        _shift(real, zone),
        zone,
    )


def _seen(told: _Told, clock: ZoneInfo, zone: ZoneInfo) -> _Told:
    """What was told on one clock, at the instants when that of `zone` showed the same."""
    if clock == zone:
        return told

    def shown(at: datetime) -> datetime:
        return at.astimezone(clock).replace(tzinfo=zone).astimezone(UTC)

    return _Told(
        [Strip(shown(each.start), shown(each.end), each.letter) for each in told.strips],
        [Arrow(shown(each.at), each.down) for each in told.arrows],
        [Sign(shown(each.at), each.kind) for each in told.signs],
    )


def _strips(night: Night, zone: ZoneInfo) -> list[Strip]:
    row = drawn_from_night(night, zone)
    if row is None:
        return []
    real = window(night.wake_date, zone, row.begins)
    return [Strip(real.instant(part.first), real.instant(part.end), part.letter) for part in parts_of(row)]


def _arrows(night: Night, zone: ZoneInfo) -> list[Arrow]:
    """Down into bed and up for good, and up and down again around each part out of bed."""
    row = drawn_from_night(night, zone)
    bed = episode(row.quarters) if row else None
    if row is None or bed is None:
        return []
    real = window(night.wake_date, zone, row.begins)
    edges = [(bed.first, True), (bed.end, False)]
    for part in parts_of(row):
        if part.letter == OUT_OF_BED and bed.first < part.first and part.end < bed.end:
            edges += [(part.first, False), (part.end, True)]
    return [Arrow(real.instant(place), down) for place, down in sorted(edges)]


def _with_doses(signs: Sequence[Sign], doses: Iterable[datetime]) -> list[Sign]:
    """Noted doses are medicine; one that was also marked by hand within a quarter hour stands once."""
    taken = list(doses)
    marked = [
        sign
        for sign in signs
        if sign.kind is not MarkKind.MEDICINE or all(abs(sign.at - dose) > QUARTER for dose in taken)
    ]
    return marked + [Sign(dose, MarkKind.MEDICINE) for dose in taken]


def _shift(real: Window, zone: ZoneInfo) -> datetime | None:
    """The first quarter after a change of the clock."""
    moments = [real.instant(place) for place in range(real.quarters + 1)]
    offsets = [moment.astimezone(zone).utcoffset() for moment in moments]
    if offsets[0] == offsets[-1]:
        return None
    return next(moment for moment, offset in zip(moments, offsets, strict=True) if offset != offsets[0])

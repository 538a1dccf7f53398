"""A ladder laid on the calendar and bent by events; the days before an event never change.

Source: contract §2, "Events". Days are ordinals (`date.toordinal`).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from datetime import date

from companion.domain.codes import Refused
from companion.domain.plan.ladder import typed_ladder
from companion.domain.plan.model import (
    MOST_PLAN_DAYS,
    MOST_ROWS,
    Back,
    Event,
    Extra,
    GoalKind,
    GoOn,
    NewRows,
    Stay,
)
from companion.domain.plan.rung import Ladder, RowKind, Rung


@dataclass(frozen=True)
class Span:
    """Some days on one rung of the ladder.

    `level` counts rungs from the current dose, which is 0. `days`: the planned length, without stays; None is open.
    `first` is None after an open span, `last` while it is open; `stays`: open because the person asked to stay.
    """

    rung: Rung
    level: int
    days: int | None
    first: int | None = None
    last: int | None = None
    stays: bool = False


@dataclass(frozen=True)
class Laid:
    """Every span in order, and the first day without; None where nothing ends. `last_larger`: see Ladder."""

    spans: tuple[Span, ...]
    end: int | None
    stops: bool
    last_larger: bool


class Timeline:
    """One plan on the calendar. Events are given in date order."""

    def __init__(self, ladder: Ladder, current: Rung, start: int, goal: GoalKind, back_days: int | None) -> None:
        """`current`: the dose before the plan. `back_days`: how long a step back lasts where the pace says so."""
        self._start, self._goal, self._back_days = start, goal, back_days
        self._stops, self._last_larger = ladder.stops, ladder.last_larger
        self._levels = [current, *ladder.rungs]
        self._past: list[Span] = []
        self._now: Span | None = None
        self._coming = deque(Span(rung, level, rung.days) for level, rung in enumerate(ladder.rungs, 1))
        self._next_from(start)

    def bend(self, event: Event, field: str) -> Refused | None:
        """Let one event change what comes from its day on. `field` names it in a refusal."""
        day = event.on.toordinal()
        if (now := self._on(day)) is None:
            return self._outside(field, day)
        match event:
            case Stay(_, days):
                self._stay(now, days)
            case GoOn():
                return self._go_on(now, day, field)
            case Back(_, days):
                return self._back(now, day, days, field)
            case NewRows(_, rows):
                self._replace(now, day, typed_ladder(rows, self._goal))
            case Extra():
                pass
        if len(self._past) + len(self._coming) >= MOST_ROWS:
            return Refused.because(field, "plan_too_many_rows", most=str(MOST_ROWS))
        return None

    def finish(self) -> Laid | Refused:
        """The whole plan once every event has been told."""
        while self._now is not None and self._now.last is not None:
            self._close(self._now.last)
        open_spans = () if self._now is None else (self._now, *self._coming)
        spans = (*self._past, *open_spans)
        end = None if open_spans else self._day_after_past()
        last_day = max(span.last or span.first or 0 for span in spans) if spans else self._start
        if max(last_day, end or 0) > min(self._start + MOST_PLAN_DAYS, date.max.toordinal()):
            return Refused.because("start", "plan_too_long", most=str(MOST_PLAN_DAYS))
        return Laid(spans, end, self._stops, self._last_larger)

    def _stay(self, now: Span, days: int | None) -> None:
        if now.last is not None:
            stays = days is None
            self._now = replace(now, last=None if days is None else now.last + days, stays=stays)

    def _go_on(self, now: Span, day: int, field: str) -> Refused | None:
        if not now.stays:
            return Refused.because(field, "plan_nothing_open")
        if now.first == day:
            return Refused.because(field, "plan_go_on_skips_row")
        self._close(day - 1)
        return None

    def _back(self, now: Span, day: int, days: int | None, field: str) -> Refused | None:
        if now.level == 0:
            return Refused.because(field, "plan_nothing_above")
        length = days or self._back_days or now.days or now.rung.usual_days
        if length is None:
            return Refused.because(f"{field}.days", "plan_back_days_needed")
        self._coming.appendleft(replace(now, first=None, last=None, stays=False))
        above = self._levels[now.level - 1]
        self._coming.appendleft(Span(replace(above, kind=RowKind.BACK), now.level - 1, length))
        self._cut_off(now, day)
        return None

    def _replace(self, now: Span, day: int, new: Ladder) -> None:
        before = now if now.first != day else (self._past[-1] if self._past else None)
        level = before.level if before else 0
        self._levels = [*self._levels[: level + 1], *new.rungs]
        self._coming = deque(Span(rung, place, rung.days) for place, rung in enumerate(new.rungs, level + 1))
        self._stops, self._last_larger = new.stops, new.last_larger
        self._cut_off(now, day)

    def _on(self, day: int) -> Span | None:
        """The span of that day, with everything before it behind us; None outside the plan."""
        if day < self._start:
            return None
        while self._now is not None and self._now.last is not None and self._now.last < day:
            self._close(self._now.last)
        return self._now

    def _cut_off(self, now: Span, day: int) -> None:
        """End the span of `day` the day before, or leave it out where it began that day."""
        if now.first == day:
            self._next_from(day)
        else:
            self._close(day - 1)

    def _close(self, last: int) -> None:
        if self._now is not None:
            self._past.append(replace(self._now, last=last, stays=False))
            self._next_from(last + 1)

    def _next_from(self, first: int) -> None:
        if not self._coming:
            self._now = None
            return
        span = self._coming.popleft()
        self._now = replace(span, first=first, last=None if span.days is None else first + span.days - 1)

    def _day_after_past(self) -> int:
        last = self._past[-1].last if self._past else None
        return self._start if last is None else last + 1

    def _outside(self, field: str, day: int) -> Refused:
        field = f"{field}.on"
        if day < self._start:
            first_day = date.fromordinal(self._start).isoformat()
            return Refused.because(field, "plan_event_before_start", first_day=first_day)
        if not self._past:
            return Refused.because(field, "plan_event_without_rows")
        last_day = min(self._day_after_past() - 1, date.max.toordinal())
        return Refused.because(field, "plan_event_after_end", last_day=date.fromordinal(last_day).isoformat())

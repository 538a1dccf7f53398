"""Dose, nights and symptoms over the same days: the series behind the one picture and its table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final

DAY: Final = timedelta(days=1)
FEWEST_NIGHTS: Final = 4
"""A mean of seven nights needs this many answered ones (facts/instruments.md §3.6: 4 to 5 of 7)."""

_MOST_DAILY_ROWS: Final = 92
_MOST_WEEKLY_ROWS: Final = 105


@dataclass(frozen=True)
class DoseStep:
    """The same daily dose, in mg, on every day from `first_day` to `last_day` (both in; None: still open).

    `stay` marks days on which the person chose to stay: they are drawn as a soft band.
    """

    first_day: date
    last_day: date | None
    mg: Decimal
    stay: bool = False


@dataclass(frozen=True)
class NightBar:
    """The night that ended on `day`: minutes in bed and asleep, efficiency in percent; None: not known."""

    day: date
    tib_min: int | None
    tst_min: int | None
    se_percent: Fraction | None


@dataclass(frozen=True)
class SymptomPoint:
    """The sum of a wholly answered symptom list filled in on `day`."""

    day: date
    total: int


@dataclass(frozen=True)
class History:
    """The three series, each in order of days."""

    doses: tuple[DoseStep, ...] = ()
    nights: tuple[NightBar, ...] = ()
    symptoms: tuple[SymptomPoint, ...] = ()


@dataclass(frozen=True)
class DateRange:
    """Days from the first to the last, both in."""

    first_day: date
    last_day: date

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


class Window(Enum):
    """How much is looked at: the anchor day, the 7 or 30 days up to and with it, or everything until it."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    ALL = "all"


_LENGTHS: Final = {Window.DAY: 1, Window.WEEK: 7, Window.MONTH: 30}


def date_range(window: Window, anchor: date, history: History) -> DateRange:
    """The days of a window that ends on `anchor`.

    `ALL` runs from the first entry of any series to the anchor, at least a week, and further only where
    nights or symptoms are later than the anchor.
    """
    if window is not Window.ALL:
        return DateRange(anchor - (_LENGTHS[window] - 1) * DAY, anchor)
    lived = [night.day for night in history.nights] + [point.day for point in history.symptoms]
    begun = [step.first_day for step in history.doses if step.first_day <= anchor]
    last = max([anchor, *lived])
    return DateRange(min([anchor - 6 * DAY, *lived, *begun]), last)


@dataclass(frozen=True)
class MeanSleep:
    """The mean time asleep, in minutes, of so many nights."""

    tst_min: Fraction
    nights: int


@dataclass(frozen=True)
class HistoryRow:
    """What is known of one day, or of the days that are drawn as one; means where there are more nights.

    `doses` are the daily doses in mg in order, each once in a row; `mean` is over the seven nights up to the
    last day (all nights of the row where it is longer), None under `FEWEST_NIGHTS`. None is never zero.
    """

    first_day: date
    last_day: date
    doses: tuple[Decimal, ...]
    nights: int
    tib_min: Fraction | None
    tst_min: Fraction | None
    se_percent: Fraction | None
    mean: MeanSleep | None
    symptoms: tuple[int, ...]


def days_per_row(days: DateRange) -> int:
    """A row a day for a season, a week for two years, then four weeks, so that ten years stay readable."""
    if days.days <= _MOST_DAILY_ROWS:
        return 1
    return 7 if days.days <= _MOST_WEEKLY_ROWS * 7 else 28


def history_rows(history: History, days: DateRange) -> tuple[HistoryRow, ...]:
    """Every day of the range in rows of `days_per_row`, the last row ending with the range."""
    length = days_per_row(days)
    nights = {night.day: night for night in history.nights}
    symptoms: dict[date, list[int]] = {}
    for point in history.symptoms:
        symptoms.setdefault(point.day, []).append(point.total)
    rows = []
    last = days.last_day
    while last >= days.first_day:
        span = DateRange(max(days.first_day, last - (length - 1) * DAY), last)
        rows.append(_row(span, max(7, length), history.doses, nights, symptoms))
        last -= length * DAY
    return tuple(reversed(rows))


def seven_night_mean(nights: Iterable[NightBar], day: date) -> MeanSleep | None:
    """The mean time asleep of the seven nights up to and with `day`; None under `FEWEST_NIGHTS`."""
    return _mean_sleep({night.day: night for night in nights}, DateRange(day - 6 * DAY, day))


@dataclass(frozen=True)
class Glance:
    """A range in a few numbers: first and last dose in mg, sleep, first and last symptom list."""

    first_dose: Decimal | None
    last_dose: Decimal | None
    nights: int
    sleep: MeanSleep | None
    first_symptoms: SymptomPoint | None
    last_symptoms: SymptomPoint | None


def glance(history: History, days: DateRange, today: date) -> Glance:
    """The range in a few numbers. Doses of days after `today` are a plan, so they are not told here."""
    until = DateRange(days.first_day, min(days.last_day, today))
    doses = _doses_in(history.doses, until) if until.days > 0 else ()
    nights = {night.day: night for night in history.nights if night.day in days}
    points = [point for point in history.symptoms if point.day in days]
    slept = [night.tst_min for night in nights.values() if night.tst_min is not None]
    return Glance(
        first_dose=doses[0] if doses else None,
        last_dose=doses[-1] if doses else None,
        nights=len(nights),
        sleep=MeanSleep(Fraction(sum(slept), len(slept)), len(slept)) if slept else None,
        first_symptoms=points[0] if points else None,
        last_symptoms=points[-1] if points else None,
    )


def _row(
    span: DateRange,
    mean_days: int,
    doses: tuple[DoseStep, ...],
    nights: Mapping[date, NightBar],
    symptoms: Mapping[date, list[int]],
) -> HistoryRow:
    each_day = _each_day(span)
    here = [nights[day] for day in each_day if day in nights]
    return HistoryRow(
        first_day=span.first_day,
        last_day=span.last_day,
        doses=_doses_in(doses, span),
        nights=len(here),
        tib_min=_mean(night.tib_min for night in here),
        tst_min=_mean(night.tst_min for night in here),
        se_percent=_mean(night.se_percent for night in here),
        mean=_mean_sleep(nights, DateRange(span.last_day - (mean_days - 1) * DAY, span.last_day)),
        symptoms=tuple(total for day in each_day for total in symptoms.get(day, ())),
    )


def _each_day(days: DateRange) -> list[date]:
    return [days.first_day + number * DAY for number in range(days.days)]


def _doses_in(steps: tuple[DoseStep, ...], days: DateRange) -> tuple[Decimal, ...]:
    found: list[Decimal] = []
    for step in steps:
        overlaps = step.first_day <= days.last_day and (
            step.last_day is None or step.last_day >= days.first_day
        )
        if overlaps and (not found or found[-1] != step.mg):
            found.append(step.mg)
    return tuple(found)


def _mean_sleep(nights: Mapping[date, NightBar], days: DateRange) -> MeanSleep | None:
    slept = [
        night.tst_min
        for day in _each_day(days)
        if (night := nights.get(day)) is not None and night.tst_min is not None
    ]
    return MeanSleep(Fraction(sum(slept), len(slept)), len(slept)) if len(slept) >= FEWEST_NIGHTS else None


def _mean(values: Iterable[int | Fraction | None]) -> Fraction | None:
    there = [Fraction(value) for value in values if value is not None]
    return sum(there, Fraction(0)) / len(there) if there else None

"""The rows of the table, which are the bars of the picture: a day each, or some days as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from companion.domain.history.means import Mean, Sleep, enough, sleep_of
from companion.domain.history.taken import TakenDay
from companion.domain.history.value import DAY, DateRange, History, NightBar, doses_in

_MOST_DAILY_ROWS: Final = 92
_MOST_WEEKLY_ROWS: Final = 105


@dataclass(frozen=True)
class HistoryRow:
    """What is known of one day, or of the days that are drawn as one; means where there are more nights.

    `doses` are the planned daily doses in mg in order, each once in a row. `sleep` is of the nights of the row.
    `usual`: the nights that were told to be as usual, where the row has no other, for drawing them apart.
    `mean_tst` and `mean_se` are over the seven nights up to the last day (all nights of the row where it is longer),
    None under `FEWEST_TO_COMPARE`. None is never zero.
    """

    first_day: date
    last_day: date
    doses: tuple[Decimal, ...]
    taken: tuple[TakenDay, ...]
    sleep: Sleep
    usual: Sleep | None
    mean_tst: Mean | None
    mean_se: Mean | None
    symptoms: tuple[int, ...]


def days_per_row(days: DateRange) -> int:
    """A row a day for a season, a week for two years, then four weeks, so that ten years stay readable."""
    if days.days <= _MOST_DAILY_ROWS:
        return 1
    return 7 if days.days <= _MOST_WEEKLY_ROWS * 7 else 28


def history_rows(history: History, days: DateRange, today: date) -> tuple[HistoryRow, ...]:
    """Every day of the range in rows of `days_per_row`, the last row ending with the range.

    Days after `today` have a planned dose and nothing else.
    """
    length = days_per_row(days)
    by_day = _ByDay(history)
    rows = []
    last = days.last_day
    while last >= days.first_day:
        span = DateRange(max(days.first_day, last - (length - 1) * DAY), last)
        rows.append(_row(span, max(7, length), history, by_day, today))
        last -= length * DAY
    return tuple(reversed(rows))


class _ByDay:
    """The series that belong to single days, to be found by them."""

    def __init__(self, history: History) -> None:
        self.nights: Mapping[date, NightBar] = {night.day: night for night in history.nights}
        self.taken: Mapping[date, TakenDay] = {told.day: told for told in history.taken}
        self.symptoms: dict[date, list[int]] = {}
        for point in history.symptoms:
            self.symptoms.setdefault(point.day, []).append(point.total)

    def nights_of(self, days: Sequence[date]) -> list[NightBar]:
        return [self.nights[day] for day in days if day in self.nights]


def _row(span: DateRange, mean_days: int, history: History, by_day: _ByDay, today: date) -> HistoryRow:
    each_day = [span.first_day + number * DAY for number in range(span.days)]
    here = by_day.nights_of(each_day)
    sleep = sleep_of(here)
    lived = span.first_day <= today
    window = [span.last_day - number * DAY for number in range(mean_days)]
    around = sleep if mean_days == span.days else sleep_of(by_day.nights_of(window))
    return HistoryRow(
        first_day=span.first_day,
        last_day=span.last_day,
        doses=doses_in(history.doses, span),
        taken=tuple(by_day.taken[day] for day in each_day if day in by_day.taken),
        sleep=sleep,
        usual=_usual(here) if sleep.as_usual and not sleep.nights else None,
        mean_tst=enough(around.tst_min) if lived else None,
        mean_se=enough(around.se_percent) if lived else None,
        symptoms=tuple(total for day in each_day for total in by_day.symptoms.get(day, ())),
    )


def _usual(nights: Sequence[NightBar]) -> Sleep:
    return sleep_of(NightBar(night.day, night.tib_min, night.tst_min, night.se_percent) for night in nights)

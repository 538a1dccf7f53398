"""A calendar month, as a sheet of paper shows it: weeks from Monday to Sunday; and a day some months away."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_TEXT = re.compile(r"([1-9][0-9]{3})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, order=True)
class Month:
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    def next(self) -> Month:
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    def days(self) -> list[date]:
        return [self.first + timedelta(days=place) for place in range(self.last.day)]

    def weeks(self) -> list[list[date | None]]:
        """Four to six weeks of seven days, Monday first; None outside the month."""
        places: list[date | None] = [None] * self.first.weekday() + self.days()
        places += [None] * (-len(places) % 7)
        return [places[start : start + 7] for start in range(0, len(places), 7)]


def month_of(day: date) -> Month:
    return Month(day.year, day.month)


def read_month(text: str) -> Month | None:
    """The month of "2026-11", years 1000 to 9998; None for anything else."""
    found = _TEXT.fullmatch(text)
    month = Month(int(found[1]), int(found[2])) if found else None
    return month if month and month.year < 9999 else None


def months_between(first: Month, last: Month, most: int) -> list[Month]:
    """The months from `first` to `last`, both included, at most `most`."""
    found: list[Month] = []
    while first <= last and len(found) < most:
        found.append(first)
        first = first.next()
    return found


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months earlier (later, below 0), or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

"""Changing one row of a plan without touching the days before today.

Rows are the JSON of contract §2 (`{"daily": {moment: mg}, "days": n}`; `days` is absent on a last row that stays
open). Every function returns new rows; what was lived is never rewritten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from companion.domain.amount import to_text
from companion.domain.codes import Refused
from companion.domain.plan import Layout

RowText = Mapping[str, Any]


def rows_of(layout: Layout) -> list[RowText]:
    """The rows of a layout as typed rows, whatever pace made them."""
    return [
        {"daily": {moment.value: to_text(dose.mg) for moment, dose in row.moments.items()}}
        | ({"days": (row.last_day - row.first_day).days + 1} if row.last_day and row.first_day else {})
        for row in layout.rows
        if row.first_day
    ]


def first_days(rows: Sequence[RowText], start: date) -> list[date]:
    """The first day of each row."""
    days = [start]
    for row in rows[:-1]:
        days.append(days[-1] + timedelta(days=row["days"]))
    return days


def change(
    rows: Sequence[RowText], start: date, n: int, daily: Mapping[str, str], days: int | None, today: date
) -> list[RowText] | Refused:
    """Row `n` (from 1) with another dose, another length, or both.

    A row that began before today keeps its dose for the days that are over; the new dose counts from today. It
    cannot end before today. A row that is over cannot be changed.
    """
    index = n - 1
    first = first_days(rows, start)[index]
    old = rows[index]
    if "days" in old and first + timedelta(days=old["days"] - 1) < today:
        return Refused.because("", "plan_row_over")
    lived = max(0, (today - first).days)
    if days is not None and days <= lived:
        return Refused.because("days", "plan_row_ends_before_today", least=str(lived + 1))
    if not lived or daily == old["daily"]:
        return [*rows[:index], _row(daily, days), *rows[index + 1 :]]
    parts = [_row(old["daily"], lived), _row(daily, None if days is None else days - lived)]
    return [*rows[:index], *parts, *rows[index + 1 :]]


def remove(rows: Sequence[RowText], start: date, n: int, today: date) -> list[RowText] | Refused:
    """Without row `n`; the later ones move forward. Only a row that has not begun, and not the only one."""
    if first_days(rows, start)[n - 1] < today:
        return Refused.because("", "plan_row_began")
    if len(rows) == 1:
        return Refused.because("", "plan_row_only")
    return [*rows[: n - 1], *rows[n:]]


def insert_after(
    rows: Sequence[RowText], start: date, n: int, daily: Mapping[str, str], days: int | None, today: date
) -> list[RowText] | Refused:
    """A new row after row `n`."""
    old = rows[n - 1]
    if "days" not in old:
        return Refused.because("", "plan_row_open")
    if first_days(rows, start)[n - 1] + timedelta(days=old["days"]) < today:
        return Refused.because("", "plan_row_over")
    return [*rows[:n], _row(daily, days), *rows[n:]]


def split(
    rows: Sequence[RowText], start: date, n: int, first: int, second: int | None, today: date
) -> list[RowText] | Refused:
    """Row `n` as two rows with the same dose, of `first` and `second` days; an open row stays open in its second.

    A row that began before today cannot end before today, whichever part today is in.
    """
    index = n - 1
    old = rows[index]
    begins = first_days(rows, start)[index]
    if "days" in old and begins + timedelta(days=old["days"] - 1) < today:
        return Refused.because("", "plan_row_over")
    if second is None and "days" in old:
        return Refused.because("second", "plan_row_days")
    lived = max(0, (today - begins).days)
    if second is not None and first + second <= lived:
        return Refused.because("second", "plan_row_ends_before_today", least=str(lived + 1 - first))
    parts = [_row(old["daily"], first), _row(old["daily"], second)]
    return [*rows[:index], *parts, *rows[index + 1 :]]


def move(rows: Sequence[RowText], start: date, n: int, by: int, today: date) -> tuple[date, list[RowText]] | Refused:
    """Row `n` starts `by` days later (earlier when negative): the row before lasts longer or shorter.

    Gives the first day of the plan and its rows: moving row 1 moves the whole plan. Only a row that has not begun,
    and not to a day before today or before the row before it has had a day.
    """
    index = n - 1
    begins = first_days(rows, start)[index]
    if begins < today:
        return Refused.because("by", "plan_row_began")
    if n == 1:
        moved = start + timedelta(days=by)
        if moved < today:
            return Refused.because("by", "plan_row_before_today", most=str((begins - today).days))
        return moved, list(rows)
    before = rows[index - 1]
    least = max(today, first_days(rows, start)[index - 1] + timedelta(days=1))
    if begins + timedelta(days=by) < least:
        return Refused.because("by", "plan_row_before_today", most=str((begins - least).days))
    return start, [*rows[: index - 1], _row(before["daily"], before["days"] + by), *rows[index:]]


def _row(daily: Mapping[str, str], days: int | None) -> RowText:
    return {"daily": dict(daily)} | ({} if days is None else {"days": days})

"""The sleep-wake calendar: two weeks, a row a day, to read and to print."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, abort, render_template, request

from companion.services.calendar import read_calendar
from companion.web.house import now, store
from companion.web.login import current_person, signed_in
from companion.web.night_shapes import row_shape

pages = Blueprint("diary_calendar", __name__)

DAYS = 14
"""Two weeks: the least that the paper calendars ask for (facts/instruments.md §3.1)."""

EARLIEST = date(1900, 1, 1)


@pages.get("/calendar")
@signed_in
def page() -> str:
    person = current_person()
    today = person.day(now())
    first = _first(today)
    last = min(first + timedelta(days=DAYS - 1), today)
    days = read_calendar(store(), person, first, last)
    return render_template(
        "diary/calendar.html",
        rows=[(each.row.wake_date, each, row_shape(each.row)) for each in days],
        first=first,
        last=last,
        earlier=max(first - timedelta(days=DAYS), EARLIEST) if first > EARLIEST else None,
        later=min(last + timedelta(days=1), today - timedelta(days=DAYS - 1)) if last < today else None,
        day_before=timedelta(days=1),
    )


def _first(today: date) -> date:
    """The first morning asked for; without asking, the two weeks up to today. 404 for anything else."""
    asked = request.args.get("from", "")
    if not asked:
        return today - timedelta(days=DAYS - 1)
    try:
        first = date.fromisoformat(asked)
    except ValueError:
        abort(404)
    if asked != first.isoformat() or not EARLIEST <= first <= today:
        abort(404)
    return first

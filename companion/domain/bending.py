"""Bending a plan while living with it: the next document, made of events of contract §2.

Documents are the JSON of `companion plan`; every function returns a new one, and no day before today changes.
A later change of rows may stand in the document with a day of its own; before such a plan is bent, what comes is
written out from today on, so that a stay moves everything after it and is never cut off by a date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from companion.domain.codes import Refused
from companion.domain.plan import Layout, lay_out, read_plan
from companion.domain.plan_change import Wait, Why
from companion.domain.typed_rows import RowText, first_days, rows_of

Document = Mapping[str, Any]
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Bend:
    """What someone asks: `days` None is until they say (stay, hospital) or as long as the plan says (back)."""

    why: Why
    on: date
    days: int | None = None
    rows: tuple[RowText, ...] = ()


def laid_out(document: Document) -> Layout | Refused:
    """The rows of a document, read and laid out as `companion plan` does."""
    asked = read_plan(document)
    return asked if isinstance(asked, Refused) else lay_out(asked)


def bent(document: Document, bend: Bend, today: date, wait: Wait | None) -> Document | Refused:
    """The document after what was asked. `wait`: the one in force today; until it ends nothing else bends."""
    if bend.why is Why.HOME:
        return _home(document, wait, today) if wait else Refused.because("", "plan_not_waiting")
    if wait:
        return Refused.because("", "plan_waits")
    if bend.on < today:
        return Refused.because("on", "plan_day_over")
    if bend.why is Why.ROWS:
        kept = [event for event in document.get("events", []) if _day(event) < bend.on]
        return _with_events(document, [*kept, _event(bend)])
    settled = _settled(document, today)
    if isinstance(settled, Refused):
        return settled
    return _with_events(settled, [*settled.get("events", []), _event(bend)])


def _event(bend: Bend) -> dict[str, Any]:
    kinds = {Why.STAY: "stay", Why.HOSPITAL: "stay", Why.BACK: "back", Why.GO_ON: "go_on", Why.ROWS: "rows"}
    event: dict[str, Any] = {"on": bend.on.isoformat(), "kind": kinds[bend.why]}
    if bend.days is not None:
        event["days"] = bend.days
    if bend.why is Why.ROWS:
        event["rows"] = [dict(row) for row in bend.rows]
    return event


def _home(document: Document, wait: Wait, today: date) -> Document | Refused:
    """The stay of the wait gets the length it really had, so that the plan goes on where it waited."""
    events = list(document.get("events", []))
    found = [place for place, event in enumerate(events) if event["kind"] == "stay" and _day(event) == wait.first_day]
    if not found:
        return Refused.because("", "plan_not_waiting")
    length = (today - wait.first_day).days
    events[found[-1] : found[-1] + 1] = [events[found[-1]] | {"days": length}] if length else []
    return _with_events(document, events)


def _settled(document: Document, today: date) -> Document | Refused:
    """Without events that still have to come: what they make of the plan is written out as rows."""
    if not any(_day(event) > today for event in document.get("events", [])):
        return document
    layout = laid_out(document)
    if isinstance(layout, Refused):
        return layout
    row = layout.row_on(today)
    rows = rows_of(layout)
    return rewritten(document, rows, (row.first_day if row else None) or today, today)


def rewritten(document: Document, rows: Sequence[RowText], first: date, today: date) -> Document:
    """The document with every row from `first` on replaced by those of `rows`, which are all rows of the plan.

    The days before `first` must be the same in both. Where something bent the plan between `first` and today, the
    rows are replaced from today only, so that the stay or the step back stays visible in what was lived.
    """
    events = document.get("events", [])
    lived = any(first <= _day(event) <= today and event["kind"] != "extra" for event in events)
    day = today if lived and first < today else first
    kept = [event for event in events if _day(event) < day or (event["kind"] == "extra") or day == today >= _day(event)]
    starts = first_days(rows, date.fromisoformat(document["start"]))
    coming = []
    for row, begins in zip(rows, starts, strict=True):
        ends = begins + timedelta(days=row["days"]) if "days" in row else None
        if ends is None or ends > day:
            over = max(0, (day - begins).days)
            coming.append(row if "days" not in row else {**row, "days": row["days"] - over})
    return _with_events(document, [*kept, {"on": day.isoformat(), "kind": "rows", "rows": coming}])


def first_difference(before: Sequence[RowText], after: Sequence[RowText], start: date) -> date:
    """The first day of the first row that is not the same in both."""
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    rows = after if same < len(after) else before
    return first_days(rows, start)[same] if same < len(rows) else date.max


def go_on_day(document: Document, layout: Layout, today: date) -> date | None:
    """The day from which an open stay can end: today, or tomorrow when this row began today. None: none is open."""
    row = layout.row_on(today)
    if row is None or row.first_day is None or row.last_day is not None:
        return None
    day = max(today, row.first_day + DAY)
    event = {"on": day.isoformat(), "kind": "go_on"}
    tried = laid_out(_with_events(document, [*document.get("events", []), event]))
    return None if isinstance(tried, Refused) else day


def _with_events(document: Document, events: Sequence[Any]) -> Document:
    return dict(document) | {"events": list(events)}


def _day(event: Mapping[str, Any]) -> date:
    return date.fromisoformat(event["on"])

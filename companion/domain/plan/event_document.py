"""Reading the events that bend a plan. Contract §2, "Events"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from companion.domain.amount import to_text
from companion.domain.codes import Refused
from companion.domain.plan.fields import (
    Reading,
    below,
    read_amount_text,
    read_day,
    read_kind,
    read_object,
    read_whole,
    read_word,
)
from companion.domain.plan.model import (
    MOST_DAYS,
    MOST_EVENTS,
    Back,
    Event,
    Extra,
    GoalKind,
    GoOn,
    Moment,
    NewRows,
    Stay,
    TypedRow,
)
from companion.domain.plan.pace_document import read_rows

_OPTIONAL = {"stay": ("days",), "go_on": (), "back": ("days",), "rows": (), "extra": ("moment",)}
_REQUIRED = {"stay": (), "go_on": (), "back": (), "rows": ("rows",), "extra": ("mg",)}

_KINDS: Mapping[type[Event], str] = {Stay: "stay", GoOn: "go_on", Back: "back", NewRows: "rows", Extra: "extra"}


def read_events(value: object, goal: GoalKind) -> tuple[Event, ...] | Refused:
    """The events in the order given; `lay_out` puts them in date order."""
    if not isinstance(value, list):
        return Refused.because("events", "plan_not_list")
    if len(value) > MOST_EVENTS:
        return Refused.because("events", "plan_list_too_long", most=str(MOST_EVENTS))
    reading = Reading()
    nothing: Event = GoOn(date.min)
    return reading.result(
        tuple(reading.take(read_event(entry, f"events[{place}]", goal), nothing) for place, entry in enumerate(value))
    )


def read_event(value: object, field: str, goal: GoalKind) -> Event | Refused:
    """One event; `field` is where it stands, "" when it stands alone."""
    kind = read_kind(value, field, "kind", [*_OPTIONAL])
    if isinstance(kind, Refused):
        return kind
    found = read_object(value, field, ("on", "kind", *_REQUIRED[kind]), _OPTIONAL[kind])
    if isinstance(found, Refused):
        return found
    reading = Reading()
    on = reading.take(read_day(found["on"], below(field, "on")), date.min)
    days = None
    if "days" in found:
        days = reading.take(read_whole(found["days"], below(field, "days"), 1, MOST_DAYS), 1)
    match kind:
        case "stay":
            return reading.result(Stay(on, days))
        case "go_on":
            return reading.result(GoOn(on))
        case "back":
            return reading.result(Back(on, days))
        case "rows":
            rows = reading.take(read_rows(found["rows"], below(field, "rows"), goal), ())
            return reading.result(NewRows(on, rows))
        case _:
            return _extra(found, field, on, reading)


def event_to_data(event: Event) -> dict[str, Any]:
    """The JSON of an event, amounts in the one way they are written."""
    data: dict[str, Any] = {"on": event.on.isoformat(), "kind": _KINDS[type(event)]}
    match event:
        case Stay() | Back():
            return data if event.days is None else data | {"days": event.days}
        case NewRows():
            return data | {"rows": [_row(row) for row in event.rows]}
        case Extra():
            data |= {"mg": to_text(event.mg)}
            return data | {"moment": event.moment.value} if event.moment else data
        case _:
            return data


def _row(row: TypedRow) -> dict[str, object]:
    daily = {moment.value: to_text(mg) for moment, mg in row.daily.items()}
    return {"daily": daily} if row.days is None else {"daily": daily, "days": row.days}


def _extra(found: Mapping[str, object], field: str, on: date, reading: Reading) -> Extra | Refused:
    mg = reading.take(read_amount_text(found["mg"], below(field, "mg")), Decimal(0))
    moment = None
    if "moment" in found:
        word = reading.take(read_word(found["moment"], below(field, "moment"), [*Moment]), Moment.MORNING)
        moment = Moment(word)
    return reading.result(Extra(on, mg, moment))

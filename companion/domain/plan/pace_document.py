"""Reading a pace: percents, amounts, typed rows, or the programme. Contract §2, `pace.kind`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from companion.domain.codes import Refused
from companion.domain.plan.fields import (
    Reading,
    below,
    read_amount_text,
    read_kind,
    read_list,
    read_object,
    read_whole,
)
from companion.domain.plan.model import (
    MOST_DAYS,
    MOST_ROWS,
    Doses,
    FixedAmount,
    Goal,
    GoalKind,
    Moment,
    Pace,
    PercentOfCurrent,
    PercentOfStart,
    Programme,
    TypedRow,
    TypedRows,
)
from companion.domain.plan.programme import LENGTHS, STEPS, programme_percents

_KEYS = {
    "percent_of_current": ("kind", "percent", "every_days"),
    "percent_of_start": ("kind", "percent", "every_days"),
    "amount": ("kind", "mg", "every_days"),
    "rows": ("kind", "rows"),
    "programme": ("kind", "steps", "days"),
}


def read_pace(value: object, given: bool, goal: Goal) -> Pace | Refused | None:
    """The pace of a goal; `stabilise` has none, and the others must have one."""
    if goal.kind is GoalKind.STABILISE:
        return Refused.because("pace", "plan_no_pace") if given else None
    if not given:
        return Refused.because("pace", "plan_missing")
    kind = read_kind(value, "pace", "kind", [*_KEYS])
    if isinstance(kind, Refused):
        return kind
    found = read_object(value, "pace", _KEYS[kind], ("percents",) if kind == "programme" else ())
    if isinstance(found, Refused):
        return found
    if kind == "programme":
        return _programme(found)
    if kind == "rows":
        rows = read_rows(found["rows"], "pace.rows", goal.kind)
        return rows if isinstance(rows, Refused) else TypedRows(rows)
    return _computed(kind, found)


def read_rows(value: object, field: str, goal: GoalKind) -> tuple[TypedRow, ...] | Refused:
    """Typed rows; only a last row that stays open may go without `days`."""
    entries = read_list(value, field, MOST_ROWS)
    if isinstance(entries, Refused):
        return entries
    reading = Reading()
    nothing = TypedRow({}, None)
    rows = []
    for place, entry in enumerate(entries):
        opens = goal is not GoalKind.STOP and place == len(entries) - 1
        rows.append(reading.take(_row(entry, f"{field}[{place}]", opens), nothing))
    return reading.result(tuple(rows))


def read_doses(value: object, field: str) -> Doses | Refused:
    """One or more moments with an amount above 0, in the order of the day."""
    found = read_object(value, field, (), [moment.value for moment in Moment])
    if isinstance(found, Refused):
        return found
    if not found:
        return Refused.because(field, "plan_no_moment")
    reading = Reading()
    return reading.result(
        {
            moment: reading.take(read_amount_text(found[moment.value], below(field, moment.value)), Decimal(0))
            for moment in Moment
            if moment.value in found
        }
    )


def _row(value: object, field: str, may_stay_open: bool) -> TypedRow | Refused:
    days_key = ("days",)
    found = read_object(
        value, field, ("daily", *(() if may_stay_open else days_key)), days_key if may_stay_open else ()
    )
    if isinstance(found, Refused):
        return found
    reading = Reading()
    no_doses: Doses = {}
    daily = reading.take(read_doses(found["daily"], below(field, "daily")), no_doses)
    days = None
    if "days" in found:
        days = reading.take(read_whole(found["days"], below(field, "days"), 1, MOST_DAYS), 1)
    return reading.result(TypedRow(daily, days))


def _computed(kind: str, found: Mapping[str, object]) -> Pace | Refused:
    reading = Reading()
    every_days = reading.take(read_whole(found["every_days"], "pace.every_days", 1, MOST_DAYS), 1)
    if kind == "amount":
        mg = reading.take(read_amount_text(found["mg"], "pace.mg"), Decimal(1))
        return reading.result(FixedAmount(mg, every_days))
    percent = reading.take(_percent(found["percent"], "pace.percent"), Decimal(1))
    of_current = kind == "percent_of_current"
    return reading.result((PercentOfCurrent if of_current else PercentOfStart)(percent, every_days))


def _percent(value: object, field: str) -> Decimal | Refused:
    """Above 0 and below 100."""
    percent = read_amount_text(value, field)
    if isinstance(percent, Decimal) and percent >= 100:
        return Refused.because(field, "plan_percent_outside")
    return percent


def _programme(found: Mapping[str, object]) -> Programme | Refused:
    steps, days = found["steps"], found["days"]
    if not isinstance(steps, int) or isinstance(steps, bool) or steps not in STEPS:
        return Refused.because("pace.steps", "plan_not_one_of", words=", ".join(map(str, STEPS)))
    if not isinstance(days, int) or isinstance(days, bool) or days not in LENGTHS:
        return Refused.because("pace.days", "plan_not_one_of", words=", ".join(map(str, LENGTHS)))
    percents = _percents(found["percents"], steps) if "percents" in found else programme_percents(steps)
    if percents is None:
        return Refused.because("pace.percents", "plan_percents_needed", steps=str(steps))
    return percents if isinstance(percents, Refused) else Programme(percents, days)


def _percents(value: object, steps: int) -> tuple[Decimal, ...] | Refused:
    """One percent of the start for each step, at most 100, none above the one before."""
    field = "pace.percents"
    entries = read_list(value, field, MOST_ROWS)
    if isinstance(entries, Refused):
        return entries
    if len(entries) != steps:
        return Refused.because(field, "plan_percents_not_steps", steps=str(steps))
    reading = Reading()
    percents = tuple(
        reading.take(read_amount_text(entry, f"{field}[{place}]"), Decimal(0)) for place, entry in enumerate(entries)
    )
    read = reading.result(percents)
    if isinstance(read, Refused):
        return read
    for place, (percent, before) in enumerate(zip(percents, (Decimal(100), *percents), strict=False)):
        if percent > before:
            return Refused.because(f"{field}[{place}]", "plan_percents_rise")
    return percents

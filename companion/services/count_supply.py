"""Keep what someone counted of each strength. An empty field leaves the earlier count as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from companion.domain.amount import read_amount
from companion.domain.codes import Reason, Refused
from companion.domain.person import Person
from companion.domain.product import Form
from companion.domain.supply import Kind
from companion.services.supply import read_supply
from companion.storage import supplies
from companion.storage.supplies import Counted
from companion.storage.unit_of_work import Store

LONG_AGO = timedelta(days=366)


def field_of(plan_id: str, kind: Kind) -> str:
    """The name of the field in which a strength is counted."""
    return f"have-{plan_id}-{kind.form.value}-{format(kind.strength.normalize(), 'f')}"


def count_supply(
    store: Store, person: Person, typed: Mapping[str, str], typed_day: str, now: datetime
) -> Refused | None:
    """Keep every count, or nothing: the reasons name the fields."""
    today = person.day(now)
    reasons: list[Reason] = []
    counted_on = read_counted_on(typed_day, today)
    if isinstance(counted_on, Refused):
        reasons += counted_on.reasons
        counted_on = today
    counted: list[Counted] = []
    for supply in read_supply(store, person, now):
        for kind in supply.kinds:
            field = field_of(supply.plan.id, kind)
            text = typed.get(field, "").strip()
            if not text:
                continue
            count = _count(text, kind)
            if isinstance(count, Refused):
                reasons += [replace(reason, field=field) for reason in count.reasons]
            else:
                counted.append(Counted(supply.plan.id, kind, count, counted_on, now))
    if not reasons and not counted:
        reasons.append(Reason("", "supply_nothing"))
    if reasons:
        return Refused(tuple(reasons))
    with store.write(person.id) as unit:
        for each in counted:
            supplies.keep(unit, person.id, each)
    return None


def read_counted_on(typed: str, today: date) -> date | Refused:
    """The day of the count: today or earlier, at most a year ago; today when nothing was typed."""
    if not typed.strip():
        return today
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        return Refused.because("counted_on", "supply_date", example=today.isoformat())
    if day > today:
        return Refused.because("counted_on", "supply_date_future")
    return day if day >= today - LONG_AGO else Refused.because("counted_on", "supply_date", example=today.isoformat())


def _count(text: str, kind: Kind) -> Decimal | Refused:
    """Halves and quarters of tablets and parts of a ml may be there; capsules and drops are whole."""
    count = read_amount(text)
    if isinstance(count, Refused):
        return count
    step = {Form.TABLET: Decimal("0.25"), Form.LIQUID: Decimal("0.000001")}.get(kind.form, Decimal(1))
    return count if count % step == 0 else Refused.because("", "supply_whole")

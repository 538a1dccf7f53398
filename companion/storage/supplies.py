"""What people have at home: the newest count of each strength, by plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, cast

from sqlalchemy import bindparam
from sqlmodel import select

from companion.domain.amount import to_text
from companion.domain.product import Form
from companion.domain.supply import Kind
from companion.storage.tables import SupplyRow
from companion.storage.unit_of_work import Unit


@dataclass(frozen=True)
class Counted:
    """`count` tablets, capsules, drops or ml were there on `counted_on`."""

    plan_id: str
    kind: Kind
    count: Decimal
    counted_on: date
    recorded_at: datetime


_OF_PERSON: Final = (
    cast(Any, select)(
        SupplyRow.plan_id,
        SupplyRow.form,
        SupplyRow.strength,
        SupplyRow.count,
        SupplyRow.counted_on,
        SupplyRow.recorded_at,
    )
    .where(SupplyRow.person_id == bindparam("person_id"))
    .order_by(SupplyRow.plan_id, SupplyRow.form, SupplyRow.strength)
)


def of_person(unit: Unit, person_id: str) -> list[Counted]:
    return [_counted(row) for row in unit.rows(_OF_PERSON, person_id=person_id)]


def _counted(row: Any) -> Counted:
    kind = Kind(Decimal(row.strength), Form(row.form))
    return Counted(row.plan_id, kind, Decimal(row.count), row.counted_on, row.recorded_at)


def keep(unit: Unit, person_id: str, counted: Counted) -> None:
    """The count of this strength from now on. The same count again changes nothing."""
    key = (person_id, counted.plan_id, counted.kind.form.value, to_text(counted.kind.strength))
    row = unit.session.get(SupplyRow, key)
    if row is None:
        row = SupplyRow(
            person_id=person_id,
            plan_id=counted.plan_id,
            form=counted.kind.form.value,
            strength=to_text(counted.kind.strength),
            count=to_text(counted.count),
            counted_on=counted.counted_on,
            recorded_at=counted.recorded_at,
        )
    else:
        row.count, row.counted_on, row.recorded_at = to_text(counted.count), counted.counted_on, counted.recorded_at
    unit.session.add(row)
    unit.session.flush()

"""The label of a new box beside the plan: the same as a step, or different. Nothing else, and nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from companion.domain.amount import read_amount
from companion.domain.codes import Refused
from companion.domain.person import Person
from companion.domain.supply import Stretch, same_as
from companion.services.supply import read_supply
from companion.storage.unit_of_work import Store


@dataclass(frozen=True)
class BoxChecked:
    """`same`: the confirmed step it is the same as, of today or the first to come; None when it differs."""

    mg: Decimal
    same: Stretch | None


def read_label(typed: str) -> Decimal | Refused:
    """The milligrams on a label, above 0."""
    mg = read_amount(typed) if typed.strip() else Decimal(0)
    if isinstance(mg, Refused):
        return mg
    return mg or Refused.because("mg", "box_label")


def check_box(store: Store, person: Person, plan_id: str, mg: Decimal, now: datetime) -> BoxChecked | None:
    """The label beside this plan; None when the plan has no confirmed days to come."""
    supply = next((each for each in read_supply(store, person, now) if each.plan.id == plan_id), None)
    return BoxChecked(mg, same_as(supply.coming, mg, person.day(now))) if supply else None

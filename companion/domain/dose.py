"""A dose as it was noted: which plan and moment, how much, whether it was taken. Contract §4, *dose*."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from companion.domain.amount import to_text
from companion.domain.codes import Refused
from companion.domain.entry import read_id
from companion.domain.instant import instant_text, read_instant
from companion.domain.plan import Moment
from companion.domain.plan.fields import Reading, read_amount_text, read_object, read_word, read_yes_no

_REQUIRED: Final = ("plan", "moment", "mg", "taken")
_OPTIONAL: Final = ("taken_at", "extra")


@dataclass(frozen=True)
class Dose:
    """`plan_id` None: of no plan. `moment` None: not told. `taken` false: nothing was taken, whatever `mg` says.

    `taken_at` None: the time was not told. `extra`: beside the plan, each stands on its own.
    """

    plan_id: str | None
    moment: Moment | None
    mg: Decimal
    taken: bool
    taken_at: datetime | None = None
    extra: bool = False


def read_dose(data: Mapping[str, object]) -> Dose | Refused:
    """A dose from `{"plan": ID or null, "moment", "mg", "taken"}` and, where told, `taken_at` and `extra`.

    Refused with every field that is wrong. What was taken is above 0, except on a day that was written down with
    nothing (`extra`, see `daily_amounts`).
    """
    found = read_object(dict(data), "", _REQUIRED, _OPTIONAL, "sync_unknown_key")
    if isinstance(found, Refused):
        return found
    reading = Reading()
    plan_id = reading.take(_plan(found["plan"]), None)
    moment = reading.take(_moment(found["moment"]), None)
    taken = reading.take(read_yes_no(found["taken"], "taken"), False)
    extra = reading.take(read_yes_no(found.get("extra", False), "extra"), False)
    mg = reading.take(_mg(found["mg"], may_be_zero=extra or taken is not True), Decimal(0))
    taken_at = reading.take(_taken_at(found.get("taken_at")), None)
    return reading.result(Dose(plan_id, moment, mg, taken, taken_at, extra))


def dose_to_data(dose: Dose) -> dict[str, object]:
    """The JSON data of a dose; `taken_at` and `extra` only where they say something."""
    data: dict[str, object] = {
        "plan": dose.plan_id,
        "moment": dose.moment.value if dose.moment else None,
        "mg": to_text(dose.mg),
        "taken": dose.taken,
    }
    if dose.taken_at:
        data["taken_at"] = instant_text(dose.taken_at)
    return data | {"extra": True} if dose.extra else data


def taken_mg(data: Mapping[str, Any]) -> Decimal:
    """What was taken, from the data of a dose that was kept: 0 when it was not."""
    return Decimal(data["mg"]) if data.get("taken") else Decimal(0)


def _plan(value: object) -> str | Refused | None:
    return None if value is None else read_id(value) or Refused.because("plan", "sync_plan")


def _moment(value: object) -> Moment | Refused | None:
    if value is None:
        return None
    word = read_word(value, "moment", [*Moment])
    return word if isinstance(word, Refused) else Moment(word)


def _mg(value: object, *, may_be_zero: bool) -> Decimal | Refused:
    mg = read_amount_text(value, "mg")
    zero = isinstance(mg, Refused) and mg.reasons[0].code == "plan_not_above_zero"
    return Decimal(0) if zero and may_be_zero else mg


def _taken_at(value: object) -> datetime | Refused | None:
    if value is None:
        return None
    return read_instant(value) or Refused.because("taken_at", "sync_instant")

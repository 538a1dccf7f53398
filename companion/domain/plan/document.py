"""Reading the document of `companion plan` (contract §2): strictly, and every wrong field at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from companion.domain.codes import Refused
from companion.domain.plan.event_document import read_events
from companion.domain.plan.fields import (
    Reading,
    below,
    read_amount_text,
    read_day,
    read_kind,
    read_list,
    read_object,
    read_whole,
    read_word,
    read_yes_no,
)
from companion.domain.plan.model import (
    MOST_DAYS,
    MOST_PRODUCTS,
    Doses,
    Goal,
    GoalKind,
    Moment,
    Pace,
    PlanInput,
    Programme,
    TypedRows,
)
from companion.domain.plan.pace_document import read_doses, read_pace
from companion.domain.product import Form, Product, Split

_REQUIRED = ("products", "daily", "goal", "start")
_OPTIONAL = ("medicine", "pace", "stretch", "lead_in_days", "last_dose", "lower_first", "events")
_LONGEST_MEDICINE = 200

_PRODUCT_KEYS = {
    Form.TABLET: ("form", "strength", "split"),
    Form.CAPSULE: ("form", "strength"),
    Form.DROPS: ("form", "strength"),
    Form.LIQUID: ("form", "strength", "step_ml"),
    Form.MADE_CAPSULE: ("form",),
}


def read_plan(document: object) -> PlanInput | Refused:
    """What was asked, with right types and sizes; refused with every field that is wrong.

    Amounts are strings of at most six digits before and after a point, days whole numbers, dates ISO. A key that
    is not known is refused, so that nothing a person meant is silently left out. `stretch` and `lead_in_days`
    mean nothing to typed rows, the programme and `stabilise`: those say themselves how long a dose lasts.
    """
    found = read_object(document, "", _REQUIRED, _OPTIONAL)
    if isinstance(found, Refused):
        return found
    reading = Reading()
    no_doses: Doses = {}
    plan = PlanInput(
        medicine=reading.take(_medicine(found.get("medicine", "")), ""),
        products=reading.take(_products(found["products"]), ()),
        daily=reading.take(read_doses(found["daily"], "daily"), no_doses),
        goal=Goal(GoalKind.STOP),
        pace=None,
        start=reading.take(read_day(found["start"], "start"), date.min),
        stretch=reading.take(read_yes_no(found.get("stretch", False), "stretch"), False),
        lead_in_days=reading.take(read_whole(found.get("lead_in_days", 0), "lead_in_days", 0, MOST_DAYS), 0),
        lower_first=reading.take(_lower_first(found.get("lower_first", [])), ()),
    )
    return reading.result(reading.take(_where_to(found, plan), plan))


def _where_to(found: Mapping[str, object], plan: PlanInput) -> PlanInput | Refused:
    """The plan with what hangs on the goal: how to get there, and what may happen on the way."""
    goal = _goal(found["goal"])
    if isinstance(goal, Refused):
        return goal
    reading = Reading()
    pace = read_pace(found.get("pace"), "pace" in found, goal)
    last_dose = None
    if "last_dose" in found and not isinstance(pace, Refused):
        last_dose = reading.take(_last_dose(found["last_dose"], pace), None)
    return reading.result(
        replace(
            plan,
            goal=goal,
            pace=reading.take(pace, None),
            last_dose=last_dose,
            events=reading.take(read_events(found.get("events", []), goal.kind), ()),
        )
    )


def _medicine(value: object) -> str | Refused:
    if not isinstance(value, str) or len(value) > _LONGEST_MEDICINE:
        return Refused.because("medicine", "plan_not_short_text", most=str(_LONGEST_MEDICINE))
    return value


def _products(value: object) -> tuple[Product, ...] | Refused:
    entries = read_list(value, "products", MOST_PRODUCTS)
    if isinstance(entries, Refused):
        return entries
    reading = Reading()
    products = [
        reading.take(_product(entry, f"products[{place}]"), Product(Form.TABLET)) for place, entry in enumerate(entries)
    ]
    if len(products) > 1 and any(product.form is Form.MADE_CAPSULE for product in products):
        return Refused.because("products", "plan_made_capsule_alone")
    return reading.result(tuple(products))


def _product(value: object, field: str) -> Product | Refused:
    form = read_kind(value, field, "form", [form.value for form in Form])
    if isinstance(form, Refused):
        return form
    keys = _PRODUCT_KEYS[Form(form)]
    found = read_object(value, field, keys)
    if isinstance(found, Refused):
        return found
    reading = Reading()
    numbers = {
        key: reading.take(read_amount_text(found[key], below(field, key)), Decimal(0))
        for key in ("strength", "step_ml")
        if key in keys
    }
    split = Split.WHOLE.value
    if "split" in keys:
        split = reading.take(read_word(found["split"], below(field, "split"), [*Split]), split)
    return reading.result(
        Product(Form(form), numbers.get("strength", Decimal(0)), Split(split), numbers.get("step_ml", Decimal(0)))
    )


def _goal(value: object) -> Goal | Refused:
    kind = read_kind(value, "goal", "kind", [kind.value for kind in GoalKind])
    if isinstance(kind, Refused):
        return kind
    keys = ("kind", "target") if kind == GoalKind.REDUCE else ("kind",)
    found = read_object(value, "goal", keys)
    if isinstance(found, Refused):
        return found
    if "target" not in keys:
        return Goal(GoalKind(kind))
    target = read_amount_text(found["target"], "goal.target")
    return target if isinstance(target, Refused) else Goal(GoalKind(kind), target)


def _last_dose(value: object, pace: Pace | None) -> Decimal | Refused | None:
    """Only a pace that computes the next dose has a last one."""
    if pace is None or isinstance(pace, TypedRows | Programme):
        return Refused.because("last_dose", "plan_last_dose_unused")
    return read_amount_text(value, "last_dose")


def _lower_first(value: object) -> tuple[Moment, ...] | Refused:
    """The moments named come first, the others follow in the order of the day."""
    if not isinstance(value, list):
        return Refused.because("lower_first", "plan_not_list")
    reading = Reading()
    words = [reading.take(read_word(word, f"lower_first[{place}]", [*Moment]), "") for place, word in enumerate(value)]
    if len(set(words)) < len(words):
        return Refused.because("lower_first", "plan_moment_twice")
    named = tuple(Moment(word) for word in words if word)
    return reading.result((*named, *(moment for moment in Moment if moment not in named)))

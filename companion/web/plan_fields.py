"""Amounts and days of a plan, between form fields and the plan's JSON."""

from __future__ import annotations

import re
from dataclasses import replace

from flask import request

from companion.domain.amount import read_amount, to_text
from companion.domain.codes import Reason, Refused
from companion.domain.plan import Moment, Row
from companion.i18n.format import number
from companion.services.plan_view import first_day
from companion.web.forms import text

_MOMENT_IN_PATH = re.compile(r"daily\.(morning|noon|evening|bedtime)")


def read_daily(prefix: str) -> dict[str, str] | Refused:
    """The amounts typed for each moment, as canonical decimal texts; at least one above 0."""
    daily: dict[str, str] = {}
    reasons: list[Reason] = []
    for moment in Moment:
        name = prefix + moment.value
        typed = text(name)
        if not typed:
            continue
        mg = read_amount(typed)
        if isinstance(mg, Refused):
            reasons += [replace(reason, field=name) for reason in mg.reasons]
        elif mg:
            daily[moment.value] = to_text(mg)
    if not reasons and not daily:
        reasons.append(Reason(prefix + first_moment(prefix), "plan_row_empty"))
    return Refused(tuple(reasons)) if reasons else daily


def read_positive(field: str, missing: str = "plan_product_strength") -> str | Refused:
    """An amount above 0, as canonical decimal text."""
    typed = text(field)
    if not typed:
        return Refused.because(field, missing)
    mg = read_amount(typed)
    if isinstance(mg, Refused):
        return Refused(tuple(replace(reason, field=field) for reason in mg.reasons))
    return to_text(mg) if mg else Refused.because(field, missing)


def first_moment(prefix: str) -> str:
    """The moment whose field the form shows first: where a sentence about all of them stands."""
    shown = [moment.value for moment in Moment if prefix + moment.value in request.form]
    return shown[0] if shown else Moment.BEDTIME.value


def read_days(name: str, *, optional: bool) -> int | Refused | None:
    """A whole number of days, 1 or more; None when it may be left empty and was."""
    typed = text(name)
    if optional and not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 6 and int(typed) > 0):
        return Refused.because(name, "plan_row_days")
    return int(typed)


def seen_version() -> int:
    """The version of the plan that the form was made for; 0 when it does not say."""
    typed = text("version")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


def by_field(refused: Refused) -> Refused:
    """The reasons of a plan laid out again, beside the field of the moment they are about."""
    return Refused(tuple(replace(reason, field=_field_of(reason.field)) for reason in refused.reasons))


def _field_of(path: str) -> str:
    moment = _MOMENT_IN_PATH.search(path)
    if moment:
        return moment[1]
    return "days" if path.endswith("days") else ""


def typed_row(row: Row, language: str) -> dict[str, str]:
    """A row as someone would have typed it."""
    values = {moment.value: number(dose.mg, language) for moment, dose in row.moments.items()}
    if row.last_day:
        values["days"] = str((row.last_day - first_day(row)).days + 1)
    return values

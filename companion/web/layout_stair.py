"""A layout as a stair before there is a plan: several on the same axis, so that they can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from companion.domain.plan import Row
from companion.i18n.format import amount, date_short
from companion.services.preview_plan import Preview
from companion.web.locale import current_language, translate
from companion.web.stair import BOTTOM, HEIGHT, LEFT, OPEN_DAYS, RIGHT, TOP, Label, Line, Stair


@dataclass(frozen=True)
class Axis:
    """From the first day to the day after the last, and the highest dose."""

    first: date
    last: date
    highest: Decimal

    def x(self, day: date) -> float:
        days = max(1, (self.last - self.first).days)
        return round(LEFT + (RIGHT - LEFT) * min(max((day - self.first).days, 0), days) / days, 1)

    def y(self, mg: Decimal) -> float:
        return round(float(BOTTOM - (BOTTOM - TOP) * (mg / self.highest if self.highest else 0)), 1)


def _dated(preview: Preview) -> list[tuple[Row, date, date]]:
    """The rows with their first day and the day after the last, a while later when they stay open."""
    return [
        (row, row.first_day, (row.last_day or row.first_day + timedelta(days=OPEN_DAYS - 1)) + timedelta(days=1))
        for row in preview.layout.rows
        if row.first_day
    ]


def _current(preview: Preview) -> Decimal:
    return sum(preview.asked.daily.values(), Decimal(0))


def axis_of(previews: Sequence[Preview]) -> Axis | None:
    """The axis on which all of them fit; None when there are none."""
    days = [day for each in previews for _, first, end in _dated(each) for day in (first, end)]
    days += [each.asked.start for each in previews]
    days += [each.layout.first_day_without for each in previews if each.layout.first_day_without]
    if not previews:
        return None
    return Axis(min(days), max(*days, min(days) + timedelta(days=1)), max(_current(each) for each in previews))


def stair_of_layout(preview: Preview, axis: Axis) -> Stair:
    """From the dose of now down to the goal; drawn as a sketch, because it is one."""
    language = current_language()
    current, rows = _current(preview), _dated(preview)
    path = f"M{axis.x(preview.asked.start)} {axis.y(current)}"
    for row, first, end in rows:
        path += f"H{axis.x(first)}V{axis.y(row.daily_mg)}H{axis.x(end)}"
    without = preview.layout.first_day_without
    if without:
        path += f"H{axis.x(without)}V{BOTTOM}"
    end_mg = rows[-1][0].daily_mg if rows else current
    x = axis.x(without) if without else RIGHT
    labels = [Label(LEFT, axis.y(current) - 9, "start", amount(current, language))]
    if without:
        anchor = "end" if x > (LEFT + RIGHT) / 2 else "start"
        labels.append(Label(x, BOTTOM + 17, anchor, date_short(without, language)))
    else:
        labels.append(Label(RIGHT, max(axis.y(end_mg) - 9, TOP + 8), "end", amount(end_mg, language)))
    words = translate("From %(first)s a day to %(last)s a day, in %(count)s steps.") % {
        "first": amount(current, language),
        "last": amount(Decimal(0) if without else end_mg, language),
        "count": len(rows),
    }
    return Stair([Line("sketch", path)], labels, None, words, height=HEIGHT)

"""The stair that goes down slowly: geometry only, the sentence beside it comes from the template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from flask import get_template_attribute
from markupsafe import Markup

from companion.domain.plan import Row
from companion.i18n.catalogues import Catalogue
from companion.i18n.format import amount
from companion.services.plan_view import PLANS, LivePlan, first_day
from companion.web.locale import current_catalogue, current_language

WIDTH, HEIGHT = 340, 150
LEFT, RIGHT, TOP, BOTTOM = 12, 328, 26, 128
AMOUNT, TODAY, BESIDE = 75, 95, 15
"""How wide an amount and the word today are at most, and how far an amount stands from the dot of today."""
OPEN_DAYS = 28
WAITING_DAYS = 12
"""How wide a step is drawn that has no dates until the person goes on."""


@dataclass(frozen=True)
class Line:
    look: str
    path: str


@dataclass(frozen=True)
class Label:
    x: float
    y: float
    anchor: str
    text: str


@dataclass(frozen=True)
class Stair:
    lines: Sequence[Line]
    labels: Sequence[Label]
    today: tuple[float, float] | None
    words: str
    width: int = WIDTH
    height: int = HEIGHT


def _end(row: Row) -> date:
    """The day after the row, a while after its start when it has no end."""
    return (row.last_day or first_day(row) + timedelta(days=OPEN_DAYS - 1)) + timedelta(days=1)


def stair_of(plan: LivePlan, today: date, *, only_confirmed: bool = False) -> Stair | None:
    """The rows of a plan as a stair, with a dot where today is; None when there is nothing to draw."""
    return _stair(plan, today, current_language(), current_catalogue(), only_confirmed)


def confirmed_stair(plan: LivePlan, today: date) -> Markup:
    """What stands confirmed, drawn; empty when that is nothing."""
    return _drawn(plan, today, current_language(), current_catalogue())


@lru_cache(maxsize=PLANS)
def _drawn(plan: LivePlan, today: date, language: str, texts: Catalogue) -> Markup:
    stair = _stair(plan, today, language, texts, only_confirmed=True)
    drawn: Markup = get_template_attribute("components/stair.html", "stair_picture")(stair) if stair else Markup()
    return drawn


@lru_cache(maxsize=PLANS)
def _stair(plan: LivePlan, today: date, language: str, texts: Catalogue, only_confirmed: bool) -> Stair | None:
    """The same for every page of a day: nothing else goes into it."""
    translate = texts.gettext
    rows = [row for row in plan.rows if not only_confirmed or plan.state(row) == "confirmed"]
    if not rows:
        return None
    whole = rows[-1].n == plan.rows[-1].n
    waiting = [] if only_confirmed else list(plan.undated)
    first, last = first_day(rows[0]), _end(rows[-1]) + timedelta(days=WAITING_DAYS * len(waiting))
    highest = max([row.daily_mg for row in [*rows, *waiting]] + [Decimal(0)])
    days = max(1, (last - first).days)

    def x(day: date) -> float:
        inside = min(max((day - first).days, 0), days)
        return round(LEFT + (RIGHT - LEFT) * inside / days, 1)

    def y(mg: Decimal) -> float:
        return round(float(BOTTOM - (BOTTOM - TOP) * (mg / highest if highest else 0)), 1)

    lines: list[Line] = []
    before: float | None = None
    for row in rows:
        level = y(row.daily_mg)
        look = "next" if plan.state(row) == "confirmed" else "sketch"
        drop = f"M{x(first_day(row))} {before}V{level}" if before is not None else f"M{x(first_day(row))} {level}"
        if first_day(row) <= today < _end(row) and look == "next":
            lines += [Line("past", f"{drop}H{x(today)}"), Line("next", f"M{x(today)} {level}H{x(_end(row))}")]
        elif _end(row) <= today and look == "next":
            lines.append(Line("past", f"{drop}H{x(_end(row))}"))
        else:
            lines.append(Line(look, f"{drop}H{x(_end(row))}"))
        before = level
    for place, row in enumerate(waiting):
        begins = _end(rows[-1]) + timedelta(days=WAITING_DAYS * place)
        level = y(row.daily_mg)
        lines.append(Line("sketch", f"M{x(begins)} {before}V{level}H{x(begins + timedelta(days=WAITING_DAYS))}"))
        before = level
    if plan.layout.first_day_without and whole:
        lines.append(Line(lines[-1].look if lines[-1].look != "past" else "past", f"M{RIGHT} {before}V{BOTTOM}"))
    start, end = rows[0], (waiting or rows)[-1]
    now = next((row for row in rows if first_day(row) <= today < _end(row)), None)
    dot = (x(today), y(now.daily_mg)) if now else None
    at_start = dot[0] if dot and now is start and dot[0] < LEFT + AMOUNT else None
    at_end = dot[0] if dot and now is end and dot[0] > RIGHT - AMOUNT else None
    first_x = LEFT if at_start is None else at_start + BESIDE
    last_x = RIGHT - 6 if at_end is None else at_end - BESIDE
    labels = [
        Label(first_x, y(start.daily_mg) - 9, "start", amount(start.daily_mg, language)),
        Label(last_x, y(end.daily_mg) + 17, "end", amount(end.daily_mg, language)),
    ]
    if dot and at_start is None and LEFT + 40 < dot[0] < RIGHT - 40:
        beside = (dot[0] + 8, "start") if dot[0] + 8 + TODAY < WIDTH else (WIDTH, "end")
        labels.append(Label(beside[0], dot[1] - 12, beside[1], translate("today")))
    ends = plan.layout.first_day_without and whole
    lowest = BOTTOM if ends else max(y(row.daily_mg) for row in [*rows, *waiting])
    words = _words(plan, [*rows, *waiting], today, language, texts)
    return Stair(lines, labels, dot, words, height=round(lowest) + HEIGHT - BOTTOM)


def _words(plan: LivePlan, steps: Sequence[Row], today: date, language: str, texts: Catalogue) -> str:
    """The same for who cannot see it."""
    translate = texts.gettext
    said = [
        translate("From %(first)s a day to %(last)s a day, in %(count)s steps.")
        % {
            "first": amount(steps[0].daily_mg, language),
            "last": amount(steps[-1].daily_mg, language),
            "count": len(steps),
        }
    ]
    if taken := plan.in_force(today):
        said.append(translate("Today: %(mg)s.") % {"mg": amount(taken.daily_mg, language)})
    if plan.undated and steps[-1] is plan.undated[-1]:
        said.append(translate("The rest waits until you go on."))
    return " ".join(said)

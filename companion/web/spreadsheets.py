"""What someone noted, a table for each kind, for a spreadsheet: headings in their language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from flask import Blueprint, Response

from companion.domain.dose import taken_mg
from companion.domain.person import Person
from companion.domain.plan import Moment
from companion.domain.spreadsheet import Cell, spreadsheet
from companion.i18n.marker import N_
from companion.services.everything_noted import (
    check_ins_of,
    doses_of,
    lists_of,
    nights_of,
    plan_rows_of,
)
from companion.services.today import taken_at
from companion.web.house import store
from companion.web.locale import translate
from companion.web.login import current_person, signed_in

pages = Blueprint("spreadsheets", __name__)

MOMENTS: Final = {
    Moment.MORNING: N_("Morning"),
    Moment.NOON: N_("Noon"),
    Moment.EVENING: N_("Evening"),
    Moment.BEDTIME: N_("Bedtime"),
}

Table = tuple[Sequence[str], list[Sequence[Cell]]]


def _nights(person: Person) -> Table:
    headings = (
        N_("Date"),
        N_("Into bed"),
        N_("Lights out"),
        N_("Minutes until asleep"),
        N_("Times awake"),
        N_("Minutes awake"),
        N_("Woke up for good"),
        N_("Out of bed"),
        N_("Minutes still tried to sleep"),
        N_("Minutes of naps the day before"),
        N_("How you slept (1 to 5)"),
        N_("How rested (1 to 5)"),
        N_("Minutes in bed"),
        N_("Minutes asleep"),
        N_("Sleep efficiency in percent"),
        N_("As usual"),
        N_("In your own words"),
    )
    rows: list[Sequence[Cell]] = []
    for kept in nights_of(store(), person):
        data = kept.entry.data
        told = [data.get(name) for name in _NIGHT]
        measured = [kept.figures.tib, kept.figures.tst, kept.figures.se]
        rows.append(
            [
                _day(kept.entry.day),
                *told,
                *(None if each is None else round(float(each), 1) for each in measured),
                translate(N_("yes")) if data.get("as_usual") else "",
                data.get("note") or "",
            ]
        )
    return headings, rows


_NIGHT: Final = (
    "in_bed",
    "lights_out",
    "sol_min",
    "awakenings",
    "waso_min",
    "final_wake",
    "up",
    "still_trying_min",
    "naps_min",
    "quality",
    "rested",
)


def _doses(person: Person) -> Table:
    headings = (N_("Day"), N_("Medicine"), N_("Moment"), N_("mg taken"), N_("Taken at"), N_("Beside the plan"))
    rows: list[Sequence[Cell]] = []
    for entry, medicine in doses_of(store(), person):
        at = taken_at(entry)
        moment = entry.data.get("moment")
        rows.append(
            [
                _day(entry.day),
                medicine,
                translate(MOMENTS[Moment(moment)]) if moment else "",
                taken_mg(entry.data),
                at.astimezone(person.zone).strftime("%Y-%m-%d %H:%M") if at else "",
                translate(N_("yes")) if entry.data.get("extra") else "",
            ]
        )
    return headings, rows


def _symptoms(person: Person) -> Table:
    headings = (N_("Day"), N_("List"), N_("Sum"), N_("Question"), N_("Answer"), N_("Something new"))
    return headings, [[_day(day), *cells] for day, *cells in lists_of(store(), person, person.language)]


def _check_ins(person: Person) -> Table:
    rows: list[Sequence[Cell]] = [
        [_day(kept.entry.day), kept.check_in.level, kept.check_in.words] for kept in check_ins_of(store(), person)
    ]
    return (N_("Day"), N_("How the day was (1 hard to 5 light)"), N_("In your own words")), rows


def _plan(person: Person) -> Table:
    headings = (
        N_("Medicine"),
        N_("Step"),
        N_("First day"),
        N_("Last day"),
        N_("Moment"),
        N_("mg"),
        N_("mg a day"),
        N_("Confirmed"),
    )
    rows: list[Sequence[Cell]] = [
        [
            row.medicine,
            row.n,
            _day(row.first_day),
            _day(row.last_day),
            translate(MOMENTS[row.moment]),
            row.mg,
            row.daily_mg,
            translate(N_("yes")) if row.confirmed else translate(N_("no")),
        ]
        for row in plan_rows_of(store(), person)
    ]
    return headings, rows


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


TABLES: dict[str, Callable[[Person], Table]] = {
    "nights": _nights,
    "doses": _doses,
    "symptoms": _symptoms,
    "check-ins": _check_ins,
    "plan": _plan,
}


@pages.get('/account/export/<any(nights, doses, symptoms, "check-ins", plan):table>.csv')
@signed_in
def download(table: str) -> Response:
    headings, rows = TABLES[table](current_person())
    body = spreadsheet([translate(heading) for heading in headings], rows)
    answer = Response(body, mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="andante-{table}.csv"'
    return answer

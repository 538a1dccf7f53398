"""Everything someone noted, as a PDF to read or to keep: nights, doses, lists and days, month by month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from flask import Blueprint, Response

from companion.domain.dose import taken_mg
from companion.domain.entry import Entry
from companion.domain.night import NO_SLEEP
from companion.domain.person import Person
from companion.domain.plan import Moment
from companion.i18n.format import clock, date_full, date_short, duration, month, number
from companion.i18n.marker import N_
from companion.services.everything_noted import check_ins_of, doses_of, nights_of
from companion.services.log_check_in import KeptCheckIn
from companion.services.log_night import KeptNight
from companion.services.log_symptoms import KeptList, lists_between
from companion.services.today import taken_at
from companion.web.house import house, now, store
from companion.web.locale import current_language, translate
from companion.web.login import current_person, signed_in
from companion.web.moments import MOMENTS
from companion.web.typeset import typeset

pages = Blueprint("diary_paper", __name__)

Rows = list[list[str]]
NOTHING = "–"


@pages.get("/account/export/diary.pdf")
@signed_in
def download() -> Response:
    person, language, today = current_person(), current_language(), current_person().day(now())
    app = house().settings.app_name
    data = {
        "lang": language,
        "title": translate(N_("Everything you noted")),
        "author": app,
        "footer": f"{app} · {date_full(today, language)}",
        "intro": [translate(N_("Noted by yourself, not measured. A dash means that it was not filled in."))],
        "chapters": [chapter for chapter in chapters(person, language) if chapter["parts"]],
    }
    answer = Response(typeset("account/diary.typ", data, now()), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="andante-{today}.pdf"'
    return answer


def chapters(person: Person, language: str) -> Iterator[dict[str, Any]]:
    """Each kind, its months, and in them a row for each thing noted."""
    nights = [(kept.entry.day, _night(kept, language)) for kept in nights_of(store(), person)]
    doses = [(entry.day, _dose(entry, name, person, language)) for entry, name in doses_of(store(), person)]
    lists = [(kept.entry.day, _list(kept, language)) for kept in lists_between(store(), person, date.min, date.max)]
    days = [(kept.entry.day, _day(kept, language)) for kept in check_ins_of(store(), person)]
    yield _chapter(
        N_("Nights"),
        [
            N_("Morning"),
            N_("Into bed"),
            N_("Asleep after"),
            N_("Awake"),
            N_("Out of bed"),
            N_("Asleep"),
            N_("In your own words"),
        ],
        nights,
        language,
    )
    yield _chapter(
        N_("Doses you noted"),
        [N_("Day"), N_("Moment"), N_("mg taken"), N_("Taken at"), N_("Medicine")],
        doses,
        language,
    )
    yield _chapter(N_("Symptom lists"), [N_("Day"), N_("Sum"), N_("List")], lists, language)
    yield _chapter(
        N_("How your days were"), [N_("Day"), N_("1 hard to 5 light"), N_("In your own words")], days, language
    )


def _chapter(title: str, head: Sequence[str], rows: Iterable[tuple[date, list[str]]], language: str) -> dict[str, Any]:
    """Rows by month; the last column takes the room that is left."""
    first_of_month: Callable[[tuple[date, list[str]]], date] = lambda pair: pair[0].replace(day=1)  # noqa: E731
    parts = [
        {
            "title": month(first, language),
            "head": [translate(word) for word in head],
            "wide": [n == len(head) - 1 for n in range(len(head))],
            "rows": [row for _, row in group],
        }
        for first, group in groupby(rows, first_of_month)
    ]
    return {"title": translate(title), "parts": parts}


def _night(kept: KeptNight, language: str) -> list[str]:
    night, figures = kept.night, kept.figures
    slept = NOTHING if figures.tst is None else duration(figures.tst, language)
    if night.sol_min is NO_SLEEP:
        until = translate(N_("no sleep"))
    else:
        until = NOTHING if night.sol_min is None else duration(int(night.sol_min), language)
    return [
        date_short(kept.entry.day, language),
        clock(night.in_bed, language) if night.in_bed else NOTHING,
        until,
        NOTHING if night.waso_min is None else duration(night.waso_min, language),
        clock(night.up, language) if night.up else NOTHING,
        slept,
        night.note or "",
    ]


def _dose(entry: Entry, medicine: str, person: Person, language: str) -> list[str]:
    at, moment = taken_at(entry), entry.data.get("moment")
    return [
        date_short(entry.day, language),
        translate(MOMENTS[Moment(moment)]) if moment else NOTHING,
        number(taken_mg(entry.data), language),
        clock(at.astimezone(person.zone).time(), language) if at else NOTHING,
        medicine or NOTHING,
    ]


def _list(kept: KeptList, language: str) -> list[str]:
    total = NOTHING if kept.total is None else number(kept.total, language)
    return [date_short(kept.entry.day, language), total, kept.instrument.name[language]]


def _day(kept: KeptCheckIn, language: str) -> list[str]:
    return [date_short(kept.entry.day, language), number(kept.check_in.level, language), kept.check_in.words]

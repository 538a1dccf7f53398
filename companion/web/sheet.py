"""A month of a plan as a sheet of paper: what stands in the box of each day, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from companion.domain.month import Month
from companion.domain.supply import Stretch, clip, need, on
from companion.i18n.dose_words import dose_words
from companion.i18n.supply_words import count_words, pieces_compact
from companion.services.confirmed_days import confirmed_days, first_day_without, some_sketch
from companion.services.directory import line
from companion.services.plan_view import LivePlan
from companion.web.dose_view import Picture, picture_in

WIDE = 11
"""Characters that surely fit on a line of a box, in the widest font we know."""

ROOM = {4: 12, 5: 9, 6: 7}
"""Lines of words that fit in a box, by how many weeks the month has."""

MOST_DRAWN = 4
"""More pieces than this are not drawn on paper: the words say them."""


@dataclass(frozen=True)
class Line:
    """One dose in a box: the moment's code, what it says, and the pieces drawn when there is room."""

    moment: str
    words: str
    picture: Picture | None


@dataclass(frozen=True)
class Box:
    """One day; `day` is None outside the month. Without lines there is no confirmed dose."""

    day: date | None
    lines: Sequence[Line] = ()
    without: bool = False


@dataclass(frozen=True)
class Sum:
    """How much of one strength the month takes, and how many tablets of it are cut."""

    words: str
    to_cut: int
    left_over: bool


@dataclass(frozen=True)
class Sheet:
    """`named`: whether each dose says its moment. `key`: what the short forms in the boxes mean, when `dense`."""

    language: str
    medicine: str
    month: date
    weeks: Sequence[Sequence[Box]]
    named: bool
    dense: bool
    roomy: bool
    key: Sequence[tuple[str, str]]
    sums: Sequence[Sum]
    sketch: bool
    made_on: date
    poison: str
    emergency: str


def sheet_of(plan: LivePlan, month: Month, language: str, made_on: date) -> Sheet:
    """The sheet of one month; only confirmed days have a dose."""
    known = clip(confirmed_days(plan), month.first, month.last)
    named = any(len(each.moments) > 1 or "bedtime" not in each.moments for each in known)
    weeks = month.weeks()
    lines = max((_lines(each, named, language) for each in known), default=0)
    dense = lines > ROOM[len(weeks)]
    drawn = not dense and not named and lines + 2 <= ROOM[len(weeks)]
    without = first_day_without(plan, confirmed_days(plan))

    def box(day: date | None) -> Box:
        stretch = on(known, day) if day else None
        if stretch is None:
            return Box(day, without=day is not None and day == without)
        return Box(day, _box_lines(stretch, language, dense=dense, drawn=drawn))

    return Sheet(
        language=language,
        medicine=plan.asked.medicine,
        month=month.first,
        weeks=[[box(day) for day in week] for week in weeks],
        named=named,
        dense=dense,
        roomy=drawn,
        key=_key(known, language) if dense else (),
        sums=sums_of(known, language),
        sketch=some_sketch(plan, month.first, month.last),
        made_on=made_on,
        poison=line("poison").shown,
        emergency=line("emergency").shown,
    )


def sums_of(known: Sequence[Stretch], language: str) -> list[Sum]:
    """How much of each strength these days take, in words."""
    return [
        Sum(count_words(each.kind.form, each.kind.strength, each.whole, language), each.to_cut, bool(each.left_over))
        for each in need(known)
    ]


def _lines(stretch: Stretch, named: bool, language: str) -> int:
    """How many lines the words of a day take at most."""
    return sum(named - (-len(dose_words(dose.pieces, language)) // WIDE) for dose in stretch.moments.values())


def _box_lines(stretch: Stretch, language: str, *, dense: bool, drawn: bool) -> list[Line]:
    lines = []
    for moment, dose in stretch.moments.items():
        few = sum(piece.count for piece in dose.pieces) <= MOST_DRAWN
        words = (
            " + ".join(short for short, _ in pieces_compact(dose.pieces, language))
            if dense
            else dose_words(dose.pieces, language)
        )
        picture = picture_in(dose.pieces, language) if drawn and few else None
        lines.append(Line(moment.value, words, picture))
    return lines


def _key(known: Sequence[Stretch], language: str) -> list[tuple[str, str]]:
    """Every short form of the month once, in the order in which it comes."""
    found: dict[str, str] = {}
    for stretch in known:
        for dose in stretch.moments.values():
            found |= dict(pieces_compact(dose.pieces, language))
    return list(found.items())

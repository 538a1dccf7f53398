from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

import companion
from companion.domain.history import (
    DateRange,
    DoseStep,
    History,
    NightBar,
    SymptomPoint,
    Taken,
    TakenDay,
    Turn,
)
from companion.web.history_axis import LEFT, RIGHT
from companion.web.history_chart import HistoryChart, history_chart, round_half_up

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
SVG = "{http://www.w3.org/2000/svg}"
FILTERS: dict[str, Callable[..., str]] = {
    "amount": lambda mg: f"{mg} mg",
    "date_short": lambda day: f"{day:%d %b}",
    "date_full": lambda day: f"{day:%d %B %Y}",
    "month": lambda day: f"{day:%B %Y}",
    "duration": lambda minutes: f"{minutes // 60} h {minutes % 60:02}",
    "percent": lambda percent: f"{percent}%",
}


def draw(chart: HistoryChart) -> str:
    templates = Path(companion.__file__).parent / "web" / "templates"
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: message, lambda one, many, number: one if number == 1 else many, newstyle=True
    )
    environment.filters.update(FILTERS)
    page = environment.from_string(
        '{% from "history/chart.html" import history_chart with context %}{{ history_chart(chart) }}'
    )
    return page.render(chart=chart)


def picture(markup: str) -> ElementTree.Element:
    found = re.search(r"<svg.*?</svg>", markup, re.DOTALL)
    assert found
    return ElementTree.fromstring(found[0].replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))  # noqa: S314


def words_in(svg: ElementTree.Element) -> list[str]:
    return ["".join(text.itertext()) for text in svg.iter(f"{SVG}text")]


def of_class(svg: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [each for each in svg.iter() if name in (each.get("class") or "").split()]


def table(markup: str) -> list[list[str]]:
    parsed = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(
        f"<!doctype html><html><head><title>t</title></head><body>{markup}</body></html>"
    )
    return [["".join(cell.itertext()) for cell in row] for row in parsed.iter("tr")]


def sentences(markup: str) -> str:
    found = re.search(r"<figcaption[^>]*>(.*?)</figcaption>", markup, re.DOTALL)
    assert found
    return " ".join(found[1].split())


def night(days_ago: int, tib: int | None, tst: int | None, *, as_usual: bool = False) -> NightBar:
    percent = Fraction(100 * tst, tib) if tib and tst is not None else None
    return NightBar(TODAY - days_ago * DAY, tib, tst, percent, as_usual)


def last(days: int) -> DateRange:
    return DateRange(TODAY - (days - 1) * DAY, TODAY)


HISTORY = History(
    doses=(
        DoseStep(TODAY - 40 * DAY, TODAY - 21 * DAY, Decimal("2")),
        DoseStep(TODAY - 20 * DAY, TODAY - 9 * DAY, Decimal("1.5")),
        DoseStep(TODAY - 8 * DAY, TODAY + 30 * DAY, Decimal("1")),
    ),
    nights=(
        night(5, 450, 300, as_usual=True),
        night(4, 480, 345),
        night(3, 490, 345),
        night(2, 420, 0),
        night(1, 500, None),
        night(0, None, 400),
    ),
    symptoms=(SymptomPoint(TODAY - 20 * DAY, 12), SymptomPoint(TODAY - 2 * DAY, 5)),
    turns=(Turn("stay", TODAY - 20 * DAY, TODAY - 9 * DAY), Turn("back", TODAY - 3 * DAY, None)),
    taken=(
        TakenDay(TODAY - 12 * DAY, Taken.MORE, Decimal("1.5"), Decimal("0.5")),
        TakenDay(TODAY - 2 * DAY, Taken.LESS, Decimal("1"), Decimal("-0.25")),
        TakenDay(TODAY - DAY, Taken.NOTHING, Decimal("1"), Decimal("-1")),
    ),
)
MONTH = history_chart(HISTORY, last(30), TODAY, 40)


def test_the_table_carries_the_numbers_of_the_picture() -> None:
    rows = table(draw(MONTH))
    assert len(rows) == 31
    assert rows[0] == [
        "Day",
        "Planned dose",
        "Taken otherwise",
        "In bed",
        "Asleep",
        "Efficiency",
        "Mean asleep, 7 nights",
        "Mean efficiency, 7 nights",
        "Symptoms",
    ]
    assert rows[-6:] == [
        ["16 Nov", "1 mg", "–", "7 h 30", "5 h 00 (as usual)", "66.7%", "–", "–", "–"],
        ["17 Nov", "1 mg", "–", "8 h 00", "5 h 45", "71.9%", "–", "–", "–"],
        ["18 Nov", "1 mg", "–", "8 h 10", "5 h 45", "70.4%", "–", "–", "–"],
        ["19 Nov", "1 mg", "0.25 mg less", "7 h 00", "0 h 00", "0.0%", "–", "–", "5"],
        ["20 Nov", "1 mg", "nothing", "8 h 20", "–", "–", "–", "–", "–"],
        ["21 Nov", "1 mg", "–", "–", "6 h 40", "–", "4 h 33", "–", "–"],
    ]
    assert ["09 Nov", "1.5 mg", "0.5 mg more", *["–"] * 6] in rows


def test_the_picture_has_a_name_and_says_in_words_what_it_shows() -> None:
    markup = draw(MONTH)
    svg = picture(markup)
    assert svg.get("role") == "img"
    named = {element.get("id"): element.text or "" for element in svg if element.get("id")}
    assert list(named) == (svg.get("aria-labelledby") or "").split()
    assert "More than planned" not in " ".join(named.values()), "the sentence under the picture says it once"
    said = " ".join([*named.values(), sentences(markup)])
    for part in (
        "Dose: from 2 mg to 1 mg",
        "More than planned on 1 day.",
        "Less than planned on 1 day.",
        "Nothing taken on 1 day.",
        "Stayed 1 time.",
        "A step back 1 time.",
        "Nights filled in: 5; asleep 4 h 33 on average over 4 of them.",
        "Sleep efficiency: 47.4% on average, of 3 nights.",
        "1 night as usual, counted apart.",
        "12 of 40",
        "5 on 19 November",
    ):
        assert part in said, part
        assert part in sentences(markup), part
    assert "23 October 2026" in said
    assert "A few points more or less say little." in markup
    assert "Others gave" not in said


def test_days_without_data_are_gaps_and_no_sleep_is_a_low_bar() -> None:
    assert len(MONTH.bars) == 6
    assert [bar.in_bed is not None for bar in MONTH.bars] == [True, True, True, True, True, False]
    assert [bar.asleep is not None for bar in MONTH.bars] == [True, True, True, True, False, True]
    sleepless = MONTH.bars[3].asleep
    assert sleepless is not None
    assert 0 < sleepless.height < 3


def test_a_night_as_usual_looks_different_and_is_named() -> None:
    svg = picture(draw(MONTH))
    assert len(of_class(svg, "chart-usual")) == 2
    assert "dotted: as usual" in words_in(svg)
    without = History(nights=HISTORY.nights[1:])
    plain = picture(draw(history_chart(without, last(30), TODAY, 40)))
    assert not of_class(plain, "chart-usual")
    assert "dotted: as usual" not in words_in(plain)


def test_both_means_are_broken_where_there_are_too_few_nights() -> None:
    nights = [night(ago, 480, 360) for ago in (*range(5), *range(20, 26))]
    chart = history_chart(History(nights=tuple(reversed(nights))), last(30), TODAY, 40)
    assert len(chart.asleep_lines) == len(chart.efficiency_lines) == 2
    assert (chart.last_mean_min, chart.last_mean_se) == (360, 75)
    assert words_in(picture(draw(chart))).count("7 nights: 6 h 00") == 1
    assert "7 nights: 75.0%" in words_in(picture(draw(chart)))


def test_the_stair_goes_down_without_slopes_and_splits_at_today() -> None:
    ahead = history_chart(HISTORY, DateRange(TODAY - 29 * DAY, TODAY + 40 * DAY), TODAY, 40)
    assert ahead.today is not None
    assert re.fullmatch(r"M[\d.]+ [\d.]+(H[\d.]+V[\d.]+)*H[\d.]+", ahead.stair_past)
    assert ahead.stair_past.endswith(f"H{ahead.today.x:g}")
    assert ahead.stair_next.startswith(f"M{ahead.today.x:g} {ahead.today.y:g}H")
    assert not ahead.stair_next.endswith(f"H{RIGHT}")
    assert MONTH.first_dose is not None
    assert MONTH.last_dose is not None
    assert (MONTH.first_dose.mg, MONTH.last_dose.mg) == (2, 1)


def test_a_gap_between_doses_is_a_gap_in_the_stair() -> None:
    doses = (
        DoseStep(TODAY - 9 * DAY, TODAY - 7 * DAY, Decimal(2)),
        DoseStep(TODAY - 3 * DAY, None, Decimal(1)),
    )
    chart = history_chart(History(doses=doses), last(10), TODAY, 40)
    assert chart.stair_past.count("M") == 2
    assert "V" not in chart.stair_past


def test_what_was_taken_otherwise_stands_at_its_own_height_with_its_own_shape_and_word() -> None:
    svg = picture(draw(MONTH))
    assert [mark.kind for mark in MONTH.marks] == [Taken.MORE, Taken.LESS, Taken.NOTHING]
    more, less, nothing = MONTH.marks
    assert more.y < less.y < nothing.y == MONTH.lanes.dose.floor
    shapes = {(each.get("d") or "") for each in of_class(svg, "chart-mark")}
    assert len(shapes) == 3
    assert "▲ more  ▽ less  ○ nothing" in words_in(svg)


def test_an_amount_far_above_the_plan_stays_in_the_picture_and_is_told_in_the_table() -> None:
    history = History(
        doses=(DoseStep(TODAY - 6 * DAY, None, Decimal(1)),),
        taken=(TakenDay(TODAY - 2 * DAY, Taken.MORE, Decimal(1), Decimal(19)),),
    )
    chart = history_chart(history, last(7), TODAY, 40)
    assert chart.marks[0].y == chart.lanes.dose.top
    assert "19 mg more" in draw(chart)


def test_stays_steps_back_and_waits_have_a_band_a_bracket_a_number_and_a_word() -> None:
    history = History(
        turns=(
            Turn("stay", TODAY - 29 * DAY, TODAY - 22 * DAY),
            Turn("hospital", TODAY - 18 * DAY, TODAY - 11 * DAY),
            Turn("back", TODAY - 6 * DAY, None),
        )
    )
    svg = picture(draw(history_chart(history, last(30), TODAY, 40)))
    for kind in ("stay", "hospital", "back"):
        assert len(of_class(svg, f"chart-band-{kind}")) == len(of_class(svg, f"chart-bracket-{kind}")) == 1
    assert [each for each in words_in(svg) if each[0].isdigit()][:3] == ["1 stayed", "2 by others", "3 a step back"]


def test_many_turns_keep_their_place_and_lose_only_words() -> None:
    turns = tuple(Turn("stay", TODAY - (700 - 10 * n) * DAY, TODAY - (696 - 10 * n) * DAY) for n in range(60))
    chart = history_chart(History(turns=turns), last(730), TODAY, 40)
    assert len(chart.turns) == 60
    named = [mark.x for mark in chart.turns if mark.x is not None]
    assert all(later - earlier >= 20 for earlier, later in pairwise(named))
    assert not any(mark.with_word for mark in chart.turns[:-1])


def test_today_is_a_dot_and_the_future_has_none() -> None:
    assert len(of_class(picture(draw(MONTH)), "chart-today")) == 1
    later = history_chart(HISTORY, DateRange(TODAY + DAY, TODAY + 9 * DAY), TODAY, 40)
    assert (later.today, later.stair_past) == (None, "")
    assert later.stair_next


def test_nothing_yet_is_said_and_drawn_without_a_fault() -> None:
    empty = history_chart(History(), last(7), TODAY, 40)
    assert empty.is_empty
    markup = draw(empty)
    assert "No nights are filled in." in markup
    assert len(table(markup)) == 8


@pytest.mark.parametrize("days", [1, 7, 30, 200, 900])
def test_no_window_needs_inline_style_or_script(days: int) -> None:
    markup = draw(history_chart(HISTORY, last(days), TODAY, 40))
    assert not re.search(r"style=|<script|<style|\son\w+=", markup)
    ids = re.findall(r'\bid="([^"]+)"', markup)
    assert len(ids) == len(set(ids))
    classes = {name for names in re.findall(r'class="([^"]+)"', markup) for name in names.split()}
    assert {name for name in classes if name.startswith("chart-")} <= classes_of_the_stylesheet()


def classes_of_the_stylesheet() -> set[str]:
    sheet = Path(companion.__file__).parent.parent / "static/css/components/chart.css"
    text = sheet.read_text("utf-8")
    assert text.startswith("@layer components {")
    return {*re.findall(r"\.(chart-[a-z-]+)", text), "chart-mark-less", "chart-mark-nothing", "chart-band-stay"} | {
        "chart-bracket-stay",
        "chart-details",
    }


def test_ten_years_stay_a_small_picture() -> None:
    history = History(
        doses=tuple(
            DoseStep(TODAY - (3640 - 28 * number) * DAY, TODAY - (3613 - 28 * number) * DAY, Decimal(1))
            for number in range(130)
        ),
        nights=tuple(night(ago, 480, 300 + ago % 90) for ago in reversed(range(3650))),
        symptoms=tuple(SymptomPoint(TODAY - ago * DAY, ago % 41) for ago in reversed(range(0, 3650, 14))),
        turns=tuple(Turn("stay", TODAY - ago * DAY, TODAY - (ago - 9) * DAY) for ago in range(3600, 0, -100)),
        taken=tuple(
            TakenDay(TODAY - ago * DAY, Taken.MORE, Decimal(1), Decimal(1)) for ago in reversed(range(0, 3650, 9))
        ),
    )
    chart = history_chart(history, last(3650), TODAY, 40)
    assert len(chart.rows) <= 150
    assert len(chart.marks) <= 150
    assert len(draw(chart)) < 150_000
    assert "4 × more" in draw(chart)


def test_halves_go_up_once() -> None:
    assert [round_half_up(Fraction(each, 2)) for each in (1, 3, 5)] == [1, 2, 3]


minutes = st.one_of(st.none(), st.integers(0, 1440))
kinds = st.sampled_from(["stay", "back", "hospital"])
histories = st.builds(
    lambda doses, nights, symptoms, turns, taken: History(
        tuple(
            DoseStep(TODAY - first * DAY, None if last is None else TODAY + (last - first) * DAY, Decimal(mg))
            for first, last, mg in sorted(doses, key=lambda dose: -dose[0])
        ),
        tuple(night(ago, *both, as_usual=usual) for ago, (both, usual) in sorted(nights.items(), reverse=True)),
        tuple(SymptomPoint(TODAY - ago * DAY, total) for ago, total in sorted(symptoms.items(), reverse=True)),
        tuple(
            Turn(kind, TODAY - ago * DAY, None if days is None else TODAY + (days - ago) * DAY)
            for ago, (kind, days) in sorted(turns.items(), reverse=True)
        ),
        tuple(
            TakenDay(
                TODAY - ago * DAY,
                Taken.MORE if more > 0 else Taken.LESS,
                Decimal(planned),
                Decimal(max(more, -planned)),
            )
            for ago, (planned, more) in sorted(taken.items(), reverse=True)
        ),
    ),
    st.lists(
        st.tuples(st.integers(-50, 800), st.one_of(st.none(), st.integers(0, 90)), st.integers(0, 30)),
        max_size=6,
    ),
    st.dictionaries(st.integers(-20, 800), st.tuples(st.tuples(minutes, minutes), st.booleans()), max_size=20),
    st.dictionaries(st.integers(-20, 800), st.integers(0, 40), max_size=8),
    st.dictionaries(st.integers(0, 800), st.tuples(kinds, st.one_of(st.none(), st.integers(0, 60))), max_size=6),
    st.dictionaries(
        st.integers(0, 800),
        st.tuples(st.integers(0, 9), st.integers(-9, 30)).filter(lambda told: told[1] > 0 or (told[0] and told[1])),
        max_size=8,
    ),
)
ranges = st.builds(
    lambda shift, days: DateRange(TODAY + (shift - days + 1) * DAY, TODAY + shift * DAY),
    st.integers(-30, 30),
    st.sampled_from([1, 7, 30, 60, 365, 800]),
)


@given(histories, ranges)
@settings(max_examples=60, deadline=None)
def test_everything_stays_inside_the_picture(history: History, days: DateRange) -> None:
    chart = history_chart(history, days, TODAY, 40)
    lane = chart.lanes.nights
    for bar in chart.bars:
        for box in (bar.in_bed, bar.asleep):
            if box:
                assert LEFT - 0.1 <= box.x <= box.x + box.width <= RIGHT + 0.1
                assert lane.top - 0.1 <= box.y <= box.y + box.height <= lane.floor + 0.1
    for place in (*chart.points, *chart.marks):
        assert LEFT <= place.x <= RIGHT
    for mark in chart.marks:
        assert chart.lanes.dose.top <= mark.y <= chart.lanes.dose.floor
    for turn in chart.turns:
        assert LEFT - 0.1 <= turn.band.x <= turn.band.x + turn.band.width <= RIGHT + 0.1
        assert turn.x is None or 0 < turn.x < 360
    for number in re.findall(r"H([\d.]+)", chart.stair_past + chart.stair_next):
        assert LEFT <= float(number) <= RIGHT
    for line in (*chart.asleep_lines, *chart.efficiency_lines):
        for _x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", line):
            assert lane.top <= float(y) <= chart.lanes.efficiency.floor
    picture(draw(chart))
    assert len(table(draw(chart))) == len(chart.rows) + 1


@given(histories, ranges)
@settings(max_examples=60, deadline=None)
def test_picture_table_and_words_tell_the_same_numbers(history: History, days: DateRange) -> None:
    chart = history_chart(history, days, TODAY, 40)
    markup = draw(chart)
    svg, rows, said = picture(markup), table(markup)[1:], sentences(markup)
    means = [row[6] for row in rows if row[6] != "–"]
    percents = [row[7] for row in rows if row[7] != "–"]
    span = "7 nights" if chart.days_per_row <= 7 else "4 weeks"
    if days.days > 1:
        assert [each for each in words_in(svg) if each.startswith(f"{span}: ")] == [
            f"{span}: {each}" for each in (*means[-1:], *percents[-1:])
        ]
    in_rows = sum(len(row.symptoms) for row in chart.rows)
    assert in_rows == len(chart.points) == len(of_class(svg, "chart-feeling"))
    sums = [each for row in rows for each in row[8].split(", ") if each != "–"]
    assert len(sums) == in_rows
    if sums:
        assert f"{sums[-1]} of 40" in words_in(svg)
        assert all(each in said for each in (sums[0], sums[-1]))
    doses = [row[1] for row in rows if row[1] != "–"]
    if doses:
        assert words_in(svg)[0] == f"dose {doses[0].split(', ')[0]}"
    slept = [row for row in chart.rows if row.asleep_min is not None and not row.only_usual]
    if chart.days_per_row == 1 and slept:
        nights = [night for night in history.nights if night.day in days and not night.as_usual]
        known = [night.tst_min for night in nights if night.tst_min is not None]
        assert len(known) == len(slept)
        assert FILTERS["duration"](round_half_up(Fraction(sum(known), len(known)))) in said
    if chart.days_per_row == 1:
        told = [row[2] for row in rows if row[2] != "–"]
        assert len(told) == len(chart.marks) == sum(chart.glance.taken.values())

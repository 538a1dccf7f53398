from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
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
    Window,
    date_range,
)
from companion.web.history_chart import HistoryChart, history_chart
from companion.web.history_shapes import LEFT, NIGHT_FLOOR, NIGHT_TOP, RIGHT

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
    return str(environment.get_template("history/chart.html").module.history_chart(chart))  # type: ignore[attr-defined]


def picture(markup: str) -> ElementTree.Element:
    found = re.search(r"<svg.*?</svg>", markup, re.DOTALL)
    assert found
    return ElementTree.fromstring(found[0].replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))  # noqa: S314


def table(markup: str) -> list[list[str]]:
    parsed = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(
        f"<!doctype html><html><head><title>t</title></head><body>{markup}</body></html>"
    )
    return [["".join(cell.itertext()) for cell in row] for row in parsed.iter("tr")]


def night(days_ago: int, tib: int | None, tst: int | None) -> NightBar:
    percent = Fraction(100 * tst, tib) if tib and tst is not None else None
    return NightBar(TODAY - days_ago * DAY, tib, tst, percent)


HISTORY = History(
    doses=(
        DoseStep(TODAY - 40 * DAY, TODAY - 21 * DAY, Decimal("2")),
        DoseStep(TODAY - 20 * DAY, TODAY - 9 * DAY, Decimal("1.5"), stay=True),
        DoseStep(TODAY - 8 * DAY, TODAY + 30 * DAY, Decimal("1")),
    ),
    nights=(
        night(4, 480, 345),
        night(3, 490, 345),
        night(2, 420, 0),
        night(1, 500, None),
        night(0, None, 400),
    ),
    symptoms=(SymptomPoint(TODAY - 20 * DAY, 12), SymptomPoint(TODAY - 2 * DAY, 5)),
)
MONTH = history_chart(HISTORY, date_range(Window.MONTH, TODAY, HISTORY), TODAY, 40)


def test_the_table_carries_the_numbers_of_the_picture() -> None:
    rows = table(draw(MONTH))
    assert len(rows) == 31
    assert rows[0] == ["Day", "Dose", "In bed", "Asleep", "Efficiency", "Mean asleep, 7 nights", "Symptoms"]
    assert rows[-5:] == [
        ["17 Nov", "1 mg", "8 h 00", "5 h 45", "71.9%", "–", "–"],
        ["18 Nov", "1 mg", "8 h 10", "5 h 45", "70.4%", "–", "–"],
        ["19 Nov", "1 mg", "7 h 00", "0 h 00", "0.0%", "–", "5"],
        ["20 Nov", "1 mg", "8 h 20", "–", "–", "–", "–"],
        ["21 Nov", "1 mg", "–", "6 h 40", "–", "4 h 33", "–"],
    ]


def test_the_picture_has_a_name_and_says_in_words_what_it_shows() -> None:
    markup = draw(MONTH)
    svg = picture(markup)
    assert svg.get("role") == "img"
    named = {element.get("id"): element.text or "" for element in svg if element.get("id")}
    assert list(named) == (svg.get("aria-labelledby") or "").split()
    said = " ".join(named.values())
    for part in (
        "23 October 2026",
        "Dose: from 2 mg to 1 mg",
        "asleep 4 h 33",
        "12 of 40",
        "5 on 19 November",
    ):
        assert part in said, part
    assert "A few points more or less say little." in markup


def test_days_without_data_are_gaps_and_no_sleep_is_a_low_bar() -> None:
    assert len(MONTH.bars) == 5
    in_bed = [bar.in_bed is not None for bar in MONTH.bars]
    asleep = [bar.asleep is not None for bar in MONTH.bars]
    assert in_bed == [True, True, True, True, False]
    assert asleep == [True, True, True, False, True]
    sleepless = MONTH.bars[2].asleep
    assert sleepless is not None
    assert 0 < sleepless.height < 3


def test_the_mean_is_broken_where_there_are_too_few_nights() -> None:
    nights = [night(ago, 480, 360) for ago in (*range(0, 5), *range(20, 26))]
    chart = history_chart(History(nights=tuple(reversed(nights))), DateRange(TODAY - 29 * DAY, TODAY), TODAY, 40)
    assert len(chart.mean_lines) == 2
    assert chart.last_mean_min == 360


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
    chart = history_chart(History(doses=doses), DateRange(TODAY - 9 * DAY, TODAY), TODAY, 40)
    assert chart.stair_past.count("M") == 2
    assert "V" not in chart.stair_past


def test_a_stay_is_a_band_with_its_word_and_today_a_dot() -> None:
    svg = picture(draw(MONTH))
    assert len(svg.findall(f".//{SVG}rect[@class='chart-stay']")) == 1
    assert len(svg.findall(f".//{SVG}circle[@class='chart-today']")) == 1
    words = ["".join(text.itertext()) for text in svg.iter(f"{SVG}text")]
    assert words[:2] == ["dose 2 mg", "1 mg"]
    assert words[2:6] == ["in bed · asleep", "mean 4 h 33", "symptoms", "5 of 40"]
    assert words[6:] == ["23 Oct", "today", "stayed"]


def test_the_future_has_no_dot_of_today() -> None:
    later = history_chart(HISTORY, DateRange(TODAY + DAY, TODAY + 9 * DAY), TODAY, 40)
    assert (later.today, later.stair_past) == (None, "")
    assert later.stair_next


def test_nothing_yet_is_said_and_drawn_without_a_fault() -> None:
    empty = history_chart(History(), date_range(Window.ALL, TODAY, History()), TODAY, 40)
    assert empty.is_empty
    markup = draw(empty)
    assert "No nights are filled in." in markup
    assert len(table(markup)) == 8


@pytest.mark.parametrize("window", list(Window))
def test_no_window_needs_inline_style_or_script(window: Window) -> None:
    markup = draw(history_chart(HISTORY, date_range(window, TODAY, HISTORY), TODAY, 40))
    assert not re.search(r"style=|<script|<style|\son\w+=", markup)
    ids = re.findall(r'\bid="([^"]+)"', markup)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"chart-[a-z-]+", markup)) <= classes_of_the_stylesheet() | {"chart-details"}


def classes_of_the_stylesheet() -> set[str]:
    sheet = Path(companion.__file__).parent.parent / "static/css/components/chart.css"
    text = sheet.read_text("utf-8")
    assert text.startswith("@layer components {")
    return set(re.findall(r"\.(chart-[a-z-]+)", text))


def test_ten_years_stay_a_small_picture() -> None:
    history = History(
        doses=tuple(
            DoseStep(TODAY - (3640 - 28 * number) * DAY, TODAY - (3613 - 28 * number) * DAY, Decimal(1))
            for number in range(130)
        ),
        nights=tuple(night(ago, 480, 300 + ago % 90) for ago in reversed(range(3650))),
        symptoms=tuple(SymptomPoint(TODAY - ago * DAY, ago % 41) for ago in reversed(range(0, 3650, 14))),
    )
    chart = history_chart(history, date_range(Window.ALL, TODAY, history), TODAY, 40)
    assert len(chart.rows) <= 150
    assert len(draw(chart)) < 120_000


minutes = st.one_of(st.none(), st.integers(0, 1440))
histories = st.builds(
    lambda doses, nights, symptoms: History(
        tuple(
            DoseStep(TODAY - first * DAY, None if last is None else TODAY + (last - first) * DAY, Decimal(mg))
            for first, last, mg in sorted(doses, key=lambda dose: -dose[0])
        ),
        tuple(night(ago, *both) for ago, both in sorted(nights.items(), reverse=True)),
        tuple(SymptomPoint(TODAY - ago * DAY, total) for ago, total in sorted(symptoms.items(), reverse=True)),
    ),
    st.lists(
        st.tuples(st.integers(-50, 800), st.one_of(st.none(), st.integers(0, 90)), st.integers(0, 30)),
        max_size=6,
    ),
    st.dictionaries(st.integers(-20, 800), st.tuples(minutes, minutes), max_size=20),
    st.dictionaries(st.integers(-20, 800), st.integers(0, 40), max_size=8),
)


@given(histories, st.sampled_from(list(Window)), st.integers(-30, 30))
@settings(max_examples=60, deadline=None)
def test_everything_stays_inside_the_picture(history: History, window: Window, shift: int) -> None:
    chart = history_chart(history, date_range(window, TODAY + shift * DAY, history), TODAY, 40)
    for bar in chart.bars:
        for box in (bar.in_bed, bar.asleep):
            if box:
                assert LEFT - 0.1 <= box.x <= box.x + box.width <= RIGHT + 0.1
                assert NIGHT_TOP - 0.1 <= box.y <= box.y + box.height <= NIGHT_FLOOR + 0.1
    for place in chart.points:
        assert LEFT <= place.x <= RIGHT
    for number in re.findall(r"H([\d.]+)", chart.stair_past + chart.stair_next):
        assert LEFT <= float(number) <= RIGHT
    picture(draw(chart))
    assert len(table(draw(chart))) == len(chart.rows) + 1

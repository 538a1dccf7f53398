"""The painted row: what it means in answers, and what answers look like as a row."""

from __future__ import annotations

import re
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from companion.domain.codes import Refused
from companion.domain.night import (
    NO_SLEEP,
    DrawnRow,
    Night,
    NightFigures,
    answers_from_drawn,
    drawn_from_night,
    figures,
    night_from_data,
    night_to_data,
    read_night,
)
from companion.domain.night.one_record import differences
from companion.domain.night.row import quarters_in, read_row, row_text, window
from companion.i18n.reasons import sentence
from tests import worked_night
from tests.domain.drawn_strategies import Painted, painted, places
from tests.domain.night_oracle import Lived
from tests.domain.night_strategies import lived_nights

BRUSSELS = ZoneInfo("Europe/Brussels")
DAY = date(2026, 11, 21)
WORKED = worked_night.WORKED | {"up": "06:45"}


def row(*parts: tuple[str, str, str], day: date = DAY, begins: time = time(12)) -> DrawnRow:
    """A row from parts "from", "until" and letter, all in the first pass of their hour."""
    real = window(day, BRUSSELS, begins)
    labels = [real.instant(place).astimezone(BRUSSELS).strftime("%H:%M") for place in range(real.quarters)]
    letters = ["."] * real.quarters
    for start, end, letter in parts:
        first = labels.index(start)
        last = labels.index(end) if end in labels[first + 1 :] else real.quarters
        letters[first:last] = letter * (last - first)
    return DrawnRow("".join(letters), begins)


def told(drawn: DrawnRow, day: date = DAY, zone: ZoneInfo = BRUSSELS) -> Night:
    answer = answers_from_drawn(drawn, day, zone)
    assert isinstance(answer, Night), answer
    return answer


def why(drawn: DrawnRow, day: date = DAY) -> str:
    answer = answers_from_drawn(drawn, day, BRUSSELS)
    assert isinstance(answer, Refused), answer
    assert sentence(answer.reasons[0])
    return answer.reasons[0].code


def measured(night: Night, zone: ZoneInfo = BRUSSELS) -> NightFigures:
    answer = figures(night, zone)
    assert isinstance(answer, NightFigures), answer
    return answer


PAINTED_NIGHT = (
    ("22:30", "23:00", "b"),
    ("23:00", "23:30", "w"),
    ("23:30", "06:00", "s"),
    ("01:00", "01:15", "w"),
    ("03:00", "03:15", "u"),
    ("04:30", "04:45", "w"),
    ("06:00", "06:15", "w"),
    ("06:15", "06:45", "b"),
)


def test_the_worked_night_painted_is_the_worked_night_typed() -> None:
    night = told(row(*PAINTED_NIGHT))
    typed = read_night(WORKED, DAY, BRUSSELS)
    assert isinstance(typed, Night)
    assert measured(night) == measured(typed)
    assert {name: getattr(night, name) for name in WORKED} == {name: getattr(typed, name) for name in WORKED}


@pytest.mark.parametrize(("day", "quarters"), [(DAY, 96), (date(2026, 3, 29), 92), (date(2026, 10, 25), 100)])
def test_a_row_has_as_many_quarters_as_its_day(day: date, quarters: int) -> None:
    assert window(day, BRUSSELS).quarters == quarters
    assert read_row("s" * quarters, day, BRUSSELS) == DrawnRow("s" * quarters)
    wrong = read_row("s" * (quarters + 1), day, BRUSSELS)
    assert isinstance(wrong, Refused)
    assert wrong.reasons[0].values == {"needed": str(quarters), "given": str(quarters + 1)}


@pytest.mark.parametrize(
    "text", ["x" * 96, "S" * 96, "s" * 95 + " s", "13:00 " + "s" * 96, "noon " + "." * 96, "12:00"]
)
def test_a_row_that_is_not_one_is_refused(text: str) -> None:
    assert isinstance(read_row(text, DAY, BRUSSELS), Refused)


@pytest.mark.parametrize("text", ["", "   ", "." * 96, "18:00 " + "." * 96])
def test_nothing_painted_is_no_row(text: str) -> None:
    assert read_row(text, DAY, BRUSSELS) is None


def test_a_row_survives_its_text() -> None:
    for begins in (time(12), time(18), time(0)):
        drawn = DrawnRow("." * 40 + "s" * 20 + "." * 36, begins)
        assert read_row(row_text(drawn), DAY, BRUSSELS) == drawn


def test_both_clock_changes_count_the_painted_quarters() -> None:
    for day, minutes in ((date(2026, 3, 29), 420), (date(2026, 10, 25), 540)):
        night = told(row(("23:00", "07:00", "s"), day=day), day)
        assert (night.in_bed, night.up) == (time(23), time(7))
        assert (measured(night).tib, measured(night).tst) == (minutes, minutes)


def test_the_second_pass_of_an_hour_stays_the_second_pass() -> None:
    day = date(2026, 10, 25)
    real = window(day, BRUSSELS)
    second = next(
        place
        for place in range(real.quarters)
        if real.instant(place).astimezone(BRUSSELS).strftime("%H:%M") == "02:30" and place > 58
    )
    night = told(DrawnRow("." * second + "s" * 10 + "." * (real.quarters - second - 10)), day)
    assert night.in_bed == time(2, 30)
    assert measured(night).tib == 150
    again = night_from_data(night_to_data(night), day, BRUSSELS)
    assert again == night


def test_lying_awake_and_never_asleep_is_a_night_without_sleep() -> None:
    night = told(row(("23:00", "23:30", "b"), ("23:30", "06:00", "w")))
    assert (night.sol_min, night.final_wake, night.lights_out) == (NO_SLEEP, None, time(23, 30))
    assert (measured(night).tst, measured(night).se) == (0, 0)


def test_only_in_bed_says_nothing_about_sleep() -> None:
    night = told(row(("23:00", "06:00", "b")))
    assert (night.in_bed, night.up, night.sol_min) == (time(23), time(6), None)
    assert (measured(night).tib, measured(night).tst) == (420, None)


def test_naps_alone_are_naps_alone() -> None:
    night = told(row(("14:00", "14:30", "n")))
    assert night == Night(DAY, naps_min=30, drawn=night.drawn)
    assert measured(night).tib is None


def test_someone_who_sleeps_by_day_draws_in_a_row_that_begins_later() -> None:
    night = told(row(("08:00", "08:30", "b"), ("08:30", "15:00", "s"), begins=time(18)))
    assert (night.in_bed, night.up, measured(night).tst) == (time(8), time(15), 390)
    late = told(row(("14:00", "21:00", "s"), begins=time(0)))
    assert (late.in_bed, late.up, measured(late).tst) == (time(14), time(21), 420)


@pytest.mark.parametrize(
    ("parts", "begins", "code"),
    [
        ([("23:00", "02:00", "s"), ("03:00", "06:00", "s")], time(12), "night_drawn_gap"),
        ([("23:00", "06:00", "s"), ("02:00", "03:00", "n")], time(12), "night_drawn_nap"),
        ([("14:00", "22:00", "s")], time(12), "night_drawn_other_day"),
        ([("18:00", "23:00", "s")], time(18), "night_drawn_other_day"),
        ([("17:00", "00:00", "s")], time(0), "night_drawn_other_day"),
        ([("12:00", "12:00", "s")], time(12), "night_drawn_too_long"),
    ],
)
def test_what_cannot_be_one_night_is_refused(parts: list[tuple[str, str, str]], begins: time, code: str) -> None:
    assert why(row(*parts, begins=begins)) == code


def test_the_gap_is_named() -> None:
    answer = answers_from_drawn(row(("23:00", "02:00", "s"), ("03:00", "06:00", "s")), DAY, BRUSSELS)
    assert isinstance(answer, Refused)
    assert answer.reasons[0].values == {"start": "02:00", "end": "03:00"}


def test_getting_up_before_or_after_the_night_is_not_part_of_it() -> None:
    night = told(row(("22:00", "23:00", "u"), ("23:00", "06:00", "s"), ("06:00", "07:00", "u")))
    assert (night.in_bed, night.up, night.awakenings) == (time(23), time(6), 0)


@given(painted())
@settings(max_examples=300, deadline=None)
def test_what_is_painted_is_what_is_measured(drawn: Painted) -> None:
    night = answers_from_drawn(drawn.row, drawn.wake_date, drawn.zone)
    assume(isinstance(night, Night))
    assert isinstance(night, Night)
    answer = measured(night, drawn.zone)
    core = re.search(r"[bws](.*[bws])?", drawn.row.quarters)
    assert answer.naps == (drawn.count("n") * 15 or None)
    if core is None:
        assert answer.tib is None
        return
    assert answer.tib == len(core[0]) * 15
    asleep = drawn.count("s") * 15
    if drawn.count("sw"):
        assert answer.tst == asleep
    sleep = re.search(r"s(.*s)?", core[0])
    if sleep:
        assert answer.spt == len(sleep[0]) * 15
        assert answer.waso == len(sleep[0]) * 15 - asleep
        assert night.awakenings == len(re.findall(r"[^s]+", sleep[0]))
        assert answer.sol == len(re.split("[sw]", core[0])[0]) * -15 + core[0].index("s") * 15


@given(painted())
@settings(max_examples=200, deadline=None)
def test_a_painted_night_is_refused_only_for_what_it_shows(drawn: Painted) -> None:
    """Nights in one piece that end on their day and last under 23 hours can always be kept."""
    answer = answers_from_drawn(drawn.row, drawn.wake_date, drawn.zone)
    if isinstance(answer, Refused):
        assert answer.reasons[0].code in {"night_drawn_other_day", "night_drawn_nap"}


@given(painted())
@settings(max_examples=150, deadline=None)
def test_a_painted_night_is_the_same_night_after_json(drawn: Painted) -> None:
    data = {"drawn": row_text(drawn.row)}
    night = night_from_data(data, drawn.wake_date, drawn.zone)
    assume(isinstance(night, Night))
    assert isinstance(night, Night)
    assert night == answers_from_drawn(drawn.row, drawn.wake_date, drawn.zone)
    assert night_from_data(night_to_data(night), drawn.wake_date, drawn.zone) == night


@given(places(), st.text(".bwsunx ", max_size=100))
@settings(max_examples=150, deadline=None)
def test_no_text_makes_a_row_fail(place: tuple[date, ZoneInfo, time], text: str) -> None:
    day, zone, begins = place
    for each in (text, f"{begins:%H:%M} {text}", text.ljust(window(day, zone, begins).quarters, ".")):
        read = read_row(each, day, zone)
        if isinstance(read, DrawnRow):
            assert isinstance(answers_from_drawn(read, day, zone), Night | Refused)


@given(lived_nights(), st.integers(0, 6))
@settings(max_examples=300, deadline=None)
def test_a_typed_night_looks_like_itself(lived: Lived, awakenings: int) -> None:
    """Painting what a typed night looks like, and keeping it unchanged, never asks a question."""
    assume(lived.waso + lived.sol + 60 <= (lived.final_wake - lived.lights_out).total_seconds() / 60)
    fields = lived.fields() | {"awakenings": str(awakenings), "naps_min": "20"}
    typed = read_night(fields, lived.wake_date, lived.zone)
    assert isinstance(typed, Night)
    assume((measured(typed, lived.zone).tst or 0) >= 30)  # a time that shows twice can be read as no time apart
    drawn = drawn_from_night(typed, lived.zone)
    assume(drawn is not None)
    assert isinstance(drawn, DrawnRow)
    answers = answers_from_drawn(drawn, lived.wake_date, lived.zone)
    if isinstance(answers, Refused):  # rounded over midnight, to another day
        assert answers.reasons[0].code == "night_drawn_other_day"
        return
    contradicted = {"awakenings"} if awakenings == 0 else set()  # minutes awake, and never awake
    found = [reason for reason in differences(typed, answers, lived.zone) if reason.field not in contradicted]
    assert found == []


@pytest.mark.parametrize(
    ("fields", "letters"),
    [
        ({"in_bed": "23:00", "up": "06:00"}, "b"),
        ({"in_bed": "23:00", "lights_out": "23:30", "sol_min": "none", "up": "06:00"}, "bw"),
        (WORKED, "bwswswswswb"),
        ({**WORKED, "waso_min": "", "awakenings": ""}, "b"),
        ({**WORKED, "waso_min": "5"}, "bwswb"),
    ],
)
def test_a_typed_night_as_a_row(fields: dict[str, str], letters: str) -> None:
    night = read_night(fields, DAY, BRUSSELS)
    assert isinstance(night, Night)
    drawn = drawn_from_night(night, BRUSSELS)
    assert drawn is not None
    assert re.sub(r"(.)\1+", r"\1", drawn.quarters.strip(".")) == letters


def test_a_night_that_no_row_holds_is_typed() -> None:
    long = read_night({"in_bed": "10:00", "up": "09:00"}, DAY, BRUSSELS)
    assert isinstance(long, Night)
    assert drawn_from_night(long, BRUSSELS) is None
    assert drawn_from_night(Night(DAY, in_bed=time(23)), BRUSSELS) is None
    by_day = read_night({"in_bed": "08:10", "up": "15:30"}, DAY, BRUSSELS)
    assert isinstance(by_day, Night)
    drawn = drawn_from_night(by_day, BRUSSELS)
    assert drawn is not None
    assert drawn.begins == time(18)


@pytest.mark.parametrize(("text", "quarters"), [("." * 96, 96), ("18:00 " + "s" * 100, 100), ("", 0), ("b b b", 0)])
def test_the_quarters_of_a_row_are_counted_on_whatever_clock(text: str, quarters: int) -> None:
    assert quarters_in(text) == quarters

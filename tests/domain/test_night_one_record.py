"""A drawn row and typed answers are one record; and what stands beside them: marks and the usual night."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.codes import Refused
from companion.domain.night import (
    Mark,
    MarkKind,
    Night,
    NightFigures,
    figures,
    night_from_data,
    night_to_data,
    night_to_fields,
    read_night,
    summarise,
    usual_night,
)
from companion.domain.night.marks import mark_moment, marks_text, read_marks
from companion.domain.night.one_record import differences
from companion.domain.night.row import row_text
from companion.domain.night.usual import circular_median, median
from companion.domain.night.value import DrawnRow
from tests.domain.test_night_drawn import PAINTED_NIGHT, WORKED, row

BRUSSELS = ZoneInfo("Europe/Brussels")
DAY = date(2026, 11, 21)
DRAWN = row_text(row(*PAINTED_NIGHT))


def read(**fields: str) -> Night:
    night = read_night(fields, DAY, BRUSSELS)
    assert isinstance(night, Night), night
    return night


def differing(**fields: str) -> dict[str, tuple[str, str]]:
    answer = read_night(fields, DAY, BRUSSELS)
    assert isinstance(answer, Refused), answer
    assert {reason.code for reason in answer.reasons} == {"night_drawn_differs"}
    return {reason.field: (reason.values["drawn"], reason.values["typed"]) for reason in answer.reasons}


def test_a_drawing_alone_gives_its_answers() -> None:
    night = read(drawn=DRAWN)
    assert {name: night_to_fields(night)[name] for name in WORKED} == WORKED
    assert night.naps_min is None


def test_typed_answers_stand_and_the_drawing_fills_in_the_rest() -> None:
    night = read(drawn=DRAWN, in_bed="22:37", sol_min="20", naps_min="15")
    assert (night.in_bed, night.sol_min, night.naps_min) == (time(22, 37), 20, 15)
    assert (night.waso_min, night.up) == (45, time(6, 45))


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ({"in_bed": "21:30"}, {"in_bed": ("22:30", "21:30")}),
        ({"in_bed": "22:45"}, {"in_bed": ("22:30", "22:45")}),
        ({"sol_min": "none"}, {"sol_min": ("30", "none")}),
        ({"sol_min": "46"}, {"sol_min": ("30", "46")}),
        ({"awakenings": "2"}, {"awakenings": ("3", "2")}),
        ({"waso_min": "120"}, {"waso_min": ("45", "120")}),
        (
            {"final_wake": "05:00", "up": "05:30"},
            {"final_wake": ("06:00", "05:00"), "up": ("06:45", "05:30")},
        ),
    ],
)
def test_what_differs_by_more_than_rounding_is_asked(typed: dict[str, str], drawn: dict[str, tuple[str, str]]) -> None:
    assert differing(drawn=DRAWN, **typed) == drawn


@pytest.mark.parametrize(
    "typed",
    [
        {"in_bed": "22:44"},
        {"in_bed": "22:16"},
        {"sol_min": "20"},
        {"awakenings": "7", "waso_min": "20"},
        {"waso_min": "70"},
        WORKED,
    ],
)
def test_what_is_the_same_to_a_quarter_is_kept_as_typed(typed: dict[str, str]) -> None:
    night = read(drawn=DRAWN, **typed)
    assert {name: night_to_fields(night)[name] for name in typed} == typed
    assert night.drawn is not None
    assert isinstance(figures(night, BRUSSELS), NightFigures)


def test_exact_and_rounded_times_that_do_not_fit_together_are_the_drawn_ones() -> None:
    asleep_at_once = row_text(row(("22:30", "06:00", "s")))
    night = read(drawn=asleep_at_once, in_bed="22:37")
    assert (night.in_bed, night.lights_out) == (time(22, 30), time(22, 30))


def test_only_in_bed_drawn_beside_sleep_that_was_typed_is_asked() -> None:
    only_bed = row_text(row(("22:30", "06:45", "b")))
    assert differing(drawn=only_bed, **WORKED) == {"sol_min": ("", "30")}


def test_an_error_in_a_typed_answer_comes_before_any_question() -> None:
    answer = read_night({**WORKED, "drawn": DRAWN, "waso_min": "391"}, DAY, BRUSSELS)
    assert isinstance(answer, Refused)
    assert [reason.code for reason in answer.reasons] == ["night_more_awake_than_time"]


def test_the_same_record_comes_back_from_json_and_from_a_form() -> None:
    night = read(drawn=DRAWN, in_bed="22:37", marks="medicine 00:40, coffee 16:00", as_usual="yes", note="zacht")
    assert night_from_data(night_to_data(night), DAY, BRUSSELS) == night
    assert read_night(night_to_fields(night), DAY, BRUSSELS) == night


@pytest.mark.parametrize(
    ("typed", "painted", "apart"),
    [
        (time(0, 5), time(0), False),
        (time(23, 50), time(0), False),
        (time(23, 45), time(0), True),
        (time(0), time(23, 45), True),
        (time(23, 59), time(23, 45), False),
    ],
)
def test_a_quarter_around_midnight_is_a_quarter(typed: time, painted: time, apart: bool) -> None:
    place = 48 if painted == time(0) else 47
    drawn = DrawnRow("." * place + "b" * (72 - place) + "." * 24)
    found = differences(Night(DAY, in_bed=typed), Night(DAY, in_bed=painted, drawn=drawn), BRUSSELS)
    assert bool(found) is apart


# Marks


def test_marks_are_read_once_each_in_the_order_of_the_row() -> None:
    marks = read_marks("medicine 00:40, coffee 16:00,alcohol 22:00, coffee 16:00, coffee 09:15")
    assert marks == (
        Mark(MarkKind.COFFEE, time(16)),
        Mark(MarkKind.ALCOHOL, time(22)),
        Mark(MarkKind.MEDICINE, time(0, 40)),
        Mark(MarkKind.COFFEE, time(9, 15)),
    )
    assert isinstance(marks, tuple)
    assert read_marks(marks_text(marks)) == marks
    within_an_hour = read_marks("coffee 16:30, alcohol 16:05")
    assert within_an_hour == (Mark(MarkKind.ALCOHOL, time(16, 5)), Mark(MarkKind.COFFEE, time(16, 30)))


@pytest.mark.parametrize("text", ["tea 16:00", "coffee", "coffee 24:00", "coffee 9:00", "coffee 16:00; medicine 22:00"])
def test_a_mark_that_cannot_be_read_is_refused(text: str) -> None:
    assert read_marks(text) == Refused.because("marks", "night_mark_unreadable")


@pytest.mark.parametrize(
    "value",
    [
        "coffee 16:00",
        [1],
        [{"kind": "coffee"}],
        [{"kind": "coffee", "at": 16}],
        [{"kind": "a", "at": "x", "more": "y"}],
    ],
)
def test_marks_of_another_shape_are_refused(value: object) -> None:
    assert night_from_data({"marks": value}, DAY, BRUSSELS) == Refused.because("marks", "night_not_text")


def test_there_is_an_end_to_marks() -> None:
    many = ", ".join(f"coffee {minute // 60:02}:{minute % 60:02}" for minute in range(49))
    assert read_marks(many) == Refused.because("marks", "night_too_many_marks", most="48")


def test_a_mark_after_midnight_belongs_to_the_row_of_the_evening_before() -> None:
    def moment(at: time, begins: time = time(12)) -> datetime:
        return mark_moment(Mark(MarkKind.MEDICINE, at), DAY, BRUSSELS, begins)

    assert moment(time(0, 40)) == datetime(2026, 11, 20, 23, 40, tzinfo=UTC)
    assert moment(time(22)) == datetime(2026, 11, 20, 21, tzinfo=UTC)
    assert moment(time(12)) == datetime(2026, 11, 20, 11, tzinfo=UTC)
    assert moment(time(22), time(0)) == datetime(2026, 11, 21, 21, tzinfo=UTC)


# As usual


def nights(*told: dict[str, str], as_usual: int = 0) -> list[Night]:
    """Nights before DAY, the last ones as usual."""
    found = []
    for back, fields in enumerate(told, 1):
        more = {"as_usual": "yes"} if back > len(told) - as_usual else {}
        night = read_night(fields | more, DAY - timedelta(days=back), BRUSSELS)
        assert isinstance(night, Night), night
        found.append(night)
    return found


def test_the_usual_night_is_the_median_of_what_was_told() -> None:
    usual = usual_night(
        nights(
            WORKED,
            {**WORKED, "in_bed": "22:50", "sol_min": "60", "waso_min": "15", "up": "07:00"},
            {**WORKED, "in_bed": "22:10", "sol_min": "40", "awakenings": "1", "waso_min": "90"},
        ),
        DAY,
        BRUSSELS,
    )
    assert usual is not None
    assert (usual.wake_date, usual.as_usual) == (DAY, True)
    assert (usual.in_bed, usual.sol_min, usual.awakenings, usual.waso_min) == (time(22, 30), 40, 3, 45)
    assert (usual.quality, usual.rested, usual.note, usual.felt_asleep_min) == (None, None, "", None)


def test_two_nights_are_no_habit_and_nights_as_usual_do_not_count() -> None:
    assert usual_night(nights(WORKED, WORKED), DAY, BRUSSELS) is None
    assert usual_night(nights(WORKED, WORKED, WORKED, as_usual=1), DAY, BRUSSELS) is None
    assert usual_night(nights(WORKED, WORKED, WORKED), DAY, BRUSSELS) is not None


def test_only_the_28_days_before_count_and_never_the_future() -> None:
    three = nights(WORKED, WORKED, WORKED)
    assert usual_night(three, DAY + timedelta(days=25), BRUSSELS) is not None
    assert usual_night(three, DAY + timedelta(days=26), BRUSSELS) is None
    assert usual_night(three, DAY - timedelta(days=1), BRUSSELS) is None, "that night itself is no habit yet"
    assert usual_night(three, DAY - timedelta(days=3), BRUSSELS) is None


def test_an_answer_that_fewer_than_three_nights_have_stays_empty() -> None:
    without = {name: value for name, value in WORKED.items() if name != "waso_min"}
    usual = usual_night(nights(WORKED, WORKED, without), DAY, BRUSSELS)
    assert usual is not None
    assert (usual.waso_min, usual.sol_min) == (None, 30)


def test_medians_that_cannot_be_a_night_together_are_not_offered() -> None:
    by_night = {"in_bed": "23:00", "lights_out": "23:00", "up": "07:00"}
    odd = nights(by_night, by_night, {"in_bed": "08:00", "lights_out": "08:00", "up": "16:00"})
    assert usual_night(odd, DAY, BRUSSELS) is not None
    apart = [{"in_bed": each, "up": "07:00"} for each in ("23:00", "07:00", "15:00")]
    assert usual_night(nights(*apart), DAY, BRUSSELS) is None


@pytest.mark.parametrize(
    ("times", "middle"),
    [
        ([time(23, 30), time(23, 50), time(0, 20)], time(23, 50)),
        ([time(23, 30), time(0, 20)], time(23, 55)),
        ([time(12)], time(12)),
        ([time(6), time(18)], None),
        ([time(0), time(8), time(16)], None),
    ],
)
def test_the_middle_of_clock_times_is_on_the_round_of_the_clock(times: list[time], middle: time | None) -> None:
    assert circular_median(times) == middle


@given(st.lists(st.integers(0, 300), min_size=1, max_size=9), st.integers(0, 1439))
def test_a_circular_median_is_the_median_wherever_midnight_falls(minutes: list[int], turn: int) -> None:
    def wall(minute: int) -> time:
        return time((minute + turn) % 1440 // 60, (minute + turn) % 60)

    assert circular_median([wall(minute) for minute in minutes]) == wall(median(minutes))


def test_nights_as_usual_are_counted_apart_and_enter_no_mean() -> None:
    told = nights(WORKED, {**WORKED, "waso_min": "15"}, {**WORKED, "waso_min": "390"}, as_usual=1)
    summary = summarise((night, measured(night)) for night in told)
    assert (summary.nights, summary.as_usual, summary.tst_nights, summary.se_nights) == (3, 1, 2, 2)
    assert summary.tst == 360


def measured(night: Night) -> NightFigures:
    answer = figures(night, BRUSSELS)
    assert isinstance(answer, NightFigures)
    return answer

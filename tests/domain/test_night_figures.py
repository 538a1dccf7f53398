"""The measures of a night, against the worked night of the fact sheet and a minute-by-minute oracle."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from companion.domain.codes import Refused
from companion.domain.night import Night, NightFigures, figures, one_decimal, read_night
from tests.domain.night_oracle import Lived, ambiguous, first_minute, label
from tests.domain.night_strategies import lived_nights
from tests.worked_night import WORKED

BRUSSELS = ZoneInfo("Europe/Brussels")


def night(day: date = date(2026, 11, 21), zone: ZoneInfo = BRUSSELS, **fields: str) -> Night:
    read = read_night(fields, day, zone)
    assert isinstance(read, Night), read
    return read


def measured(day: date = date(2026, 11, 21), zone: ZoneInfo = BRUSSELS, **fields: str) -> NightFigures:
    answer = figures(night(day, zone, **fields), zone)
    assert isinstance(answer, NightFigures)
    return answer


def refusal(day: date = date(2026, 11, 21), **fields: str) -> tuple[str, str]:
    answer = read_night(fields, day, BRUSSELS)
    assert isinstance(answer, Refused), answer
    return answer.reasons[0].field, answer.reasons[0].code


def shown(value: Fraction | None) -> Decimal | None:
    return None if value is None else one_decimal(value)


def test_the_worked_night_gives_its_published_numbers() -> None:
    worked = measured(**WORKED)
    assert (worked.tib, worked.spt, worked.tst, worked.dse, worked.twak) == (490, 390, 345, 435, 40)
    assert [str(shown(value)) for value in (worked.se, worked.sme, worked.se_dse)] == ["70.4", "88.5", "79.3"]
    assert worked.naps is None


@pytest.mark.parametrize(
    ("day", "minutes"),
    [
        (date(2026, 3, 29), 420),
        (date(2026, 10, 25), 540),
        (date(2026, 3, 28), 480),
        (date(2027, 3, 28), 420),
        (date(2027, 10, 31), 540),
    ],
)
def test_a_night_in_which_the_clock_changes_counts_real_minutes(day: date, minutes: int) -> None:
    assert measured(day, in_bed="23:00", up="07:00").tib == minutes


def test_equal_times_are_no_time_apart() -> None:
    same = measured(in_bed="23:00", lights_out="23:00", sol_min="0", final_wake="07:00", up="07:00")
    assert (same.tib, same.spt, same.twak) == (480, 480, 0)


def test_someone_who_sleeps_by_day_is_measured_like_anyone() -> None:
    shift = measured(in_bed="08:10", lights_out="08:30", sol_min="20", waso_min="30", final_wake="14:50", up="15:30")
    assert (shift.tib, shift.spt, shift.tst, shift.twak) == (440, 360, 330, 40)


def test_getting_up_after_midnight_and_going_to_bed_after_midnight_are_the_same_date() -> None:
    assert measured(in_bed="00:40", up="05:10").tib == 270


def test_without_getting_up_the_night_hangs_on_the_final_waking() -> None:
    hanging = measured(lights_out="23:00", sol_min="30", awakenings="0", final_wake="06:00")
    assert (hanging.spt, hanging.tst, hanging.waso) == (390, 390, 0)
    assert (hanging.tib, hanging.twak, hanging.se) == (None, None, None)


def test_times_that_hang_on_nothing_measure_nothing() -> None:
    nothing = measured(in_bed="23:00", lights_out="23:30", sol_min="30", waso_min="10", naps_min="20")
    assert (nothing.tib, nothing.spt, nothing.dse) == (None, None, None)
    assert (nothing.sol, nothing.waso, nothing.naps) == (30, 10, 20)


def test_no_sleep_at_all_is_zero_sleep_and_zero_efficiency_and_no_sleep_period() -> None:
    awake = measured(in_bed="23:00", lights_out="23:30", sol_min="none", up="06:00")
    assert (awake.tib, awake.tst, awake.se, awake.se_dse) == (420, 0, 0, 0)
    assert (awake.sol, awake.spt, awake.sme, awake.waso) == (None, None, None, None)


def test_a_percent_of_no_time_is_undefined() -> None:
    short = measured(in_bed="07:00", lights_out="07:00", sol_min="0", waso_min="0", final_wake="07:00", up="07:00")
    assert (short.tib, short.tst, short.se, short.sme) == (0, 0, None, None)


@pytest.mark.parametrize("missing", ["sol_min", "lights_out", "final_wake", "waso_min"])
def test_a_missing_answer_leaves_sleep_unknown_and_never_zero(missing: str) -> None:
    left = {name: value for name, value in WORKED.items() if name not in {missing, "awakenings"}}
    some = measured(**left)
    assert (some.tib, some.tst, some.se, some.sme, some.se_dse) == (490, None, None, None, None)


def test_never_woken_with_the_minutes_left_empty_is_no_minutes_awake() -> None:
    assert measured(awakenings="0").waso == 0
    assert measured(awakenings="2").waso is None


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"in_bed": "23:30", "lights_out": "23:00", "up": "07:00"}, ("in_bed", "night_over_24_hours")),
        (
            {"lights_out": "23:00", "final_wake": "07:10", "up": "07:00"},
            ("final_wake", "night_over_24_hours"),
        ),
        (
            {"lights_out": "23:00", "sol_min": "500", "final_wake": "06:00"},
            ("sol_min", "night_more_awake_than_time"),
        ),
        ({**WORKED, "waso_min": "391"}, ("waso_min", "night_more_awake_than_time")),
        (
            {"in_bed": "23:00", "up": "06:00", "sol_min": "300", "waso_min": "121"},
            ("waso_min", "night_more_awake_than_time"),
        ),
        (
            {"in_bed": "23:00", "up": "06:00", "sol_min": "300", "still_trying_min": "121"},
            ("still_trying_min", "night_more_awake_than_time"),
        ),
        ({**WORKED, "still_trying_min": "41"}, ("still_trying_min", "night_still_trying_too_long")),
    ],
)
def test_a_night_that_cannot_be_is_refused_at_the_answer_to_look_at(
    fields: dict[str, str], expected: tuple[str, str]
) -> None:
    assert refusal(**fields) == expected


def test_a_night_awake_to_the_last_minute_can_be() -> None:
    awake = measured(**{**WORKED, "waso_min": "390", "still_trying_min": "40"})
    assert (awake.tst, awake.se, awake.sme, awake.se_dse) == (0, 0, 0, 0)


def test_exactly_24_hours_can_be_and_the_hour_more_of_autumn_cannot() -> None:
    round_the_clock = {"in_bed": "07:00", "lights_out": "23:00", "up": "07:00"}
    assert measured(**round_the_clock).tib == 1440
    assert refusal(date(2026, 10, 25), **round_the_clock) == ("in_bed", "night_over_24_hours")


class TestTheHourThatHappensTwice:
    DAY = date(2026, 10, 25)

    def test_is_its_first_pass(self) -> None:
        assert measured(self.DAY, in_bed="02:30", up="07:00").tib == 330

    def test_is_its_second_pass_where_the_order_needs_it(self) -> None:
        assert measured(self.DAY, final_wake="02:50", up="02:10").twak == 20

    def test_is_its_second_pass_where_the_minutes_need_it(self) -> None:
        late = measured(self.DAY, lights_out="02:30", sol_min="60", awakenings="0", final_wake="02:45")
        assert late.tst == 15


class TestTheHourThatDoesNotHappen:
    DAY = date(2026, 3, 29)

    def test_is_read_on_a_clock_not_yet_set_forward(self) -> None:
        assert measured(self.DAY, in_bed="01:50", lights_out="02:30", up="07:00").tib == 250
        assert measured(self.DAY, in_bed="02:30", up="07:00").tib == 210

    def test_is_read_on_a_clock_set_forward_early_where_the_order_needs_it(self) -> None:
        assert measured(self.DAY, in_bed="02:50", lights_out="03:10", up="07:00").tib == 250


def test_a_day_that_a_zone_skipped_is_no_trouble() -> None:
    samoa = ZoneInfo("Pacific/Apia")
    assert measured(date(2011, 12, 31), samoa, in_bed="23:00", up="07:00").tib == 480


@given(lived_nights())
@settings(max_examples=300, deadline=None)
def test_every_night_that_was_can_be_told(lived: Lived) -> None:
    assert isinstance(read_night(lived.fields(), lived.wake_date, lived.zone), Night)


@given(lived_nights())
@settings(max_examples=200, deadline=None)
def test_figures_are_the_minutes_that_were_lived(lived: Lived) -> None:
    assume(not ambiguous(lived))
    answer = measured(lived.wake_date, lived.zone, **lived.fields(), still_trying_min="0")
    expected = lived.minutes()
    assert {name: getattr(answer, name) for name in expected} == expected


@given(lived_nights())
@settings(max_examples=200, deadline=None)
def test_the_parts_add_up_to_the_time_in_bed(lived: Lived) -> None:
    answer = measured(lived.wake_date, lived.zone, **lived.fields())
    assert answer.tib is not None
    assert answer.spt is not None
    assert answer.tst is not None
    assert answer.twak is not None
    assert answer.sol is not None
    reading = answer.tib - answer.sol - answer.spt - answer.twak
    assert 0 <= reading <= answer.tib
    assert 0 <= answer.tst <= answer.spt <= answer.tib <= 24 * 60
    for percent in (answer.se, answer.sme):
        assert percent is None or 0 <= percent <= 100


@given(lived_nights(), st.sets(st.sampled_from(sorted(WORKED))))
@settings(max_examples=200, deadline=None)
def test_forgetting_an_answer_never_makes_a_number_out_of_nothing(lived: Lived, forgotten: set[str]) -> None:
    assume(not ambiguous(lived))
    fields = {name: value for name, value in lived.fields().items() if name not in forgotten}
    full, left = measured(lived.wake_date, lived.zone, **lived.fields()), None
    if "up" in forgotten and lived.final_wake.astimezone(lived.zone).date() != lived.wake_date:
        return  # then the final waking is taken to be on the wake date: another night
    left = measured(lived.wake_date, lived.zone, **fields)
    needs = {
        "tib": {"in_bed", "up"},
        "twak": {"final_wake", "up"},
        "spt": {"lights_out", "sol_min", "final_wake"},
        "tst": {"lights_out", "sol_min", "final_wake", "waso_min"},
        "se": {"in_bed", "up", "lights_out", "sol_min", "final_wake", "waso_min"},
        "sme": {"lights_out", "sol_min", "final_wake", "waso_min"},
    }
    for name, answers in needs.items():
        assert getattr(left, name) == (None if answers & forgotten else getattr(full, name)), name


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.times(), st.times())
@settings(max_examples=30, deadline=None)
def test_time_in_bed_walks_back_minute_by_minute(day: date, into_bed: object, up: object) -> None:
    shown_in, shown_up = f"{into_bed:%H:%M}", f"{up:%H:%M}"
    rose = first_minute(day, shown_up, BRUSSELS)
    assume(rose is not None)
    assert isinstance(rose, datetime)
    back = 0
    while label(rose - timedelta(minutes=back), BRUSSELS) != shown_in:
        back += 1
        assume(back < 22 * 60)
    assume(label(rose - timedelta(minutes=back + 60), BRUSSELS) != shown_in)
    assert measured(day, in_bed=shown_in, up=shown_up).tib == back


def test_percents_are_rounded_half_up_once() -> None:
    assert [str(one_decimal(Fraction(value, 1000))) for value in (50, 49, 149, 150, 250, 100_000)] == [
        "0.1",
        "0.0",
        "0.1",
        "0.2",
        "0.3",
        "100.0",
    ]


def test_a_refused_night_stays_refused_when_measured_again() -> None:
    impossible = replace(night(**WORKED), waso_min=391)
    assert isinstance(figures(impossible, BRUSSELS), Refused)

from __future__ import annotations

import json
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.codes import Refused
from companion.domain.night import (
    DATA_FIELDS,
    NO_SLEEP,
    Night,
    night_from_data,
    night_to_data,
    read_night,
    read_wake_date,
)
from companion.i18n.reasons import sentence
from tests.domain.night_oracle import Lived
from tests.domain.night_strategies import lived_nights

BRUSSELS = ZoneInfo("Europe/Brussels")
DAY = date(2026, 11, 21)


def codes(answer: Night | Refused) -> dict[str, str]:
    assert isinstance(answer, Refused), answer
    return {reason.field: reason.code for reason in answer.reasons}


def test_nothing_but_the_date_is_needed() -> None:
    assert read_night({}, DAY, BRUSSELS) == Night(DAY)
    assert read_night(dict.fromkeys(DATA_FIELDS, " "), DAY, BRUSSELS) == Night(DAY)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("in_bed", "24:00", "night_not_a_time"),
        ("in_bed", "7:00", "night_not_a_time"),
        ("in_bed", "٢٢:٣٠", "night_not_a_time"),
        ("in_bed", "22:60", "night_not_a_time"),
        ("up", "none", "night_not_a_time"),
        ("waso_min", "-5", "night_not_minutes"),
        ("waso_min", "12.5", "night_not_minutes"),
        ("waso_min", "1e2", "night_not_minutes"),
        ("waso_min", "４５", "night_not_minutes"),
        ("waso_min", "none", "night_not_minutes"),
        ("waso_min", "1441", "night_too_many_minutes"),
        ("sol_min", "nan", "night_not_minutes_or_none"),
        ("sol_min", "9" * 5000, "night_not_minutes_or_none"),
        ("awakenings", "two", "night_not_a_count"),
        ("awakenings", "100", "night_count_too_high"),
        ("quality", "0", "night_not_one_to_five"),
        ("rested", "6", "night_not_one_to_five"),
        ("as_usual", "maybe", "night_not_yes_or_no"),
        ("note", "x" * 4001, "night_note_too_long"),
        ("note", "a\x00b", "night_not_text"),
        ("note", "\ud800", "night_not_text"),
        ("drunk", "1", "night_unknown_field"),
    ],
)
def test_an_answer_that_cannot_be_read_is_refused_with_a_sentence(name: str, text: str, code: str) -> None:
    answer = read_night({name: text}, DAY, BRUSSELS)
    assert codes(answer) == {name: code}
    assert isinstance(answer, Refused)
    assert sentence(answer.reasons[0]).endswith(".")


def test_every_field_that_is_wrong_is_named_at_once() -> None:
    assert codes(read_night({"in_bed": "late", "naps_min": "some", "x": ""}, DAY, BRUSSELS)) == {
        "x": "night_unknown_field",
        "in_bed": "night_not_a_time",
        "naps_min": "night_not_minutes",
    }


@pytest.mark.parametrize(
    "text", ["", "20261121", "2026-W47-6", "2026-02-30", "21-11-2026", "２０２６-11-21", "2026-11-21T00:00"]
)
def test_a_wake_date_is_a_plain_iso_date(text: str) -> None:
    assert read_wake_date(text) == Refused.because("wake_date", "night_not_a_date")


def test_a_wake_date_of_another_age_is_refused() -> None:
    assert read_wake_date("0001-01-01") == Refused.because("wake_date", "night_date_out_of_range")
    assert read_wake_date("9999-12-31") == Refused.because("wake_date", "night_date_out_of_range")
    assert read_wake_date(" 2026-11-21 ") == DAY


def test_data_may_hold_numbers_or_digits_and_null_is_not_answered() -> None:
    data = {
        "sol_min": "none",
        "awakenings": 2,
        "waso_min": "20",
        "up": "07:00",
        "note": None,
        "as_usual": True,
    }
    night = night_from_data(data, DAY, BRUSSELS)
    assert isinstance(night, Night)
    assert (night.sol_min, night.awakenings, night.waso_min, night.as_usual) == (NO_SLEEP, 2, 20, True)


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("sol_min", True, "night_not_minutes_or_none"),
        ("waso_min", False, "night_not_minutes"),
        ("waso_min", 12.5, "night_not_text"),
        pytest.param("waso_min", 10**5000, "night_too_many_minutes", id="huge"),
        ("waso_min", -1, "night_not_minutes"),
        ("note", ["a"], "night_not_text"),
        ("in_bed", {"hour": 1}, "night_not_text"),
        ("wake_date", "2026-11-21", "night_unknown_field"),
    ],
)
def test_data_of_another_shape_is_refused(name: str, value: object, code: str) -> None:
    assert codes(night_from_data({name: value}, DAY, BRUSSELS)) == {name: code}


@given(
    lived_nights(),
    st.booleans(),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40).map(str.strip),
    st.one_of(st.none(), st.integers(1, 5)),
)
@settings(max_examples=100, deadline=None)
def test_a_night_survives_json(lived: Lived, sleepless: bool, note: str, quality: int | None) -> None:
    fields = lived.fields() | {"note": note, "quality": str(quality or ""), "naps_min": "20"}
    if sleepless:
        fields["sol_min"] = "none"
    night = read_night(fields, lived.wake_date, lived.zone)
    assert isinstance(night, Night)
    data = night_to_data(night)
    assert tuple(data) == DATA_FIELDS
    assert night_from_data(json.loads(json.dumps(data)), lived.wake_date, lived.zone) == night


@given(st.dictionaries(st.sampled_from(DATA_FIELDS), st.text(max_size=8)))
def test_no_text_makes_reading_fail(fields: dict[str, str]) -> None:
    assert isinstance(read_night(fields, DAY, BRUSSELS), Night | Refused)


json_values = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.lists(st.none()))


@given(st.dictionaries(st.sampled_from([*DATA_FIELDS, "other"]), json_values))
def test_no_json_makes_reading_fail(data: dict[str, object]) -> None:
    assert isinstance(night_from_data(data, DAY, BRUSSELS), Night | Refused)

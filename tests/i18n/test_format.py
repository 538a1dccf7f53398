"""Dates, times, durations and amounts as a native writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.amount import read_amount
from companion.i18n import format as written

N = "\u00a0"
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 21)


def test_dates_in_dutch() -> None:
    assert written.date_long(LAST, "nl") == "zaterdag 21 november"
    assert written.date_full(FIRST, "nl") == "1 november 2026"
    assert written.month(LAST, "nl") == "november 2026"


def test_the_day_on_top_stays_on_one_line_beside_what_stands_there() -> None:
    assert written.date_top(LAST, "nl") == "zaterdag 21 nov"
    assert written.date_top(LAST, "fr") == "sam. 21 nov."
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert max(len(written.date_top(day, "fr")) for day in days) <= 14
    assert max(len(written.date_top(day, "nl")) for day in days) <= 16


def test_the_first_of_a_month_is_premier_in_french() -> None:
    assert written.date_long(FIRST, "fr") == "dimanche 1er novembre"
    assert written.date_full(FIRST, "fr") == "1er novembre 2026"
    assert written.date_short(FIRST, "fr").startswith("1er ")
    assert written.date_full(LAST, "fr") == "21 novembre 2026"
    assert written.date_full(date(2026, 11, 11), "fr") == "11 novembre 2026"


@pytest.mark.parametrize(
    ("wake_date", "nl", "fr"),
    [
        (date(2026, 11, 24), "maandag 23 op dinsdag 24 november", "lundi 23 au mardi 24 novembre"),
        (date(2026, 12, 1), "maandag 30 november op dinsdag 1 december", "lundi 30 novembre au mardi 1er décembre"),
        (date(2026, 12, 2), "dinsdag 1 op woensdag 2 december", "mardi 1er au mercredi 2 décembre"),
    ],
)
def test_a_night_has_two_days(wake_date: date, nl: str, fr: str) -> None:
    assert (written.night_long(wake_date, "nl"), written.night_long(wake_date, "fr")) == (nl, fr)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_premier_stands_on_the_first_day_and_on_no_other(day: date) -> None:
    for write in (written.date_long, written.date_full, written.date_short):
        assert ("1er " in write(day, "fr")) == (day.day == 1)
        assert "1er" not in write(day, "nl")


def test_times() -> None:
    assert written.clock(time(21, 45), "nl") == "21:45"
    assert written.clock("05:05", "nl") == "05:05"
    assert written.clock(time(21, 45), "fr").split() == ["21", "h", "45"]
    assert written.clock("05:00", "fr").split() == ["5", "h", "00"]
    assert " " not in written.clock(time(21, 45), "fr")


def test_an_instant_is_told_where_the_person_is() -> None:
    instant = datetime(2026, 11, 21, 21, 50, tzinfo=UTC)
    assert written.clock_of(instant, ZoneInfo("Europe/Brussels"), "nl") == "22:50"
    assert written.clock_of(instant, ZoneInfo("America/New_York"), "nl") == "16:50"


@pytest.mark.parametrize(
    ("minutes", "nl", "fr"),
    [
        (0, "0 min", "0 min"),
        (59, "59 min", "59 min"),
        (60, "1 u 00", "1 h 00"),
        (345, "5 u 45", "5 h 45"),
        (Fraction(1079, 3), "6 u 00", "6 h 00"),
        (Fraction(689, 2), "5 u 45", "5 h 45"),
        (Fraction(691, 2), "5 u 46", "5 h 46"),
        (24 * 60, "24 u 00", "24 h 00"),
    ],
)
def test_durations(minutes: int | Fraction, nl: str, fr: str) -> None:
    assert written.duration(minutes, "nl").replace(N, " ") == nl
    assert written.duration(minutes, "fr").replace(N, " ") == fr
    assert " " not in written.duration(minutes, "nl")


@given(st.integers(0, 24 * 60))
def test_a_duration_says_every_minute(minutes: int) -> None:
    parts = written.duration(minutes, "nl").split(N)
    assert minutes == (int(parts[0]) if parts[-1] == "min" else int(parts[0]) * 60 + int(parts[2]))


AMOUNTS = st.decimals(0, 999_999, allow_nan=False, allow_infinity=False, places=6) | st.decimals(
    0, 10, allow_nan=False, allow_infinity=False, places=3
)


@given(AMOUNTS, st.sampled_from(["nl", "fr"]))
def test_an_amount_keeps_every_digit_and_can_be_read_again(mg: Decimal, language: str) -> None:
    text = written.amount(mg, language)
    assert text.endswith(f"{N}mg")
    assert Decimal(text.removesuffix(f"{N}mg").replace(",", ".")) == mg
    assert "E" not in text
    again = read_amount(text)
    assert again == mg or not isinstance(again, Decimal)


@given(AMOUNTS)
def test_a_number_in_a_field_is_understood_as_the_same_number(mg: Decimal) -> None:
    read = read_amount(written.number(mg, "nl"))
    assert isinstance(read, Decimal)
    assert read == mg


@pytest.mark.parametrize(
    "text", ["0", "0.125", "10", "100", "1E+2", "1.50", "0.000001", "999999.999999", "9" * 50, "9" * 400 + ".25"]
)
def test_numbers_are_plain(text: str) -> None:
    assert Decimal(written.number(text, "fr").replace(",", ".")) == Decimal(text)
    assert not written.number(text, "fr").endswith((",", ",0"))


def test_percentages() -> None:
    exact = Fraction(345 * 100, 490)
    assert written.percent(exact, "nl") == "70,4%"
    assert written.percent(exact, "fr").split() == ["70,4", "%"]
    assert written.percent(100, "nl") == "100%"
    assert written.percent(0, "nl") == "0%"
    assert written.percent(Fraction(7045, 100), "nl") == "70,5%"
    assert written.percent(Fraction(7055, 100), "nl") == "70,6%"
    assert written.percent(Decimal("70.45"), "nl") == "70,5%"


def test_what_is_listed() -> None:
    assert [written.listed(["a", "b", "c"][:n], "nl") for n in range(4)] == ["", "a", "a en b", "a, b en c"]
    assert written.listed(["a", "b"], "fr") == "a et b"


def test_a_year_of_dates_can_be_written() -> None:
    for n in range(366):
        for language in ("nl", "fr"):
            assert written.weekday_short(FIRST + timedelta(days=n), language)

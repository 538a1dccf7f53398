from datetime import date

import pytest

from companion.domain.month import Month, month_of, months_before, months_between, read_month


def test_a_month_has_its_days_in_weeks_from_monday() -> None:
    august = Month(2026, 8)  # 1 August 2026 is a Saturday: six weeks
    weeks = august.weeks()
    assert len(weeks) == 6
    assert all(len(week) == 7 for week in weeks)
    assert [day for week in weeks for day in week if day] == august.days()
    assert weeks[0][5] == date(2026, 8, 1)
    assert august.last == date(2026, 8, 31)
    assert len(Month(2027, 2).weeks()) == 4


def test_december_is_followed_by_january() -> None:
    assert Month(2026, 12).next() == Month(2027, 1)
    assert Month(2026, 12).last == date(2026, 12, 31)
    assert Month(9999, 12).last == date.max


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "26-11", "2026-11-01", "0000-01", "x", "2026-1١"])
def test_nonsense_is_no_month(text: str) -> None:
    assert read_month(text) is None


def test_a_month_is_read_as_it_is_written() -> None:
    assert str(read_month("2026-11")) == "2026-11"
    assert month_of(date(2026, 11, 21)) == Month(2026, 11)


def test_months_between_are_at_most_so_many() -> None:
    assert [str(each) for each in months_between(Month(2026, 11), Month(2027, 2), 12)][-1] == "2027-02"
    assert len(months_between(Month(2026, 11), Month(2990, 2), 12)) == 12
    assert months_between(Month(2026, 11), Month(2026, 10), 12) == []


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2026, 11, 21), 3, date(2026, 8, 21)),
        (date(2026, 5, 31), 3, date(2026, 2, 28)),
        (date(2028, 5, 31), 3, date(2028, 2, 29)),
        (date(2026, 2, 10), 3, date(2025, 11, 10)),
        (date(2026, 11, 30), -3, date(2027, 2, 28)),
        (date(2026, 12, 1), 12, date(2025, 12, 1)),
    ],
)
def test_months_go_to_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int, found: date) -> None:
    assert months_before(day, months) == found


def test_a_month_ends_on_its_last_day() -> None:
    lasts = [Month(2028, 2).last, Month(2027, 2).last, Month(2026, 12).last, month_of(date.max).last]
    assert lasts == [date(2028, 2, 29), date(2027, 2, 28), date(2026, 12, 31), date.max]

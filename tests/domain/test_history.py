from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.history import (
    DateRange,
    DoseStep,
    History,
    MeanSleep,
    NightBar,
    SymptomPoint,
    Window,
    date_range,
    days_per_row,
    glance,
    history_rows,
    seven_night_mean,
)

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)


def ago(days: int) -> date:
    return TODAY - days * DAY


def slept(days_ago: int, minutes: int | None) -> NightBar:
    return NightBar(ago(days_ago), 480, minutes, None if minutes is None else Fraction(100 * minutes, 480))


@pytest.mark.parametrize(("window", "days"), [(Window.DAY, 1), (Window.WEEK, 7), (Window.MONTH, 30)])
def test_a_window_ends_on_its_anchor(window: Window, days: int) -> None:
    found = date_range(window, TODAY, History())
    assert (found.days, found.last_day) == (days, TODAY)


def test_all_is_from_the_first_entry_until_today_and_at_least_a_week() -> None:
    assert date_range(Window.ALL, TODAY, History()) == DateRange(ago(6), TODAY)
    history = History(
        doses=(DoseStep(ago(40), ago(20), Decimal(2)), DoseStep(TODAY + DAY, None, Decimal(1))),
        nights=(slept(50, 300), slept(-2, 300)),
        symptoms=(SymptomPoint(ago(60), 4),),
    )
    assert date_range(Window.ALL, TODAY, history) == DateRange(ago(60), TODAY + 2 * DAY)


def test_a_mean_needs_four_of_seven_nights() -> None:
    nights = [slept(0, 300), slept(1, 360), slept(2, None), slept(5, 330)]
    assert seven_night_mean(nights, TODAY) is None
    assert seven_night_mean([*nights, slept(6, 350)], TODAY) == MeanSleep(Fraction(335), 4)
    assert seven_night_mean([*nights, slept(7, 350)], TODAY) is None


def test_a_night_without_sleep_counts_and_a_night_not_filled_in_does_not() -> None:
    nights = [slept(0, 0), slept(1, 400), slept(2, 400), slept(3, 400)]
    assert seven_night_mean(nights, TODAY) == MeanSleep(Fraction(300), 4)


def test_a_day_without_anything_is_a_row_of_nothing_not_of_zeros() -> None:
    row = history_rows(History(), DateRange(TODAY, TODAY))[0]
    assert (row.doses, row.nights, row.symptoms) == ((), 0, ())
    assert {row.tib_min, row.tst_min, row.se_percent, row.mean} == {None}


def test_each_day_of_a_month_tells_its_dose_night_and_symptoms() -> None:
    history = History(
        doses=(DoseStep(ago(10), ago(3), Decimal("1.5")), DoseStep(ago(2), None, Decimal(1))),
        nights=(slept(3, 300),),
        symptoms=(SymptomPoint(ago(2), 7), SymptomPoint(ago(2), 5)),
    )
    rows = {row.last_day: row for row in history_rows(history, DateRange(ago(29), TODAY))}
    assert len(rows) == 30
    assert rows[ago(11)].doses == ()
    assert rows[ago(3)].doses == (Decimal("1.5"),)
    assert rows[TODAY].doses == (Decimal(1),)
    assert (rows[ago(3)].tib_min, rows[ago(3)].tst_min, rows[ago(3)].se_percent) == (
        480,
        300,
        Fraction(125, 2),
    )
    assert rows[ago(2)].symptoms == (7, 5)


@given(st.integers(1, 4000))
def test_rows_cover_every_day_once_and_stay_few(length: int) -> None:
    days = DateRange(ago(length - 1), TODAY)
    rows = history_rows(History(), days)
    assert rows[0].first_day == days.first_day
    assert rows[-1].last_day == TODAY
    assert all(later.first_day == row.last_day + DAY for row, later in pairwise(rows))
    assert len(rows) <= 150
    assert days_per_row(days) in {1, 7, 28}


def test_a_long_row_is_the_mean_of_its_own_nights() -> None:
    history = History(nights=tuple(slept(number, 300 + number) for number in reversed(range(7))))
    row = history_rows(history, DateRange(ago(200), TODAY))[-1]
    assert (row.nights, row.tst_min) == (7, 303)
    assert row.mean == MeanSleep(Fraction(303), 7)


@given(st.lists(st.one_of(st.none(), st.integers(0, 600)), min_size=1, max_size=60))
def test_the_mean_agrees_with_a_plain_count(minutes: list[int | None]) -> None:
    nights = [slept(number, each) for number, each in enumerate(minutes)]
    history = History(nights=tuple(reversed(nights)))
    for row in history_rows(history, DateRange(ago(len(minutes)), TODAY)):
        back = (TODAY - row.last_day).days
        there = [each for each in minutes[back : back + 7] if each is not None]
        expected = MeanSleep(Fraction(sum(there), len(there)), len(there)) if len(there) >= 4 else None
        assert row.mean == expected


def test_a_glance_tells_first_and_last_and_leaves_the_plan_of_coming_days_out() -> None:
    history = History(
        doses=(
            DoseStep(ago(10), ago(3), Decimal(2)),
            DoseStep(ago(2), TODAY + 5 * DAY, Decimal(1)),
            DoseStep(TODAY + 6 * DAY, None, Decimal("0.5")),
        ),
        nights=(slept(40, 100), slept(3, 300), slept(1, None)),
        symptoms=(SymptomPoint(ago(9), 12), SymptomPoint(ago(1), 8)),
    )
    seen = glance(history, DateRange(ago(29), TODAY + 10 * DAY), TODAY)
    assert (seen.first_dose, seen.last_dose) == (2, 1)
    assert (seen.nights, seen.sleep) == (2, MeanSleep(Fraction(300), 1))
    assert (seen.first_symptoms, seen.last_symptoms) == history.symptoms
    assert glance(history, DateRange(TODAY + DAY, TODAY + 9 * DAY), TODAY).last_dose is None

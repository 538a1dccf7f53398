from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from companion.domain.history import (
    DateRange,
    DoseStep,
    History,
    Mean,
    NightBar,
    SymptomPoint,
    Taken,
    TakenDay,
    Turn,
    days_per_row,
    glance,
    history_rows,
    mean_of,
    sleep_of,
)

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)


def ago(days: int) -> date:
    return TODAY - days * DAY


def slept(days_ago: int, minutes: int | None, *, as_usual: bool = False) -> NightBar:
    percent = None if minutes is None else Fraction(100 * minutes, 480)
    return NightBar(ago(days_ago), 480, minutes, percent, as_usual)


def last_mean(nights: list[NightBar]) -> Mean | None:
    return history_rows(History(nights=tuple(nights)), DateRange(ago(6), TODAY), TODAY)[-1].mean_tst


def test_a_mean_needs_four_of_seven_nights() -> None:
    nights = [slept(0, 300), slept(1, 360), slept(2, None), slept(5, 330)]
    assert last_mean(nights) is None
    assert last_mean([*nights, slept(6, 350)]) == Mean(Fraction(335), 4)
    assert last_mean([*nights, slept(7, 350)]) is None


def test_a_night_without_sleep_counts_and_a_night_not_filled_in_does_not() -> None:
    assert last_mean([slept(0, 0), slept(1, 400), slept(2, 400), slept(3, 400)]) == Mean(Fraction(300), 4)


def test_a_night_as_usual_enters_no_mean_and_is_counted_apart() -> None:
    nights = [slept(0, 600, as_usual=True), slept(1, 300), slept(2, 300), slept(3, 300)]
    assert last_mean(nights) is None
    assert last_mean([*nights, slept(4, 420)]) == Mean(Fraction(330), 4)
    told = sleep_of(nights)
    assert (told.nights, told.as_usual, told.tst_min) == (3, 1, Mean(Fraction(300), 3))


def test_a_row_of_only_nights_as_usual_has_them_to_draw_and_no_numbers_of_its_own() -> None:
    row = history_rows(History(nights=(slept(0, 400, as_usual=True),)), DateRange(TODAY, TODAY), TODAY)[0]
    assert row.sleep.tst_min is None
    assert row.usual is not None
    assert row.usual.tst_min == Mean(Fraction(400), 1)
    both = History(nights=(slept(1, 300), slept(0, 400, as_usual=True)))
    assert all(row.usual is None for row in history_rows(both, DateRange(ago(199), TODAY), TODAY))


def test_a_day_without_anything_is_a_row_of_nothing_not_of_zeros() -> None:
    row = history_rows(History(), DateRange(TODAY, TODAY), TODAY)[0]
    assert (row.doses, row.taken, row.sleep.nights, row.symptoms) == ((), (), 0, ())
    assert {row.sleep.tib_min, row.sleep.tst_min, row.sleep.se_percent, row.mean_tst, row.mean_se, row.usual} == {None}


def test_days_that_are_still_to_come_have_a_planned_dose_and_no_mean() -> None:
    history = History(
        doses=(DoseStep(ago(5), None, Decimal(1)),), nights=tuple(slept(n, 360) for n in reversed(range(5)))
    )
    rows = history_rows(history, DateRange(ago(5), TODAY + 3 * DAY), TODAY)
    assert [row.mean_tst is not None for row in rows[-5:]] == [True, True, False, False, False]
    assert rows[-1].doses == (Decimal(1),)


def test_each_day_of_a_month_tells_its_dose_night_symptoms_and_what_was_taken_otherwise() -> None:
    other = TakenDay(ago(2), Taken.MORE, Decimal(1), Decimal("0.5"))
    history = History(
        doses=(DoseStep(ago(10), ago(3), Decimal("1.5")), DoseStep(ago(2), None, Decimal(1))),
        nights=(slept(3, 300),),
        symptoms=(SymptomPoint(ago(2), 7), SymptomPoint(ago(2), 5)),
        taken=(other,),
    )
    rows = {row.last_day: row for row in history_rows(history, DateRange(ago(29), TODAY), TODAY)}
    assert len(rows) == 30
    assert rows[ago(11)].doses == ()
    assert rows[ago(3)].doses == (Decimal("1.5"),)
    assert rows[TODAY].doses == (Decimal(1),)
    sleep = rows[ago(3)].sleep
    assert sleep.tib_min == Mean(Fraction(480), 1)
    assert sleep.tst_min == Mean(Fraction(300), 1)
    assert sleep.se_percent == Mean(Fraction(125, 2), 1)
    assert (rows[ago(2)].symptoms, rows[ago(2)].taken) == ((7, 5), (other,))


@given(st.integers(1, 4000))
def test_rows_cover_every_day_once_and_stay_few(length: int) -> None:
    days = DateRange(ago(length - 1), TODAY)
    rows = history_rows(History(), days, TODAY)
    assert rows[0].first_day == days.first_day
    assert rows[-1].last_day == TODAY
    assert all(later.first_day == row.last_day + DAY for row, later in pairwise(rows))
    assert len(rows) <= 150
    assert days_per_row(days) in {1, 7, 28}


def test_a_long_row_is_the_mean_of_its_own_nights() -> None:
    history = History(nights=tuple(slept(number, 300 + number) for number in reversed(range(7))))
    row = history_rows(history, DateRange(ago(200), TODAY), TODAY)[-1]
    assert (row.sleep.nights, row.sleep.tst_min) == (7, Mean(Fraction(303), 7))
    assert row.mean_tst == Mean(Fraction(303), 7)


@given(st.lists(st.one_of(st.none(), st.integers(0, 600)), min_size=1, max_size=60))
def test_the_seven_night_means_agree_with_a_plain_count(minutes: list[int | None]) -> None:
    history = History(nights=tuple(slept(number, each) for number, each in reversed(list(enumerate(minutes)))))
    for row in history_rows(history, DateRange(ago(len(minutes)), TODAY), TODAY):
        back = (TODAY - row.last_day).days
        there = [each for each in minutes[back : back + 7] if each is not None]
        enough = len(there) >= 4
        assert row.mean_tst == (Mean(Fraction(sum(there), len(there)), len(there)) if enough else None)
        percents = sum((Fraction(100 * each, 480) for each in there), Fraction(0))
        assert row.mean_se == (Mean(percents / len(there), len(there)) if enough else None)


@given(st.lists(st.one_of(st.none(), st.fractions(0, 100, max_denominator=600)), max_size=80))
def test_a_mean_is_exact_whatever_the_denominators(values: list[Fraction | None]) -> None:
    there = [value for value in values if value is not None]
    expected = Mean(sum(there, Fraction(0)) / len(there), len(there)) if there else None
    assert mean_of(values) == expected


def test_a_glance_tells_first_and_last_and_leaves_the_plan_of_coming_days_out() -> None:
    stay = Turn("stay", ago(40), ago(29))
    history = History(
        doses=(
            DoseStep(ago(10), ago(3), Decimal(2)),
            DoseStep(ago(2), TODAY + 5 * DAY, Decimal(1)),
            DoseStep(TODAY + 6 * DAY, None, Decimal("0.5")),
        ),
        nights=(slept(40, 100), slept(3, 300), slept(1, None)),
        symptoms=(SymptomPoint(ago(9), 12), SymptomPoint(ago(1), 8)),
        turns=(Turn("hospital", ago(60), ago(31)), stay, Turn("stay", TODAY + 2 * DAY, None)),
        taken=(
            TakenDay(ago(50), Taken.MORE, Decimal(2), Decimal(1)),
            TakenDay(ago(3), Taken.MORE, Decimal(2), Decimal(1)),
            TakenDay(ago(2), Taken.NOTHING, Decimal(1), Decimal(-1)),
        ),
    )
    seen = glance(history, DateRange(ago(29), TODAY + 10 * DAY), TODAY)
    assert (seen.first_dose, seen.last_dose) == (2, 1)
    assert (seen.sleep.nights, seen.sleep.tst_min) == (2, Mean(Fraction(300), 1))
    assert (seen.first_symptoms, seen.last_symptoms) == history.symptoms
    assert seen.taken == {Taken.MORE: 1, Taken.NOTHING: 1}
    assert seen.turns == (stay,)
    later = glance(history, DateRange(TODAY + DAY, TODAY + 9 * DAY), TODAY)
    assert (later.last_dose, later.turns) == (None, ())

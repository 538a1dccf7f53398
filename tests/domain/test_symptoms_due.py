"""When a list is offered: before the first lower dose, after changes, while staying, after the end; never nagging."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from companion.domain.symptoms_due import (
    APART,
    SHOWN,
    SHOWN_BEFORE,
    SHOWN_RARELY,
    Course,
    Stretch,
    is_due,
    is_due_every,
    moments,
    month_days,
)

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
CHANGE = date(2026, 11, 1)


def course(*changes: date, last_dose: date | None = None, ended_on: date | None = None) -> Course:
    """A plan whose dose changes on these days, everything confirmed, before it a week on the dose as it was."""
    start = changes[0] - WEEK
    ends = [*(day - DAY for day in changes[1:]), last_dose]
    steady = Stretch(start, changes[0] - DAY, changed=False)
    stretches = [Stretch(first, last, changed=True) for first, last in zip(changes, ends, strict=True)]
    return Course(start, changes[0], [steady, *stretches], last_dose, ended_on)


def offers(asked: Callable[[date], bool], first: date, days: int) -> list[int]:
    """The numbers of the days, from `first`, on which the list is offered."""
    return [number for number in range(days) if asked(first + number * DAY)]


def test_without_a_lower_dose_nothing_is_offered() -> None:
    steady = Course(CHANGE, None, [Stretch(CHANGE, None, changed=False)])
    assert not offers(lambda day: is_due(steady, [], day), CHANGE, 100)


def test_before_the_first_lower_dose_one_list_is_offered_for_a_few_days() -> None:
    ahead = Course(CHANGE - 30 * DAY, CHANGE, [])  # the rest is still a sketch
    found = offers(lambda day: is_due(ahead, [], day), CHANGE - 30 * DAY, 100)
    assert found == [25, 26, 27, 28, 29, 30]
    assert not is_due(ahead, [CHANGE - 10 * DAY], CHANGE - DAY)
    assert is_due(ahead, [CHANGE - 40 * DAY], CHANGE - DAY)


def test_one_and_two_weeks_after_a_change_and_then_every_two_weeks_while_staying() -> None:
    assert moments(course(CHANGE), CHANGE + 8 * WEEK) == [CHANGE + n * WEEK for n in (1, 2, 4, 6, 8)]


def test_two_weeks_after_a_change_also_when_the_next_one_comes_that_day() -> None:
    second = CHANGE + 2 * WEEK
    assert moments(course(CHANGE, second), CHANGE + 4 * WEEK) == [CHANGE + n * WEEK for n in (1, 2, 3, 4)]


def test_the_next_change_starts_the_weeks_again_and_a_step_back_is_a_change() -> None:
    second = CHANGE + 3 * WEEK  # up or down: the dose is another one
    assert moments(course(CHANGE, second), CHANGE + 5 * WEEK) == [CHANGE + n * WEEK for n in (1, 2, 4, 5)]


def test_two_and_four_weeks_after_the_last_dose_and_then_no_more() -> None:
    last = CHANGE + 2 * WEEK - DAY
    done = course(CHANGE, last_dose=last)
    assert moments(done, CHANGE + 52 * WEEK) == [CHANGE + WEEK, CHANGE + 2 * WEEK, last + 2 * WEEK, last + 4 * WEEK]
    assert not offers(lambda day: is_due(done, [], day), last + 4 * WEEK + SHOWN, 300)


def test_a_plan_that_ended_by_itself_still_has_its_last_two_lists_when_it_is_put_away() -> None:
    last = CHANGE + 2 * WEEK - DAY
    assert is_due(course(CHANGE, last_dose=last, ended_on=last + DAY), [], last + 2 * WEEK)
    assert not is_due(course(CHANGE, last_dose=last, ended_on=last), [], last + 2 * WEEK)


def test_a_plan_that_was_ended_on_the_way_offers_nothing_from_that_day() -> None:
    ended = course(CHANGE, ended_on=CHANGE + WEEK)
    assert is_due(course(CHANGE), [], CHANGE + WEEK)
    assert not offers(lambda day: is_due(ended, [], day), CHANGE + WEEK, 100)


def test_what_stays_a_sketch_is_not_asked_about() -> None:
    known = Course(CHANGE, CHANGE, [Stretch(CHANGE, CHANGE + 20 * DAY, changed=True)])
    assert moments(known, CHANGE + 52 * WEEK) == [CHANGE + WEEK, CHANGE + 2 * WEEK]


def test_an_offer_stays_a_few_days_and_goes() -> None:
    found = offers(lambda day: is_due(course(CHANGE), [CHANGE - DAY], day), CHANGE, 35)
    assert found == [7, 8, 9, 10, 14, 15, 16, 17, 28, 29, 30, 31]


def test_a_list_a_little_early_counts_and_two_are_never_asked_within_a_week() -> None:
    assert not offers(lambda day: is_due(course(CHANGE), [CHANGE + 5 * DAY], day), CHANGE + 6 * DAY, 8)
    late = [CHANGE + 9 * DAY]
    assert offers(lambda day: is_due(course(CHANGE), late, day), CHANGE + DAY, 28) == [6, 7, 15, 16, 27]


DATES = st.integers(0, 200).map(lambda n: CHANGE + n * DAY)


@st.composite
def courses(draw: st.DrawFn) -> Course:
    changes = draw(st.lists(DATES, min_size=1, max_size=6, unique=True).map(sorted))
    after = draw(st.none() | st.integers(1, 60))
    last = changes[-1] + after * DAY if after else None
    return course(*changes, last_dose=last, ended_on=draw(st.none() | DATES))


@given(courses(), DATES)
def test_a_list_filled_in_ends_the_offer_for_a_week(plan: Course, day: date) -> None:
    assert not offers(lambda each: is_due(plan, [day], each), day, APART.days)


@given(courses(), DATES)
def test_the_days_of_a_list_are_in_order_and_not_in_the_future(plan: Course, until: date) -> None:
    found = moments(plan, until)
    assert found == sorted(set(found))
    assert all(day <= until for day in found)


@given(courses())
def test_who_always_fills_it_in_is_asked_at_most_once_a_week(plan: Course) -> None:
    filled: list[date] = []
    for number in range(300):
        day = CHANGE - 2 * WEEK + number * DAY
        if is_due(plan, filled, day):
            filled.append(day)
    assert all(later - earlier >= APART for earlier, later in pairwise(filled))


@given(courses())
def test_every_offer_has_its_reason(plan: Course) -> None:
    """Each day with an offer is shortly before the first lower dose, or shortly after a day of the rhythm."""
    assert plan.first_lower
    days = moments(plan, date.max - 100 * WEEK) if plan.last_dose else moments(plan, CHANGE + 400 * DAY)
    for number in range(300):
        day = CHANGE - 2 * WEEK + number * DAY
        if is_due(plan, [], day):
            before = plan.first_lower - SHOWN_BEFORE <= day <= plan.first_lower
            assert before or any(each <= day < each + SHOWN for each in days)
            assert not plan.over_on(day)


@given(st.integers(30, 120))
def test_someone_who_never_answers_is_left_alone_most_days_while_staying(after: int) -> None:
    first = CHANGE + after * DAY
    assert len(offers(lambda day: is_due(course(CHANGE), [], day), first, 14)) == SHOWN.days


# Every few months


def test_at_the_start_and_every_three_months() -> None:
    assert month_days(3, date(2026, 11, 30), date(2027, 12, 1)) == [
        date(2026, 11, 30),
        date(2027, 2, 28),
        date(2027, 5, 30),
        date(2027, 8, 30),
        date(2027, 11, 30),
    ]


def test_looking_back_is_offered_for_a_week_and_goes() -> None:
    found = offers(lambda day: is_due_every(3, CHANGE, [], day), CHANGE - 10 * DAY, 130)
    assert found == [*range(10, 17), *range(102, 109)]
    assert not is_due_every(3, CHANGE, [CHANGE + DAY], CHANGE + 2 * DAY)
    assert not is_due_every(3, CHANGE, [CHANGE - 10 * DAY], CHANGE)


@given(st.integers(1, 60), st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 5000))
def test_month_days_are_in_order_and_that_many_months_apart(months: int, start: date, days: int) -> None:
    found = month_days(months, start, start + days * DAY)
    assert found[0] == start
    assert found == sorted(set(found))
    for one, other in pairwise(found):
        assert (other.year * 12 + other.month) - (one.year * 12 + one.month) == months


@given(st.integers(1, 12), DATES, st.lists(DATES, max_size=5))
def test_looking_back_is_never_offered_longer_than_a_week(months: int, start: date, filled: list[date]) -> None:
    days = offers(lambda day: is_due_every(months, start, filled, day), start, 200)
    assert len(days) <= SHOWN_RARELY.days * len(month_days(months, start, start + 200 * DAY))

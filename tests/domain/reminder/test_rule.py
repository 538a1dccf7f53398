"""A reminder is due once a day, at the time on the wall, whatever the clocks do."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from companion.domain.reminder.model import Days, Every, Habit, Once, Weekdays
from companion.domain.reminder.rule import latest, occurrences, upcoming
from tests.domain.reminder.calendar_oracle import all_due

ZONES = (
    "Europe/Brussels",
    "Europe/London",
    "Europe/Dublin",
    "America/New_York",
    "America/Sao_Paulo",
    "America/Havana",
    "America/Asuncion",
    "America/Scoresbysund",
    "America/St_Johns",
    "America/Caracas",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Monrovia",
    "Asia/Beirut",
    "Asia/Amman",
    "Asia/Gaza",
    "Asia/Tehran",
    "Asia/Kathmandu",
    "Asia/Pyongyang",
    "Australia/Lord_Howe",
    "Antarctica/Troll",
    "Pacific/Apia",
    "Pacific/Kwajalein",
    "Pacific/Kiritimati",
    "Pacific/Chatham",
    "UTC",
)


def texts(habit: Habit, zone: str, start: str, until: str) -> list[tuple[str, str]]:
    first, last = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (start, until))
    return [(each.text, f"{each.due:%m-%d %H:%M}") for each in occurrences(habit, ZoneInfo(zone), first, last)]


@pytest.mark.parametrize(
    ("zone", "at", "start", "until", "expected"),
    [
        # clocks go forward: 02:30 is not there
        ("Europe/Brussels", time(2, 30), "2027-03-28", "2027-03-29", [("2027-03-28T03:00", "03-28 01:00")]),
        # and back: 02:30 is there twice
        ("Europe/Brussels", time(2, 30), "2027-10-31", "2027-11-01", [("2027-10-31T02:30", "10-31 00:30")]),
        # half an hour only
        ("Australia/Lord_Howe", time(2, 15), "2026-10-03", "2026-10-04", [("2026-10-04T02:30", "10-03 15:30")]),
        # midnight itself is left out
        ("America/Havana", time(0, 0), "2027-03-14", "2027-03-15", [("2027-03-14T01:00", "03-14 05:00")]),
        # a whole day is left out: Samoa had no 30 December 2011
        (
            "Pacific/Apia",
            time(21, 45),
            "2011-12-30T08:00",
            "2012-01-01T07:00",
            [("2011-12-31T00:00", "12-30 10:00"), ("2011-12-31T21:45", "12-31 07:45")],
        ),
        # and what falls on one and the same instant is one reminder
        ("Pacific/Apia", time(0, 0), "2011-12-30T09:00", "2011-12-31T09:00", [("2011-12-31T00:00", "12-30 10:00")]),
    ],
)
def test_nights_on_which_the_clocks_change(
    zone: str, at: time, start: str, until: str, expected: list[tuple[str, str]]
) -> None:
    assert texts(Habit(at), zone, start, until) == expected


def test_the_end_is_not_in_it_and_the_beginning_is() -> None:
    assert [due for _, due in texts(Habit(time(12)), "UTC", "2027-01-01T12:00", "2027-01-03T12:00")] == [
        "01-01 12:00",
        "01-02 12:00",
    ]


def test_once_and_every_fortnight() -> None:
    once = Habit(time(9), Once(date(2027, 1, 4)))
    fortnight = Habit(time(9), Every(14, date(2027, 1, 4)))
    assert texts(once, "UTC", "2027-01-01", "2028-01-01") == [("2027-01-04T09:00", "01-04 09:00")]
    assert [local[:10] for local, _ in texts(fortnight, "UTC", "2027-01-01", "2027-02-10")] == [
        "2027-01-04",
        "2027-01-18",
        "2027-02-01",
    ]


def test_far_away_costs_no_more_than_near() -> None:
    began = date(1970, 1, 1)
    now = datetime(2100, 5, 5, 12, tzinfo=UTC)
    for days in (Every(1, began), Every(7, began), Once(began), Weekdays(frozenset({6}))):
        habit = Habit(time(8), days)
        next_one, last_one = upcoming(habit, ZoneInfo("Europe/Brussels"), now), latest(habit, ZoneInfo("UTC"), now)
        assert next_one is None or now <= next_one.due < now + timedelta(days=8)
        assert last_one is not None
    assert (
        upcoming(Habit(time(8), Every(1000, date(8990, 1, 1))), ZoneInfo("UTC"), datetime(8999, 9, 9, tzinfo=UTC))
        is None
    )
    assert upcoming(Habit(time(8), Weekdays(frozenset())), ZoneInfo("UTC"), now) is None


def on_days(first: date) -> st.SearchStrategy[Days]:
    near = st.dates(first - timedelta(days=60), first + timedelta(days=30))
    return st.one_of(
        st.frozensets(st.integers(0, 6), min_size=1).map(Weekdays),
        st.builds(Every, st.integers(1, 40), near),
        st.builds(Once, near),
    )


def is_on(days: Days, day: date) -> bool:
    match days:
        case Weekdays(days=chosen):
            return day.weekday() in chosen
        case Every(days=every, first=first):
            return day >= first and (day - first).days % every == 0
        case Once(day=only):
            return day == only


TRANSITION_HEAVY = st.sampled_from([(3, 25), (10, 20), (9, 25), (4, 1), (12, 28), (1, 5)])


@given(
    zone=st.sampled_from(ZONES),
    year=st.integers(1970, 2100),
    month_day=TRANSITION_HEAVY | st.tuples(st.integers(1, 12), st.integers(1, 28)),
    offset=st.integers(0, 24 * 60 - 1),
    length=st.integers(0, 12 * 24 * 60),
    minutes=st.integers(0, 180) | st.integers(0, 24 * 60 - 1),
    data=st.data(),
)
@example(zone="Pacific/Apia", year=2011, month_day=(12, 28), offset=0, length=9000, minutes=0, data=None)
@example(zone="Africa/Monrovia", year=1972, month_day=(1, 5), offset=0, length=9000, minutes=10, data=None)
@settings(deadline=None, max_examples=150)
def test_the_same_as_an_independent_calendar(
    zone: str, year: int, month_day: tuple[int, int], offset: int, length: int, minutes: int, data: st.DataObject | None
) -> None:
    start = datetime.combine(date(year, *month_day), time()) + timedelta(minutes=offset)
    until = start + timedelta(minutes=length)
    days = data.draw(on_days(start.date())) if data else Weekdays(frozenset(range(7)))
    habit = Habit(time(minutes // 60, minutes % 60), days)
    expected = all_due(zone, timedelta(minutes=minutes), lambda day: is_on(days, day), start, until)

    here = ZoneInfo(zone)
    first, last = start.replace(tzinfo=UTC), until.replace(tzinfo=UTC)
    found = list(occurrences(habit, here, first, last))
    assert [(each.local, each.due.replace(tzinfo=None)) for each in found] == expected

    if found:
        assert upcoming(habit, here, first) == found[0]
        assert latest(habit, here, last - timedelta(seconds=1)) == found[-1]
    for one, two in itertools.pairwise(found):
        assert upcoming(habit, here, one.due + timedelta(seconds=1)) == two
        assert latest(habit, here, two.due - timedelta(seconds=1)) == one
        assert latest(habit, here, two.due) == two

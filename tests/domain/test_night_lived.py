"""A night that was kept once is read back in every zone, with the figures of the clock on which it was lived."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.codes import Refused
from companion.domain.night import Night, figures, lived_night, night_to_data, read_night
from companion.domain.night.calendar import Sign, Strip, calendar_rows
from companion.domain.night.row import DrawnRow, row_text
from companion.domain.night.value import Mark, MarkKind
from tests.domain.drawn_strategies import Painted, painted
from tests.domain.night_oracle import Lived
from tests.domain.night_strategies import lived_nights, zones

BRUSSELS, TOKYO, HELSINKI = (ZoneInfo(name) for name in ("Europe/Brussels", "Asia/Tokyo", "Europe/Helsinki"))
BACK, FORWARD = date(2026, 10, 25), date(2026, 3, 29)
LONGER = "." * 44 + "s" * 36 + "." * 20
"""Asleep from 23:00 to 07:00: nine hours where the clock went back."""


def kept(fields: dict[str, str], day: date, zone: ZoneInfo) -> Night:
    night = read_night(fields, day, zone)
    assert isinstance(night, Night), night
    return night


@given(painted(), zones)
@settings(max_examples=300)
def test_what_was_painted_keeps_its_hours_in_every_zone(told: Painted, now: ZoneInfo) -> None:
    night = read_night({"drawn": row_text(told.row)}, told.wake_date, told.zone)
    if isinstance(night, Refused):
        return
    lived = lived_night(night_to_data(night), told.wake_date, now)
    assert not isinstance(lived, Refused), lived
    assert lived.night == night
    assert lived.figures == figures(night, told.zone)


@given(lived_nights(), zones)
@settings(max_examples=300)
def test_what_was_typed_is_read_in_every_zone_on_a_clock_on_which_it_can_be(told: Lived, now: ZoneInfo) -> None:
    night = read_night(told.fields(), told.wake_date, told.zone)
    if isinstance(night, Refused):  # two readings of one hour can make a night that was look as one that was not
        return
    lived = lived_night(night_to_data(night), told.wake_date, now)
    assert not isinstance(lived, Refused), lived
    assert lived.night == night
    assert lived.figures == figures(night, lived.zone)
    assert (lived.zone == now) is not isinstance(figures(night, now), Refused)


@given(st.sampled_from([BACK, FORWARD]), st.integers(0, 24 * 60 - 1), st.integers(0, 25 * 60), zones)
def test_the_longest_and_the_shortest_nights_are_read_in_every_zone(
    day: date, minute: int, length: int, now: ZoneInfo
) -> None:
    """Around the change of the clock a night can be told that elsewhere would be longer than a day."""
    up = datetime.combine(day, time(0), BRUSSELS).astimezone(UTC) + timedelta(minutes=minute)
    bed = up - timedelta(minutes=length)
    walls = {name: f"{at.astimezone(BRUSSELS):%H:%M}" for name, at in (("in_bed", bed), ("up", up))}
    night = read_night(walls | {"sol_min": str(length)}, day, BRUSSELS)
    if isinstance(night, Night):
        assert not isinstance(lived_night(night_to_data(night), day, now), Refused)


def test_a_row_of_a_hundred_quarters_stays_in_brussels() -> None:
    night = kept({"drawn": LONGER}, BACK, BRUSSELS)
    lived = lived_night(night_to_data(night), BACK, TOKYO)
    assert not isinstance(lived, Refused)
    assert (lived.zone, lived.figures.tst) == (BRUSSELS, 9 * 60)


def test_a_row_of_the_same_length_is_read_where_its_answers_are_true() -> None:
    """In Helsinki the clock goes back an hour later on the clock: getting up at the second 02:30 is 03:30 there."""
    night = kept({"drawn": "." * 44 + "s" * 18 + "." * 38}, BACK, BRUSSELS)
    lived = lived_night(night_to_data(night), BACK, HELSINKI)
    assert not isinstance(lived, Refused)
    assert (lived.zone, lived.night.up, lived.figures.tib) == (BRUSSELS, time(2, 30), 18 * 15)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"up": "25:00"}, "night_not_a_time"),
        ({"drawn": "s" * 95}, "night_drawn_length"),
        ({"drawn": "s" * 100}, "night_drawn_length"),
        ({"in_bed": "23:00", "up": "07:00", "sol_min": 600}, "night_more_awake_than_time"),
    ],
)
def test_what_can_be_nowhere_is_refused_with_the_reason_of_the_zone(data: dict[str, object], code: str) -> None:
    refused = lived_night(data, date(2026, 7, 1), TOKYO)
    assert isinstance(refused, Refused)
    assert [reason.code for reason in refused.reasons] == [code]


def test_new_input_is_read_on_the_own_clock_only() -> None:
    refused = read_night({"drawn": LONGER}, BACK, TOKYO)
    assert isinstance(refused, Refused)
    assert refused.reasons[0].values == {"needed": "96", "given": "100"}


def test_the_calendar_gives_a_night_a_row_on_its_own_clock() -> None:
    """Its hours, its marks and its doses stand where they were; the rows around it are of the zone of now."""
    day = timedelta(days=1)
    change = Night(BACK, drawn=DrawnRow(LONGER), marks=(Mark(MarkKind.COFFEE, time(16)),))
    by_day = Night(BACK + day, drawn=DrawnRow("." * 80 + "s" * 16))
    dose = datetime(2026, 10, 24, 22, 30, tzinfo=BRUSSELS).astimezone(UTC)
    later = datetime(2026, 10, 26, 3, 0, tzinfo=TOKYO).astimezone(UTC)
    rows = calendar_rows(BACK - day, BACK + day, [change, by_day], [dose, later], TOKYO, elsewhere={BACK: BRUSSELS})
    before, itself, after = rows
    assert [row.zone for row in rows] == [TOKYO, BRUSSELS, TOKYO]
    assert [row.window.quarters for row in rows] == [96, 100, 96]
    assert [bool(row.shift) for row in rows] == [False, True, False]
    start = itself.window.start
    assert itself.strips == [Strip(start + timedelta(hours=11), start + timedelta(hours=20), "s")]
    assert [sign.at.astimezone(BRUSSELS).hour for sign in itself.signs] == [16, 22]
    assert (before.strips, before.signs) == ([], [])
    assert [(each.start - after.window.start, each.letter) for each in after.strips] == [(timedelta(hours=20), "s")]
    assert after.signs == [Sign(later, MarkKind.MEDICINE)]


def test_what_runs_over_from_a_night_lived_elsewhere_stands_where_the_clock_showed_the_same() -> None:
    by_day = Night(BACK, drawn=DrawnRow("." * 80 + "s" * 20, time(18)))
    own, after = calendar_rows(BACK, BACK + timedelta(days=1), [by_day], [], TOKYO, elsewhere={BACK: BRUSSELS})
    assert own.strips == []
    assert [(f"{each.start.astimezone(TOKYO):%H}", f"{each.end.astimezone(TOKYO):%H}") for each in after.strips] == [
        ("13", "18")
    ]

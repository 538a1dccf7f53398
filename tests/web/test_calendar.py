"""The sleep-wake calendar: two weeks of rows from noon to noon."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from companion.bootstrap import House
from companion.domain.entry import Entry, Kind
from companion.domain.night import read_night
from companion.domain.night.calendar import calendar_rows
from companion.domain.night.value import MarkKind, Night
from companion.services.erase_person import find_person
from companion.storage import entries
from tests.build import Clock
from tests.web.fetcher import Browser, Page, words
from tests.web.test_diary import WORKED, filled
from tests.web.test_diary_draw import paint

BRUSSELS = ZoneInfo("Europe/Brussels")
DAY = date(2026, 11, 21)


def rows(page: Page) -> list[str]:
    """The words of each row."""
    return [words(each) for each in page.all("li", class_="calendar-row")]


def read(day: date, **fields: str) -> Night:
    night = read_night(fields, day, BRUSSELS)
    assert isinstance(night, Night)
    return night


def test_typed_and_drawn_nights_stand_in_their_rows(alice: Browser) -> None:
    filled(alice, "2026-11-20", WORKED | {"quality": "2", "naps_min": "20"})
    paint(alice, marks="coffee 16:00, alcohol 21:30")
    page = alice.open("/calendar")
    shown = rows(page)
    assert len(shown) == 14
    assert "5 u 45" in shown[-1]
    assert "Koffie 16:00" in shown[-1]
    assert "Naar bed 22:30" in shown[-2]
    assert "20 min" in shown[-2]
    assert page.all("rect", class_="night-asleep")
    links = [link for link in page.links() if link.startswith("/diary/2026")]
    assert links[0] == "/diary/2026-11-08"
    assert links[-1] == "/diary/2026-11-21"


def test_a_dose_after_midnight_stands_in_the_row_of_the_evening_before(house: House, alice: Browser) -> None:
    person = find_person(house.store, "alice")
    assert person
    at = datetime(2026, 11, 20, 23, 40, tzinfo=UTC)  # 00:40 on the 21st
    data = {"plan": None, "moment": "bedtime", "mg": "1", "taken": True, "taken_at": "2026-11-20T23:40:00Z"}
    with house.store.write() as unit:
        entries.add(unit, person.id, [Entry(str(uuid4()), Kind.DOSE, date(2026, 11, 20), at, data)], at)
    shown = rows(alice.open("/calendar"))
    assert "Medicijn 00:40" in shown[-1]  # the row from the evening of the 20th to the morning of the 21st
    assert all("Medicijn" not in row for row in shown[:-1])


def test_the_weeks_before_and_after(alice: Browser) -> None:
    page = alice.open("/calendar")
    earlier = next(link for link in page.links() if link.startswith("/calendar?from="))
    assert earlier == "/calendar?from=2026-10-25"
    page = alice.open(earlier)
    assert len(rows(page)) == 14
    assert "/calendar?from=2026-11-08" in page.links()
    assert "25 uur" in rows(page)[0]
    assert rows(alice.open("/calendar?from=2026-11-20"))[-1].startswith("vr 20 – za 21")


@pytest.mark.parametrize("first", ["2026-11-22", "x", "2026-02-30", "20261101", "1899-12-31"])
def test_weeks_that_are_not_there_are_404(alice: Browser, first: str) -> None:
    alice.get(f"/calendar?from={first}", expect=404)


def test_the_rows_of_both_clock_changes_say_so(clock: Clock, alice: Browser) -> None:
    clock.set("2026-10-25 12:30")
    assert "25 uur" in rows(alice.open("/calendar"))[-1]
    spring = rows(alice.open("/calendar?from=2026-03-29"))[0]
    assert "23 uur" in spring
    assert "23 uur" not in rows(alice.open("/calendar?from=2026-03-30"))[0]


def test_there_is_nothing_on_it_that_says_whose_it_is(alice: Browser) -> None:
    assert "alice" not in alice.open("/calendar").text


def test_sleep_by_day_runs_over_two_rows() -> None:
    night = read(DAY, in_bed="08:00", lights_out="08:00", sol_min="0", awakenings="0", final_wake="15:00", up="15:00")
    first, second = calendar_rows(DAY, date(2026, 11, 22), [night], [], BRUSSELS)
    assert [(each.start.hour, each.end.hour, each.letter) for each in first.strips] == [(7, 11, "s")]
    assert [(each.start.hour, each.end.hour, each.letter) for each in second.strips] == [(11, 14, "s")]
    assert ([each.down for each in first.arrows], [each.down for each in second.arrows]) == ([True], [False])


def test_getting_up_in_the_night_is_an_arrow_up_and_one_down() -> None:
    drawn = "." * 40 + "s" * 8 + "u" * 2 + "s" * 8 + "." * 38
    [row] = calendar_rows(DAY, DAY, [read(DAY, drawn=drawn)], [], BRUSSELS)
    assert [each.down for each in row.arrows] == [True, False, True, False]
    assert [each.letter for each in row.strips] == ["s", "u", "s"]


def test_a_dose_that_was_marked_by_hand_too_stands_once() -> None:
    night = read(DAY, marks="medicine 22:40, coffee 16:00")
    dose = datetime(2026, 11, 20, 21, 45, tzinfo=UTC)
    [row] = calendar_rows(DAY, DAY, [night], [dose], BRUSSELS)
    assert [each.kind for each in row.signs] == [MarkKind.COFFEE, MarkKind.MEDICINE]

"""Who moves takes every night along: read, measured, changed, brought back, sent late, exported and imported."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from companion.bootstrap import House
from companion.domain.codes import Refused
from companion.domain.consent import Purpose
from companion.domain.entry import Entry, Kind
from companion.domain.night import Night, night_to_data, night_to_fields, read_night
from companion.domain.night.row import row_text
from companion.domain.person import Person
from companion.domain.sent import Sent
from companion.services.bring_back import bring_back, earlier_nights
from companion.services.calendar import read_calendar
from companion.services.consent import choose
from companion.services.draw_night import draw_night
from companion.services.erase_person import erase_person, find_person
from companion.services.export_person import export_person, export_text
from companion.services.import_person import Imported, Revived, merge, revive
from companion.services.join import Joined, Joining, join
from companion.services.log_night import TYPED, kept_night, log_night, night_of
from companion.services.measure_nights import night_bar
from companion.services.read_export import Portrait, read_export
from companion.services.read_sent import read_entry
from companion.services.set_zone import set_zone
from companion.services.usual_night import usual_of
from tests.build import BRUSSELS, Clock, kept
from tests.domain.drawn_strategies import Painted, painted
from tests.domain.night_strategies import zones

BACK, FORWARD, TYPED_DAY = date(2026, 10, 25), date(2026, 3, 29), date(2025, 10, 26)
LONGER = "." * 44 + "b" + "s" * 35 + "." * 20
SHORTER = "." * 44 + "b" + "s" * 27 + "." * 20
AWAKE_ALL_NIGHT = {"in_bed": "23:00", "lights_out": "23:00", "final_wake": "07:00", "up": "07:00", "sol_min": "540"}
"""Nine hours awake from eleven to seven: so it was where the clock went back, and nowhere else."""

ZONES = ("Asia/Tokyo", "America/New_York", "Etc/GMT+4", "Australia/Lord_Howe", "Europe/Helsinki")


@pytest.fixture
def someone(house: House, clock: Clock) -> Person:
    """Both nights of a change of the clock painted in Brussels, and an earlier one typed."""
    made = join(house.store, Joining("alice", "vier losse woorden samen", True, "nl"), clock())
    assert isinstance(made, Joined)
    choose(house.store, made.person, tuple(Purpose), "nl", clock())
    for day, row in ((BACK, LONGER), (FORWARD, SHORTER)):
        assert draw_night(house.store, made.person, day, (row, "coffee 16:00"), str(uuid4()), clock()) is None
    assert log_night(house.store, made.person, TYPED_DAY, AWAKE_ALL_NIGHT, str(uuid4()), clock()) is None
    return made.person


def moved(house: House, person: Person, zone: str) -> Person:
    set_zone(house.store, person, ZoneInfo(zone), house.now())
    found = find_person(house.store, person.name)
    assert found
    assert found.zone.key == zone
    return found


@pytest.mark.parametrize("zone", ZONES)
def test_nights_keep_their_hours_after_a_move(house: House, someone: Person, zone: str) -> None:
    before = [night_of(house.store, someone, day) for day in (BACK, FORWARD, TYPED_DAY)]
    there = moved(house, someone, zone)
    after = [night_of(house.store, there, day) for day in (BACK, FORWARD, TYPED_DAY)]
    assert [each and (each.entry, each.night, each.figures) for each in after] == [
        each and (each.entry, each.night, each.figures) for each in before
    ]
    assert [each and each.figures.tib for each in after] == [9 * 60, 7 * 60, 9 * 60]
    [day] = read_calendar(house.store, there, BACK, BACK)
    assert (day.row.window.quarters, len(day.row.strips), len(day.row.signs)) == (100, 2, 1)
    assert usual_of(house.store, there, date(2026, 11, 1)) is None


@given(painted(), zones)
@settings(max_examples=150)
def test_the_picture_of_many_nights_measures_what_the_night_itself_does(told: Painted, now: ZoneInfo) -> None:
    night = read_night({"drawn": row_text(told.row)}, told.wake_date, told.zone)
    if isinstance(night, Refused):
        return
    person = Person(str(uuid4()), "alice", "nl", now, time(5), datetime(2026, 1, 1, tzinfo=UTC))
    entry = Entry(str(uuid4()), Kind.NIGHT, told.wake_date, person.made_at, night_to_data(night))
    bar, itself = night_bar(entry, person), kept_night(entry, person)
    assert (bar.tib_min, bar.tst_min, bar.se_percent) == (itself.figures.tib, itself.figures.tst, itself.figures.se)


def test_a_painted_night_can_be_changed_after_a_move(house: House, clock: Clock, someone: Person) -> None:
    """On the clock on which it was lived: with words typed beside it, painted again, or typed instead."""
    there = moved(house, someone, "Asia/Tokyo")
    kept_one = night_of(house.store, there, BACK)
    assert kept_one
    clock.forward(minutes=1)
    fields = {name: text for name, text in night_to_fields(kept_one.night).items() if name not in ("drawn", "marks")}
    typed = {name: text for name, text in fields.items() if name != "as_usual"} | {"note": "Een uur erbij."}
    assert log_night(house.store, there, BACK, typed, str(uuid4()), clock()) is None
    noted = night_of(house.store, there, BACK)
    assert noted
    assert (noted.zone, noted.night.note, noted.night.drawn) == (BRUSSELS, "Een uur erbij.", kept_one.night.drawn)
    clock.forward(minutes=1)
    again = LONGER.replace("bs", "bb")
    assert draw_night(house.store, there, BACK, (again, ""), str(uuid4()), clock()) is None
    painted_again = night_of(house.store, there, BACK)
    assert painted_again
    assert (painted_again.zone, painted_again.night.note) == (BRUSSELS, "Een uur erbij.")
    clock.forward(minutes=1)
    other = typed | {"up": "09:00"}
    assert isinstance(log_night(house.store, there, BACK, other, str(uuid4()), clock()), Refused)
    assert log_night(house.store, there, BACK, other, str(uuid4()), clock(), TYPED) is None
    alone = night_of(house.store, there, BACK)
    assert alone
    assert alone.night.drawn is None
    first, *more = earlier_nights(house.store, there, BACK)
    assert (first.kept.zone, len(more)) == (BRUSSELS, 2)
    assert bring_back(house.store, there, Kind.NIGHT, BACK, first.kept.entry.id, str(uuid4()), clock())
    back = night_of(house.store, there, BACK)
    assert back
    assert (back.zone, back.night) == (BRUSSELS, first.kept.night)


def test_what_was_painted_before_a_move_may_be_sent_after_it(house: House, clock: Clock, someone: Person) -> None:
    there = moved(house, someone, "Asia/Tokyo")
    sent = Sent(str(uuid4()), Kind.NIGHT, BACK, clock(), {"drawn": LONGER, "marks": []})
    entry = read_entry(sent, there, clock())
    assert isinstance(entry, Entry)
    assert (entry.data["drawn"], entry.data["up"]) == (LONGER, "07:00")
    nowhere = read_entry(replace(sent, data={"drawn": LONGER + "."}), there, clock())
    assert isinstance(nowhere, Refused)
    assert [reason.code for reason in nowhere.reasons] == ["night_drawn_length"]


@pytest.mark.parametrize("zone", ZONES)
def test_everything_is_taken_along_after_a_move(house: House, clock: Clock, someone: Person, zone: str) -> None:
    there = moved(house, someone, zone)
    text = export_text(export_person(house.store, there))
    portrait = read_export(text)
    assert isinstance(portrait, Portrait), portrait
    before = kept(house)
    assert isinstance(merge(house.store, there, portrait), Imported)
    assert kept(house) == before
    erase_person(house.store, there)
    back = revive(house.store, portrait, clock())
    assert isinstance(back, Revived)
    assert export_text(export_person(house.store, back.person)) == text
    night = night_of(house.store, back.person, BACK)
    assert isinstance(night and night.night, Night)

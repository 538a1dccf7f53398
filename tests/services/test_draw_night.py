"""A drawn night, a typed one and one as usual are versions of one night."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from companion.bootstrap import House
from companion.domain.codes import Refused
from companion.domain.entry import Kind
from companion.domain.night import night_to_fields
from companion.domain.night.row import row_text
from companion.domain.person import Person
from companion.services.draw_night import draw_night
from companion.services.join import Joined, Joining, join
from companion.services.log_night import log_night, night_of
from companion.services.usual_night import keep_usual, usual_of
from companion.storage import entries
from tests.build import Clock
from tests.domain.test_night_drawn import PAINTED_NIGHT, WORKED, row

DAY = date(2026, 11, 21)
ROW = row_text(row(*PAINTED_NIGHT))


@pytest.fixture
def someone(house: House, clock: Clock) -> Person:
    joined = join(house.store, Joining("lente", "vier losse woorden samen", True, "nl"), clock())
    assert isinstance(joined, Joined)
    return joined.person


def versions(house: House, person: Person) -> list[tuple[bool, object, object]]:
    with house.store.read() as unit:
        kept = entries.everything(unit, person.id, Kind.NIGHT)
    return [(entry.superseded, entry.data["up"], bool(entry.data["drawn"])) for entry in kept]


def test_every_version_is_kept_whichever_counts(house: House, clock: Clock, someone: Person) -> None:
    assert log_night(house.store, someone, DAY, WORKED | {"up": "08:00"}, str(uuid4()), clock()) is None
    clock.forward(minutes=1)
    refused = draw_night(house.store, someone, DAY, (ROW, ""), str(uuid4()), clock())
    assert isinstance(refused, Refused)
    assert [(reason.field, reason.values["drawn"], reason.values["typed"]) for reason in refused.reasons] == [
        ("up", "06:45", "08:00")
    ]
    assert versions(house, someone) == [(False, "08:00", False)]
    assert draw_night(house.store, someone, DAY, (ROW, ""), str(uuid4()), clock(), "drawn") is None
    clock.forward(minutes=1)
    typed = WORKED | {"up": "09:00"}
    assert isinstance(log_night(house.store, someone, DAY, typed, str(uuid4()), clock()), Refused)
    assert log_night(house.store, someone, DAY, typed, str(uuid4()), clock(), "typed") is None
    assert versions(house, someone) == [(True, "08:00", False), (True, "06:45", True), (False, "09:00", False)]


def test_a_night_as_usual_is_the_one_that_was_shown(house: House, clock: Clock, someone: Person) -> None:
    for back in (1, 2, 3):
        morning = DAY.replace(day=DAY.day - back)
        assert log_night(house.store, someone, morning, WORKED, str(uuid4()), clock()) is None
    usual = usual_of(house.store, someone, DAY)
    assert usual is not None
    shown = night_to_fields(usual)
    log_night(house.store, someone, DAY.replace(day=20), WORKED | {"up": "09:00"}, str(uuid4()), clock())
    assert keep_usual(house.store, someone, DAY, shown, str(uuid4()), clock()) is None
    kept = night_of(house.store, someone, DAY)
    assert kept is not None
    assert kept.night == usual
    assert usual_of(house.store, someone, DAY.replace(day=24)) is not None


def test_painting_over_a_night_as_usual_asks_too(house: House, clock: Clock, someone: Person) -> None:
    shown = WORKED | {"up": "08:00"}
    assert keep_usual(house.store, someone, DAY, shown, str(uuid4()), clock()) is None
    clock.forward(minutes=1)
    assert isinstance(draw_night(house.store, someone, DAY, (ROW, ""), str(uuid4()), clock()), Refused)
    assert draw_night(house.store, someone, DAY, (ROW, ""), str(uuid4()), clock(), "drawn") is None
    kept = night_of(house.store, someone, DAY)
    assert kept is not None
    assert not kept.night.as_usual
    clock.forward(minutes=1)
    assert draw_night(house.store, someone, DAY, (ROW, "coffee 16:00"), str(uuid4()), clock()) is None

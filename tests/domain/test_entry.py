"""Which of two entries is shown: those that say something of the same thing, and the newer of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from companion.domain.entry import CLOCKS_DIFFER, Entry, Kind, age, read_id, same_slot, slot

ID = "0b5f5a3e-7c5b-4b1e-9d59-3f6f0a9b2c1d"
OTHER_ID = "1b5f5a3e-7c5b-4b1e-9d59-3f6f0a9b2c1d"
TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATE = timedelta(minutes=1)


def entry(kind: Kind, day: date = TODAY, **data: Any) -> Entry:
    return Entry(ID, kind, day, NOON, data)


@pytest.mark.parametrize("kind", [each for each in Kind if each not in {Kind.PLAN_EVENT, Kind.SET_ASIDE}])
def test_a_day_has_one_of_each_kind(kind: Kind) -> None:
    assert same_slot(entry(kind), entry(kind))
    assert not same_slot(entry(kind), entry(kind, TODAY - timedelta(days=1)))
    assert not same_slot(entry(kind), entry(Kind.NIGHT if kind is not Kind.NIGHT else Kind.CHECK_IN))


def test_a_day_has_one_dose_of_each_plan_and_moment() -> None:
    dose = entry(Kind.DOSE, plan="p", moment="evening")
    assert same_slot(dose, entry(Kind.DOSE, plan="p", moment="evening", mg="2"))
    assert not same_slot(dose, entry(Kind.DOSE, plan="q", moment="evening"))
    assert not same_slot(dose, entry(Kind.DOSE, plan="p", moment="morning"))


def test_a_day_has_one_list_of_each_questionnaire() -> None:
    assert same_slot(entry(Kind.SYMPTOMS, instrument="sds"), entry(Kind.SYMPTOMS, instrument="sds"))
    assert not same_slot(entry(Kind.SYMPTOMS, instrument="sds"), entry(Kind.SYMPTOMS, instrument="other"))


@pytest.mark.parametrize(
    "alone",
    [entry(Kind.PLAN_EVENT), entry(Kind.SET_ASIDE), entry(Kind.DOSE, plan="p", moment="evening", extra=True)],
)
def test_an_extra_amount_a_plan_event_and_a_hidden_line_stand_alone(alone: Entry) -> None:
    assert slot(alone) is None
    assert not same_slot(alone, alone)


def at(recorded: datetime, stored: datetime | None = NOON, its: str = ID) -> Entry:
    return Entry(its, Kind.NIGHT, TODAY, recorded, {}, stored_at=stored)


def test_what_was_written_later_is_newer_whatever_arrived_first() -> None:
    assert age(at(NOON, NOON + LATE)) < age(at(NOON + LATE, NOON + LATE))
    assert age(at(NOON - 2 * LATE, NOON + LATE)) < age(at(NOON - LATE, NOON))
    assert age(at(NOON, None)) < age(at(NOON + 10 * CLOCKS_DIFFER, None))


def test_a_clock_that_is_far_ahead_does_not_win_for_ever() -> None:
    ahead = at(NOON + timedelta(days=365))
    assert age(ahead) < age(at(NOON + LATE, NOON + LATE))
    assert age(at(NOON)) < age(ahead), "what its clock said decides between two of one instant"


@pytest.mark.parametrize(("ahead", "believed"), [(CLOCKS_DIFFER, True), (CLOCKS_DIFFER + timedelta(seconds=1), False)])
def test_a_clock_may_be_five_minutes_ahead(ahead: timedelta, believed: bool) -> None:
    assert timedelta(minutes=5) == CLOCKS_DIFFER
    assert (age(at(NOON + ahead)) > age(at(NOON + LATE, NOON + LATE))) is believed


def test_of_two_of_one_instant_the_id_decides() -> None:
    assert age(at(NOON, its=ID)) < age(at(NOON, its=OTHER_ID))


def test_an_id_is_read_in_small_letters() -> None:
    assert read_id(ID.upper()) == ID
    assert [read_id(each) for each in ("", ID[:-1], f"{ID}0", ID.replace("-", ""), f"{ID}\n", 7, None)] == [None] * 7

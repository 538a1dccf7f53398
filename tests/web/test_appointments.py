"""Appointments that a person typed: kept once, sealed, changed, taken away; reminded of before they are."""

from __future__ import annotations

from uuid import uuid4

import pytest

from companion.bootstrap import House
from companion.services.export_person import export_person
from tests.build import Clock, rows
from tests.confirmed import person_named
from tests.web.fetcher import Browser

TYPED = {"what": "Psychiater Peeters", "day": "2026-11-26", "time": "14:00", "before": "two-hours"}


def test_kept_with_its_words_sealed(house: House, alice: Browser) -> None:
    page = alice.open("/reminders/appointments/new").send(TYPED)
    assert "Psychiater Peeters" in page.text
    assert "Je hoort het: donderdag 26 november, 12:00" in page.text
    [row] = rows(house, "reminder")
    assert "Peeters" not in str(row)
    assert (row["kind"], row["days"], row["next_local"]) == ("appointment", '{"on": "2026-11-26"}', "2026-11-26T12:00")


@pytest.mark.parametrize(
    ("before", "local"),
    [("hour", "2026-11-26T13:00"), ("morning", "2026-11-26T08:30"), ("evening", "2026-11-25T19:00")],
)
def test_when_to_hear_of_it(house: House, alice: Browser, before: str, local: str) -> None:
    alice.open("/reminders/appointments/new").send(TYPED | {"before": before})
    assert rows(house, "reminder")[0]["next_local"] == local


def test_an_hour_before_half_past_midnight_is_the_day_before(house: House, alice: Browser) -> None:
    alice.open("/reminders/appointments/new").send(TYPED | {"time": "00:30", "before": "hour"})
    assert rows(house, "reminder")[0]["next_local"] == "2026-11-25T23:30"


def test_a_double_tap_is_one_appointment(house: House, alice: Browser) -> None:
    page = alice.open("/reminders/appointments/new")
    page.send(TYPED)
    page.send(TYPED)
    assert len(rows(house, "reminder")) == 1


def test_an_id_of_another_reminder_is_not_taken_over(house: House, alice: Browser) -> None:
    alice.post("/reminders/switch", {"name": "diary", "do": "on"})
    [diary] = rows(house, "reminder")
    alice.post("/reminders/appointments/new", TYPED | {"entry_id": diary["id"]})
    assert sorted(row["kind"] for row in rows(house, "reminder")) == ["appointment", "diary"]
    alice.get(f"/reminders/appointments/{diary['id']}", expect=404)
    alice.post(f"/reminders/appointments/{diary['id']}", {"do": "remove"}, expect=404)
    alice.post(f"/reminders/appointments/{uuid4()}", {"do": "remove"}, expect=404)


WRONG = [
    ({"what": " "}, "what"),
    ({"what": "a" * 81}, "what"),
    ({"what": "a\u200bb"}, "what"),
    ({"day": "2026-11-20"}, "day"),
    ({"day": "morgen"}, "day"),
    ({"day": "2029-01-01"}, "day"),
    ({"time": "24:00"}, "time"),
    ({"day": "2026-11-21", "time": "22:30"}, "before"),
]


@pytest.mark.parametrize(("change", "field"), WRONG)
def test_what_is_wrong_is_said_beside_its_field(
    house: House, alice: Browser, change: dict[str, str], field: str
) -> None:
    page = alice.open("/reminders/appointments/new").send(TYPED | change, expect=422)
    assert page.errors(field)
    assert page.values()["time"] == [(TYPED | change)["time"]]
    assert rows(house, "reminder") == []


def test_a_reminder_in_quiet_hours_is_refused(house: House, alice: Browser) -> None:
    quiet = {"quiet": True, "quiet_from": "18:00", "quiet_until": "07:00"}
    alice.open("/reminders").send(quiet, action="/reminders/how")
    page = alice.open("/reminders/appointments/new").send(TYPED | {"before": "evening"}, expect=422)
    assert "18:00" in page.errors("before")


def test_changed_and_taken_away(house: House, alice: Browser) -> None:
    alice.open("/reminders/appointments/new").send(TYPED)
    [row] = rows(house, "reminder")
    address = f"/reminders/appointments/{row['id']}"
    page = alice.open(address)
    assert page.values(containing="what")["time"] == ["14:00"]
    page = page.send({"time": "15:00"}, containing="what")
    assert "15:00" in page.text
    assert len(rows(house, "reminder")) == 1
    alice.post(address, {"do": "remove"})
    assert rows(house, "reminder") == []


def test_what_is_over_is_not_shown_and_goes_by_itself(house: House, alice: Browser, clock: Clock) -> None:
    alice.open("/reminders/appointments/new").send(TYPED)
    clock.set("2026-11-26 18:00")
    assert alice.open("/reminders").has("You heard of it.")
    clock.set("2026-11-27 18:00")
    assert "Peeters" not in alice.open("/reminders").text
    clock.set("2026-12-05 18:00")
    alice.open("/reminders/appointments/new").send(TYPED | {"day": "2026-12-09"})
    assert len(rows(house, "reminder")) == 1


def test_fifty_at_most(house: House, alice: Browser) -> None:
    for _ in range(50):
        alice.post("/reminders/appointments/new", TYPED | {"entry_id": str(uuid4())})
    alice.post("/reminders/appointments/new", TYPED | {"entry_id": str(uuid4())}, expect=422)
    assert len(rows(house, "reminder")) == 50


def test_the_export_holds_what_reminds_and_no_secret(house: House, alice: Browser) -> None:
    alice.open("/reminders/appointments/new").send(TYPED)
    alice.post("/reminders/switch", {"name": "diary", "do": "on"})
    alice.open("/reminders").send(
        {"quiet": True, "quiet_from": "23:00", "quiet_until": "07:00", "fuller": True}, action="/reminders/how"
    )
    page = alice.open("/reminders/calendar").send()
    token = page.all("input", id="address")[0].get("value", "").split("=")[1]
    exported = export_person(house.store, person_named(house, "alice"))
    appointment, diary = sorted(exported["reminders"], key=lambda each: each["data"]["kind"])
    assert appointment["data"]["days"] == {"on": "2026-11-26"}
    assert appointment["data"]["words"]["what"] == "Psychiater Peeters"
    assert (diary["data"]["at"], diary["data"]["days"], diary["data"]["active"]) == ("09:00", "daily", True)
    assert set(diary) == {"id", "day", "recorded_at", "data", "superseded"}
    choice = exported["reminder_choice"]
    assert (choice["quiet_from"], choice["quiet_until"], choice["fuller"]) == ("23:00", "07:00", True)
    assert exported["calendar_feed"]["made_at"].endswith("Z")
    assert token not in str(exported)

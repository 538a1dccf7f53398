"""Appointments that a person typed: kept once, sealed, changed, taken away; reminded of before they are."""

from __future__ import annotations

from uuid import uuid4

import pytest

from companion.bootstrap import House
from companion.services.export_person import export_person
from tests.build import Clock, rows
from tests.confirmed import person_named
from tests.web.fetcher import Browser, Page

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
    assert not alice.open("/reminders").links().count(address)
    alice.get(address, expect=404)
    alice.post(address, {"do": "forget"})
    assert rows(house, "reminder") == []


def plain(house: House) -> list[dict[str, object]]:
    """The reminders without their words, which are sealed anew each time."""
    return [{name: value for name, value in row.items() if name != "words"} for row in rows(house, "reminder")]


def taken_away(browser: Browser, house: House, **change: str) -> tuple[str, Page]:
    """The address of an appointment, and the page after it was taken away."""
    before = {row["id"] for row in rows(house, "reminder")}
    browser.open("/reminders/appointments/new").send(TYPED | change)
    [made] = [row["id"] for row in rows(house, "reminder") if row["id"] not in before]
    address = f"/reminders/appointments/{made}"
    return address, browser.follow(browser.post(address, {"do": "remove"}), address)


def test_one_that_was_taken_away_comes_back_as_it_was(house: House, alice: Browser) -> None:
    alice.open("/reminders/appointments/new").send(TYPED)
    before = plain(house)
    address = f"/reminders/appointments/{before[0]['id']}"
    page = alice.follow(alice.post(address, {"do": "remove"}), address)
    assert f"Weggehaald: {TYPED['what']}" in page.text
    [away] = rows(house, "reminder")
    assert (away["active"], away["next_due"]) == (False, None)
    assert "Peeters" not in alice.get("/today").get_data(as_text=True)
    for _ in range(2):  # a double tap
        back = page.send(action=address, button="put-back")
        assert "Je hoort het: donderdag 26 november, 12:00" in back.text
    assert "Weggehaald" not in back.text
    assert plain(house) == before
    assert "Psychiater Peeters" in back.text
    page.send(action=address, button="forget")  # an old tab
    assert plain(house) == before


def test_taking_it_away_twice_is_once_and_only_the_last_one_stays_to_be_put_back(house: House, alice: Browser) -> None:
    first, _ = taken_away(alice, house)
    alice.post(first, {"do": "remove"})
    assert len(rows(house, "reminder")) == 1
    second, page = taken_away(alice, house, what="Apotheek")
    assert len(rows(house, "reminder")) == 1
    alice.post(first, {"do": "put-back"}, expect=404)
    assert "Apotheek" in page.send(action=second, button="put-back").text


def test_what_was_taken_away_is_in_no_calendar_and_reminds_nobody(house: House, alice: Browser, clock: Clock) -> None:
    page = alice.open("/reminders/calendar").send()
    calendar = page.all("input", id="address")[0].get("value", "").removeprefix(alice.origin)
    address, page = taken_away(alice, house)
    assert "VEVENT" not in alice.get(calendar).get_data(as_text=True)
    page.send(action=address, button="put-back")
    assert "VEVENT" in alice.get(calendar).get_data(as_text=True)


def test_nobody_puts_back_for_another_and_nothing_comes_back_without_consent(
    house: House, alice: Browser, charlie: Browser
) -> None:
    address, _ = taken_away(alice, house)
    before = rows(house, "reminder")
    charlie.post(address, {"do": "put-back"}, expect=404)
    charlie.post(address, {"do": "forget"})
    assert rows(house, "reminder") == before
    alice.post("/consent", {"purpose": []})
    alice.post(address, {"do": "put-back"}, expect=404)
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

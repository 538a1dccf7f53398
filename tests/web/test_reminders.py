"""Reminders on their page: nothing on before someone says so, own times and days, quiet hours, the zone, devices."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask

from companion.bootstrap import House
from companion.storage import subscriptions
from companion.storage.subscriptions import Subscription
from tests.build import Clock, rows
from tests.confirmed import HALVES, confirmed_plan, person_named
from tests.people import joined, newcomer
from tests.web.fetcher import Browser, Page
from tests.web.plans import typed_rows


@pytest.fixture
def planned(house: House, alice: Browser, clock: Clock) -> Browser:
    """Alice with a dose at bedtime from 16 November to 27 December; it is Saturday 21 November, 22:00."""
    confirmed_plan(house, person_named(house, "alice"), HALVES, clock())
    return alice


def line(page: Page, name: str) -> str:
    box = page.by_id(name)
    assert box is not None, f"no {name} on {page.address}"
    return " ".join("".join(box.itertext()).split())


def switch(page: Page, name: str) -> Page:
    """The one tap of a line."""
    box = page.by_id(name)
    assert box is not None
    [button] = list(box.iter("button"))
    return page.browser.follow(
        page.browser.post("/reminders/switch", {"name": name, "do": button.get("value")}), "/reminders"
    )


def test_nothing_is_on_before_someone_says_so(house: House, planned: Browser) -> None:
    page = planned.open("/reminders")
    assert rows(house, "reminder") == []
    assert page.all("span", class_="tag-done") == []
    assert page.has("Nothing reminds you before you say so. Turn on what helps, leave the rest.")
    for name in ("dose-bedtime", "diary", "symptoms", "step", "supply"):
        assert page.by_id(name) is not None
    assert page.by_id("dose-morning") is None
    assert page.by_id("prescription") is None


def test_without_a_plan_the_page_says_where_doses_come_from(alice: Browser) -> None:
    page = alice.open("/reminders")
    assert page.has("Your doses stand here once a step of your plan is confirmed.")


def test_one_tap_on_and_the_next_time_is_shown_as_day_and_time(planned: Browser, clock: Clock) -> None:
    clock.set("2026-11-21 21:10")
    page = switch(planned.open("/reminders"), "dose-bedtime")
    assert "Volgende: vandaag, 22:00" in line(page, "dose-bedtime")
    clock.set("2026-11-21 22:30")
    assert "Volgende: morgen, 22:00" in line(planned.open("/reminders"), "dose-bedtime")


def test_a_dose_that_is_noted_comes_again_tomorrow(planned: Browser, clock: Clock) -> None:
    clock.set("2026-11-21 21:10")
    switch(planned.open("/reminders"), "dose-bedtime")
    planned.open("/today").send(action="/today/taken")
    assert "morgen, 22:00" in line(planned.open("/reminders"), "dose-bedtime")


def test_after_the_last_day_of_the_plan_nothing_is_to_come(planned: Browser, clock: Clock) -> None:
    switch(planned.open("/reminders"), "dose-bedtime")
    clock.set("2026-12-28 12:00")
    page = planned.open("/reminders")
    assert page.has("Nothing to come: no confirmed step has this dose.")


def test_the_next_step_is_announced_three_days_and_one_day_before(planned: Browser, clock: Clock) -> None:
    page = switch(planned.open("/reminders"), "step")
    assert "vrijdag 27 november, 18:00" in line(page, "step")  # the step begins on Monday the 30th
    clock.set("2026-11-27 18:01")
    assert "zondag 29 november, 18:00" in line(planned.open("/reminders"), "step")


def test_off_again_keeps_its_time(house: House, planned: Browser) -> None:
    planned.open("/reminders/edit/diary").send({"at": "07:45"})
    page = switch(planned.open("/reminders"), "diary")
    assert "07:45" in line(page, "diary")
    [row] = rows(house, "reminder")
    assert (row["active"], row["next_due"]) == (False, None)
    page = switch(page, "diary")
    assert "Elke dag · 07:45" in line(page, "diary")
    assert len(rows(house, "reminder")) == 1


def test_own_time_on_chosen_days(house: House, planned: Browser) -> None:
    page = planned.open("/reminders/edit/diary").send({"at": "09:30", "every": "some", "days": ["mon", "thu"]})
    assert "Maandag en donderdag · 09:30" in line(page, "diary")
    assert "maandag 23 november, 09:30" in line(page, "diary")
    [row] = rows(house, "reminder")
    assert (row["at"], row["days"], row["next_local"]) == ("09:30", '["mon", "thu"]', "2026-11-23T09:30")
    assert planned.open("/reminders/edit/diary").values()["days"] == ["mon", "thu"]


def test_a_refused_form_comes_back_with_everything_in_it(house: House, planned: Browser) -> None:
    page = planned.open("/reminders/edit/diary").send({"at": "25:00", "every": "some", "days": []}, expect=422)
    assert page.errors("at")
    assert page.errors("every")
    assert page.values()["at"] == ["25:00"]
    page = planned.open("/reminders/edit/diary").send({"at": "", "every": "some", "days": ["sun"]}, expect=422)
    assert page.values()["days"] == ["sun"]
    assert rows(house, "reminder") == []


def test_a_time_inside_quiet_hours_is_refused_beside_the_field(house: House, planned: Browser) -> None:
    quiet = {"quiet": True, "quiet_from": "21:30", "quiet_until": "07:00"}
    planned.open("/reminders").send(quiet, action="/reminders/how")
    page = planned.open("/reminders/edit/diary").send({"at": "06:59"}, expect=422)
    assert "21:30" in page.errors("at")
    planned.open("/reminders/edit/diary").send({"at": "07:00"})
    assert len(rows(house, "reminder")) == 1


def test_one_tap_on_a_time_inside_quiet_hours_asks_for_another_time(house: House, planned: Browser) -> None:
    quiet = {"quiet": True, "quiet_from": "21:30", "quiet_until": "07:00"}
    planned.open("/reminders").send(quiet, action="/reminders/how")
    page = switch(planned.open("/reminders"), "dose-bedtime")
    assert page.address == "/reminders/edit/dose-bedtime"
    assert rows(house, "reminder") == []


def test_quiet_hours_around_a_reminder_that_is_on_are_refused(house: House, planned: Browser) -> None:
    switch(planned.open("/reminders"), "dose-bedtime")
    typed = {"quiet": True, "quiet_from": "21:30", "quiet_until": "07:00", "fuller": True}
    page = planned.open("/reminders").send(typed, action="/reminders/how", expect=422)
    assert "22:00" in page.errors("quiet_from")
    sent = page.values("/reminders/how")
    assert (sent["quiet_from"], sent["fuller"]) == (["21:30"], ["yes"])
    assert rows(house, "reminder_choice") == []
    page = planned.open("/reminders").send(
        {"quiet": True, "quiet_from": "x", "quiet_until": ""}, action="/reminders/how", expect=422
    )
    assert page.errors("quiet_from")


def test_the_example_of_a_lock_screen_names_the_medicine_of_the_person(alice: Browser) -> None:
    typed_rows(alice, [({"bedtime": "5"}, "14")], start="2026-11-23")
    how = line(alice.open("/reminders"), "how")
    assert "diazepam" in how
    assert "lormetazepam" not in how


def test_the_lock_screen_says_more_only_by_choice_with_both_texts_shown(house: House, planned: Browser) -> None:
    page = planned.open("/reminders")
    assert "Andante · Even voor jezelf" in page.text
    assert "diazepam" in page.text
    assert "fuller" not in page.values("/reminders/how")
    page.send({"fuller": True}, action="/reminders/how")
    assert rows(house, "reminder_choice")[0]["fuller"] is True


def test_the_same_wall_time_after_a_journey(house: House, planned: Browser) -> None:
    planned.open("/reminders/edit/diary").send({"at": "09:00"})
    before = rows(house, "reminder")[0]["next_due"]
    page = planned.open("/reminders/zone").send({"zone": "America/New_York"})
    assert "New York" in page.text
    [row] = rows(house, "reminder")
    assert row["next_local"] == "2026-11-22T09:00"
    assert row["next_due"] - before == timedelta(hours=6)
    assert rows(house, "person")[0]["zone"] == "America/New_York"


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../etc/passwd", "localtime", "Europe/"])
def test_a_zone_that_is_none_is_refused(house: House, planned: Browser, zone: str) -> None:
    planned.post("/reminders/zone", {"zone": zone}, expect=422)
    assert rows(house, "person")[0]["zone"] == "Europe/Brussels"


@pytest.mark.parametrize(
    "name", ["", "x", "dose", "dose-tea", "diary-bedtime", "appointment", "kind_word", "dose-bedtime-2"]
)
def test_what_cannot_remind_is_not_found(house: House, planned: Browser, name: str) -> None:
    planned.post("/reminders/switch", {"name": name, "do": "on"}, expect=404)
    if name:
        planned.get(f"/reminders/edit/{name}", expect=404)
    assert rows(house, "reminder") == []


def test_from_today_one_tap_and_the_offer_is_gone(house: House, planned: Browser) -> None:
    page = planned.open("/today").send(action="/reminders/switch")
    assert page.address == "/reminders#dose-bedtime"
    assert page.has("It is on. Here you see when it comes next.")
    assert rows(house, "reminder")[0]["key"] == "bedtime"
    assert "/reminders/switch" not in planned.open("/today").markup


def test_today_plan_and_account_lead_here(planned: Browser) -> None:
    for address in ("/today", "/plan", "/account"):
        assert "/reminders" in planned.open(address).links()


def test_the_account_says_what_is_there(planned: Browser) -> None:
    assert planned.open("/account").has("No reminder is on")
    switch(planned.open("/reminders"), "diary")
    assert "1 herinnering staat aan" in planned.open("/account").text


# Consent


def test_a_reminder_asks_for_the_consent_it_needs(app: Flask, house: House) -> None:
    undecided = joined(app, "alice", purposes=("diary",))
    answer = undecided.post("/reminders/switch", {"name": "step", "do": "on"})
    assert answer.headers["Location"].startswith("/consent?next=")
    undecided.post("/reminders/switch", {"name": "diary", "do": "on"})
    assert [row["kind"] for row in rows(house, "reminder")] == ["diary"]


def test_consent_withdrawn_stops_what_it_was_for(house: House, planned: Browser) -> None:
    for name in ("dose-bedtime", "diary"):
        switch(planned.open("/reminders"), name)
    planned.open("/reminders/calendar").send()
    device(house)
    planned.open("/consent").send({"purpose": ["diary"]})
    assert [row["kind"] for row in rows(house, "reminder")] == ["diary"]
    assert rows(house, "feed") == []
    assert len(rows(house, "subscription")) == 1
    planned.open("/consent").send({"purpose": []})
    for table in ("reminder", "feed", "subscription", "delivery", "reminder_choice", "mail_address"):
        assert rows(house, table) == [], table


# Devices


def device(house: House, **more: datetime | None) -> str:
    made = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    kept = Subscription(
        id=str(uuid4()),
        origin="https://push.example",
        endpoint=f"https://push.example/{uuid4()}",
        p256dh="p",
        auth="a",
        key="k",
        device="Firefox · Android",
        made_at=made,
        seen_at=made,
        **more,
    )
    with house.store.write() as unit:
        subscriptions.keep(unit, person_named(house, "alice").id, kept)
    return kept.id


def test_each_device_says_when_one_last_arrived(house: House, alice: Browser) -> None:
    at = datetime(2026, 11, 20, 20, 45, tzinfo=UTC)
    device(house, handed_at=at, shown_at=at + timedelta(seconds=3))
    page = alice.open("/reminders")
    assert "Firefox · Android" in page.text
    assert "Laatst ontvangen: gisteren, 21:45" in page.text
    assert page.all("p", class_="notice-check") == []
    assert page.form("/push/test") is not None


def test_silence_is_noticed_and_other_ways_are_offered(house: House, alice: Browser, clock: Clock) -> None:
    handed = clock() - timedelta(minutes=119)
    device(house, handed_at=handed, shown_at=handed - timedelta(days=1))
    assert alice.open("/reminders").all("p", class_="notice-check") == []
    clock.forward(minutes=1)
    page = alice.open("/reminders")
    assert len(page.all("p", class_="notice-check")) == 1
    assert "#without-push" in page.links()


def test_a_device_that_is_gone_is_said_and_can_be_taken_away(
    house: House, alice: Browser, charlie: Browser, clock: Clock
) -> None:
    gone = device(house, gone_at=clock())
    page = alice.open("/reminders")
    assert len(page.all("p", class_="notice-check")) == 1
    charlie.client.post("/push/subscriptions/forget", data={"device": gone}, headers={"Origin": charlie.origin})
    assert len(rows(house, "subscription")) == 1
    assert page.form("/push/subscriptions/forget") is not None
    alice.client.post("/push/subscriptions/forget", data={"device": gone}, headers={"Origin": alice.origin})
    assert rows(house, "subscription") == []


def test_with_something_on_and_no_place_to_go_the_page_says_so(planned: Browser, house: House) -> None:
    page = switch(planned.open("/reminders"), "diary")
    assert page.by_id("first") is not None
    assert len(page.all("button", data_push_subscribe="")) == 1
    device(house)
    page = planned.open("/reminders")
    assert page.by_id("first") is None
    assert len(page.all("button", data_push_subscribe="")) == 1


def test_strangers_do_not_see_it(app: Flask, planned: Browser) -> None:
    switch(planned.open("/reminders"), "diary")
    assert newcomer(app).get("/reminders", expect=303).headers["Location"].startswith("/sign-in")

"""The private calendar: an address that only its person knows, with exactly the confirmed days, parsed back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from icalendar import Calendar, Event

from companion.bootstrap import House
from companion.domain.bending import Bend
from companion.domain.plan_change import Why
from companion.domain.reminder import Kind
from companion.services.agenda import events_of
from companion.services.bend_plan import bend_plan
from companion.services.change_plan import confirm_rows
from companion.services.plan_view import plan_of
from companion.services.set_reminders import set_habit, turn_on
from companion.web.app import create_app
from tests.build import BRUSSELS, Clock, open_house, rows
from tests.confirmed import HALVES, confirmed_plan, person_named, rows_plan, tablet
from tests.people import joined, newcomer
from tests.web.fetcher import Browser

Days = list[datetime]


@pytest.fixture
def planned(house: House, alice: Browser, clock: Clock) -> Browser:
    """One and a half, one, a half at bedtime; 16 November to 27 December. Doses and steps are on."""
    person = person_named(house, "alice")
    confirmed_plan(house, person, HALVES, clock())
    turn_on(house.store, person, Kind.DOSE, "bedtime", clock())
    turn_on(house.store, person, Kind.STEP, "", clock())
    return alice


wall = datetime.fromisoformat


def address(browser: Browser) -> str:
    page = browser.open("/reminders/calendar")
    [field] = page.all("input", id="address")
    parts = urlsplit(field.get("value", ""))
    assert f"{parts.scheme}://{parts.netloc}" == browser.origin
    return f"{parts.path}?{parts.query}"


def made(browser: Browser) -> str:
    browser.open("/reminders/calendar").send()
    return address(browser)


def calendar(app: Flask, where: str) -> Calendar:
    """As a calendar program asks for it: no cookies, no language."""
    answer = app.test_client().get(where)
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    return Calendar.from_ical(answer.get_data())


def events(found: Calendar) -> list[Event]:
    return list(found.walk("VEVENT"))


def days_of(event: Event) -> Iterator[datetime]:
    """Every start of an event, on the wall; an independent reading of the rules we use (DAILY, WEEKLY with BYDAY)."""
    start = event["DTSTART"].dt
    if "RRULE" not in event:
        yield start
        return
    rule = event["RRULE"]
    until = rule["UNTIL"][0].astimezone(BRUSSELS).replace(tzinfo=None)
    names = rule.get("BYDAY", ["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
    at = start.replace(tzinfo=None)
    while at <= until:
        if ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[at.weekday()] in names:
            yield at
        at += timedelta(days=1)


def all_doses(found: Calendar) -> Days:
    return sorted(at for event in events(found) if "RRULE" in event for at in days_of(event))


def test_there_is_no_address_before_someone_wants_one(house: House, planned: Browser) -> None:
    page = planned.open("/reminders/calendar")
    assert rows(house, "feed") == []
    assert page.all("input", id="address") == []


def test_exactly_the_confirmed_days_each_once(app: Flask, planned: Browser) -> None:
    found = calendar(app, made(planned))
    expected = [wall("2026-11-16 22:00") + timedelta(days=n) for n in range(42)]
    assert all_doses(found) == expected
    steps = [event["DTSTART"].dt for event in events(found) if "RRULE" not in event]
    assert steps == [date(2026, 11, 30), date(2026, 12, 14)]


def test_the_zone_is_said_with_its_changes(app: Flask, planned: Browser) -> None:
    found = calendar(app, made(planned))
    [zone] = list(found.walk("VTIMEZONE"))
    assert zone["TZID"] == "Europe/Brussels"
    assert {part.name for part in zone.subcomponents} == {"STANDARD", "DAYLIGHT"}
    for event in events(found):
        if "RRULE" in event:
            assert event["DTSTART"].params["TZID"] == "Europe/Brussels"
            assert "Z" not in event["DTSTART"].to_ical().decode()
            assert event["RRULE"]["UNTIL"][0].tzinfo is not None


def test_titles_and_names_tell_nothing_unless_fuller_was_chosen(app: Flask, planned: Browser) -> None:
    where = made(planned)
    text = app.test_client().get(where).get_data(as_text=True).casefold()
    for word in ("diazepam", "mg", "dos", "tablet", "plan", "stap", "alice"):
        assert word not in text.replace("calscale", ""), word
    assert {str(event["SUMMARY"]) for event in events(calendar(app, where))} == {"Andante · Even voor jezelf"}
    planned.open("/reminders").send({"fuller": True}, action="/reminders/how")
    titles = {str(event["SUMMARY"]).replace("\u00a0", " ") for event in events(calendar(app, where))}
    assert "Andante · diazepam 1,5 mg" in titles
    assert "Een nieuwe stap: 0,5 mg per dag · diazepam" in titles


def uids(found: Calendar) -> dict[str, Any]:
    return {str(event["UID"]): event["DTSTART"].dt for event in events(found)}


def test_a_changed_plan_moves_its_events(app: Flask, house: House, planned: Browser, clock: Clock) -> None:
    where = made(planned)
    before = uids(calendar(app, where))
    person = person_named(house, "alice")
    [plan_id] = {row["id"] for row in rows(house, "plan")}
    assert bend_plan(house.store, person, plan_id, 1, Bend(Why.STAY, date(2026, 11, 21), 7), clock()) is None
    plan = plan_of(house.store, person, plan_id)
    assert plan is not None
    open_rows = [row.n for row in plan.rows]
    assert confirm_rows(house.store, person, plan_id, plan.kept.version, open_rows, "doctor", clock()) is None
    after = uids(calendar(app, where))
    assert set(after) == set(before)
    moved = {uid for uid in before if before[uid] != after[uid]}
    assert len(moved) == 4  # the second and third dose and their two steps
    for uid in moved:
        assert after[uid] - before[uid] == timedelta(days=7)
    assert len(all_doses(calendar(app, where))) == 49


def test_a_step_back_leaves_the_events_of_later_rows_their_names(
    app: Flask, house: House, planned: Browser, clock: Clock
) -> None:
    where = made(planned)
    before = uids(calendar(app, where))
    person = person_named(house, "alice")
    [plan_id] = {row["id"] for row in rows(house, "plan")}
    clock.set("2026-12-03 21:00")
    assert bend_plan(house.store, person, plan_id, 1, Bend(Why.BACK, date(2026, 12, 4), 7), clock()) is None
    plan = plan_of(house.store, person, plan_id)
    assert plan is not None
    open_rows = [row.n for row in plan.rows]
    assert confirm_rows(house.store, person, plan_id, plan.kept.version, open_rows, "doctor", clock()) is None
    assert len(plan.rows) > 3
    after = uids(calendar(app, where))
    assert set(before) <= set(after)
    lived = {uid for uid in before if before[uid] == after[uid]}
    later = set(before) - lived
    assert len(later) == 2  # half a tablet: its dose and its step
    moved = {after[uid] - before[uid] for uid in later}
    assert len(moved) == 1
    assert min(moved) > timedelta(0)


def test_sketches_are_not_in_it(app: Flask, house: House, alice: Browser, clock: Clock) -> None:
    person = person_named(house, "alice")
    confirmed_plan(house, person, HALVES, clock(), rows=[1])
    turn_on(house.store, person, Kind.DOSE, "bedtime", clock())
    turn_on(house.store, person, Kind.STEP, "", clock())
    found = calendar(app, made(alice))
    assert all_doses(found)[-1] == wall("2026-11-29 22:00")
    assert len(events(found)) == 1


def test_days_on_which_others_give_it_are_left_out(app: Flask, house: House, planned: Browser, clock: Clock) -> None:
    person = person_named(house, "alice")
    [plan_id] = {row["id"] for row in rows(house, "plan")}
    assert bend_plan(house.store, person, plan_id, 1, Bend(Why.HOSPITAL, date(2026, 11, 21), 3), clock()) is None
    plan = plan_of(house.store, person, plan_id)
    assert plan is not None
    numbers = [row.n for row in plan.rows]
    assert confirm_rows(house.store, person, plan_id, plan.kept.version, numbers, "doctor", clock()) is None
    days = {at.date() for at in all_doses(calendar(app, made(planned)))}
    assert not days & {date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 23)}
    assert {date(2026, 11, 20), date(2026, 11, 24)} <= days
    assert len(days) == 42


def test_two_plans_at_one_moment_are_one_event_a_day(app: Flask, house: House, planned: Browser, clock: Clock) -> None:
    other = rows_plan([({"bedtime": "2"}, 10)], [tablet("2")], "2026-11-20", medicine="zolpidem")
    confirmed_plan(house, person_named(house, "alice"), other, clock())
    days = all_doses(calendar(app, made(planned)))
    assert len(days) == len(set(days)) == 42
    planned.open("/reminders").send({"fuller": True}, action="/reminders/how")
    titles = [str(event["SUMMARY"]) for event in events(calendar(app, address(planned)))]
    assert any("diazepam" in title and "zolpidem" in title for title in titles)


def test_only_chosen_days_and_the_person_s_own_night(app: Flask, house: House, planned: Browser, clock: Clock) -> None:
    """At 00:30 it is still the evening before: Monday's dose stands on Tuesday."""
    person = person_named(house, "alice")
    assert set_habit(house.store, person, Kind.DOSE, "bedtime", "00:30", "some", ["tue"], clock()) is None
    days = all_doses(calendar(app, made(planned)))
    assert days[0] == wall("2026-11-17 00:30")
    assert {at.weekday() for at in days} == {1}
    assert len(days) == 6


def test_every_event_rings_and_appointments_keep_their_words_to_themselves(app: Flask, planned: Browser) -> None:
    typed = {"what": "Psychiater", "day": "2026-11-26", "time": "14:00", "before": "two-hours"}
    planned.open("/reminders/appointments/new").send(typed)
    where = made(planned)
    found = calendar(app, where)
    for event in events(found):
        assert event.walk("VALARM"), event["SUMMARY"]
        assert event["CLASS"] == "PRIVATE"
    [appointment] = [event for event in events(found) if "Afspraak" in event["SUMMARY"]]
    assert appointment["DTSTART"].dt.replace(tzinfo=None) == wall("2026-11-26 14:00")
    assert appointment.walk("VALARM")[0]["TRIGGER"].dt == timedelta(hours=-2)
    assert "Psychiater" not in found.to_ical().decode()


def test_any_other_address_is_not_found(app: Flask, planned: Browser) -> None:
    where = made(planned)
    token = where.split("=")[1]
    stranger = app.test_client()
    for wrong in ("", "x", token[:-1], token + "x", token.swapcase(), "%00", "a" * 5000):
        assert stranger.get("/calendar.ics", query_string={"token": wrong}).status_code == 404
    assert stranger.get("/calendar.ics").status_code == 404


def test_the_answer_sets_no_cookie_and_is_kept_nowhere(app: Flask, planned: Browser) -> None:
    answer = planned.client.get(made(planned), base_url=planned.origin)
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_address_is_renewed_and_switched_off(app: Flask, house: House, planned: Browser) -> None:
    first = made(planned)
    assert first.split("=")[1] not in str(rows(house, "feed"))
    planned.open("/reminders/calendar").send(button="renew")
    second = address(planned)
    assert app.test_client().get(first).status_code == 404
    assert app.test_client().get(second).status_code == 200
    planned.open("/reminders/calendar").send(button="stop")
    assert app.test_client().get(second).status_code == 404
    assert rows(house, "feed") == []


def test_the_page_says_when_a_calendar_last_looked(app: Flask, planned: Browser, clock: Clock) -> None:
    where = made(planned)
    assert planned.open("/reminders/calendar").has("No calendar has looked yet.")
    calendar(app, where)
    assert "vandaag, 22:00" in planned.open("/reminders/calendar").text
    clock.forward(minutes=30)
    calendar(app, where)
    assert "vandaag, 22:00" in planned.open("/reminders/calendar").text


def test_a_file_to_take_along_once(planned: Browser, app: Flask) -> None:
    answer = planned.get("/reminders/calendar/file")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="andante.ics"'
    assert len(all_doses(Calendar.from_ical(answer.get_data()))) == 42
    assert newcomer(app).get("/reminders/calendar/file", expect=303).headers["Location"].startswith("/sign-in")


def test_strangers_have_their_own(app: Flask, planned: Browser, charlie: Browser) -> None:
    made(planned)
    assert events(calendar(app, made(charlie))) == []


def test_there_are_limits(house: House, alice: Browser, clock: Clock) -> None:
    person = person_named(house, "alice")
    long = rows_plan([({"bedtime": "1"}, 1)] * 1500, [tablet("1")], "2026-11-16")
    confirmed_plan(house, person, long, clock())
    turn_on(house.store, person, Kind.STEP, "", clock())
    with house.store.read() as unit:
        assert len(events_of(unit, person, clock())) == 1000


def test_behind_https_the_address_is_the_configured_one(
    app: Flask, tmp_path: Any, clock: Clock, empty_database: Any
) -> None:
    site = "https://andante.example"
    with open_house(tmp_path / "https", clock, empty_database, base_url=site, preview=False) as house:
        browser = Browser(create_app(house), "nl", origin=site)
        browser.post("/join", {"name": "alice", "passphrase": "seven quiet yellow boats", "adult": "yes"})
        browser.post("/consent", {"purpose": ["plan"]})
        page = browser.open("/reminders/calendar").send()
        assert page.all("input", id="address")[0].get("value", "").startswith(site + "/calendar.ics?token=")


def test_without_consent_for_the_plan_it_asks_first(app: Flask) -> None:
    undecided = joined(app, "alice", purposes=("diary",))
    assert undecided.open("/reminders/calendar").address.startswith("/consent")

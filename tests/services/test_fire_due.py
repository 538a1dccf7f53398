"""Every reminder that is due and still useful arrives once."""

from __future__ import annotations

import itertools
import json
import logging
from datetime import date, timedelta
from typing import Any

import pytest

from companion.bootstrap import House
from companion.domain.bending import Bend
from companion.domain.consent import Purpose
from companion.domain.entry import Kind as EntryKind
from companion.domain.plan_change import Why
from companion.domain.reminder import Every, Kind, Once, Quiet, Weekdays
from companion.services.bend_plan import bend_plan
from companion.services.change_plan import end_plan
from companion.services.set_reminders import turn_off
from companion.storage import people, reminders
from companion.storage.reminders import Choice
from tests.build import Clock, rows
from tests.services.lives import NIGHT
from tests.services.reminding import AT_BEDTIME, TWICE, Someone, Ticker, someone, spoil


def test_a_dose_reminder_arrives_at_its_time_and_once(ann: Someone, ticker: Ticker, clock: Clock) -> None:
    ann.plan()
    ann.remind(Kind.DOSE, "21:45", "bedtime")
    ticker.until("2026-11-21 21:40")
    assert ann.shown() == []
    ticker.until("2026-11-21 23:59")
    assert ann.shown() == ["dose 11-21 21:45"]
    ticker.until("2026-11-22 00:00")
    ticker.until("2026-11-23 12:00", minutes=15)
    assert ann.shown() == ["dose 11-21 21:45", "dose 11-22 21:45"]
    assert len(ann.phones[0].received) == 2


def test_what_leaves_is_discreet_and_can_be_answered(ann: Someone, ticker: Ticker) -> None:
    plan = ann.plan()
    ann.remind(Kind.DOSE, "21:45", "bedtime")
    ticker.until("2026-11-21 21:45")
    [said] = ann.phones[0].texts
    [got] = ann.phones[0].received
    assert said["web_push"] == 8030
    assert "diazepam" not in json.dumps(said).lower()
    assert said["notification"]["title"] == "Andante"
    data = {"plan": plan, "moment": "bedtime", "mg": "1.5", "taken": True}
    assert said["andante"]["entries"] == [{"kind": "dose", "day": "2026-11-21", "data": data}]
    assert got.headers["TTL"] == str(2 * 3600)
    assert got.headers["Urgency"] == "high"
    assert got.headers["Topic"] == said["notification"]["tag"]


def test_nothing_before_the_first_day_or_after_the_last(ann: Someone, ticker: Ticker, clock: Clock) -> None:
    ann.plan(AT_BEDTIME | {"start": "2026-11-23"})
    ann.remind(Kind.DOSE, "21:45", "bedtime")
    ticker.until("2026-11-24 12:00", hours=1)
    assert len(ann.shown()) == 1
    clock.set("2026-12-19 12:00")
    ticker.until("2026-12-24 12:00", hours=1)  # the plan's last dose is on 20 December
    assert len(ann.shown()) == 1 + 2


def test_a_dose_that_was_noted_is_not_reminded_of(ann: Someone, ticker: Ticker) -> None:
    plan = ann.plan()
    ann.remind(Kind.DOSE, "21:45", "bedtime")
    ann.take(plan, date(2026, 11, 21))
    ticker.until("2026-11-21 23:00")
    assert ann.shown() == []
    ticker.until("2026-11-22 23:00")
    assert ann.shown() == ["dose 11-22 21:45"]


def test_two_plans_at_one_moment_are_one_reminder_and_half_noted_is_the_other_half(
    ann: Someone, ticker: Ticker
) -> None:
    first = ann.plan()
    second = ann.plan(AT_BEDTIME | {"medicine": "zolpidem"})
    ann.remind(Kind.DOSE, "21:45", "bedtime")
    ticker.until("2026-11-21 22:00")
    [said] = ann.phones[0].texts
    assert {each["data"]["plan"] for each in said["andante"]["entries"]} == {first, second}
    ann.take(first, date(2026, 11, 22))
    ticker.until("2026-11-22 22:00")
    assert [each["data"]["plan"] for each in ann.phones[0].texts[1]["andante"]["entries"]] == [second]


def test_after_midnight_it_is_still_the_evening_before(ann: Someone, ticker: Ticker) -> None:
    plan = ann.plan()
    ann.remind(Kind.DOSE, "00:30", "bedtime")
    ticker.until("2026-11-22 01:00")
    assert [each["andante"]["entries"][0]["day"] for each in ann.phones[0].texts] == ["2026-11-21"]
    ann.take(plan, date(2026, 11, 22))
    ticker.until("2026-11-23 01:00")
    assert len(ann.phones[0].texts) == 1


def test_a_changed_plan_needs_no_change_of_its_reminders(
    ann: Someone, ticker: Ticker, house: House, clock: Clock
) -> None:
    plan = ann.plan()
    ann.remind(Kind.DOSE, "21:45", "bedtime")
    hospital = Bend(Why.HOSPITAL, date(2026, 11, 22), 2)
    assert bend_plan(house.store, ann.person, plan, 1, hospital, clock()) is None
    ticker.until("2026-11-24 12:00", hours=1)
    assert [each[:10] for each in ann.shown()] == ["dose 11-21"]  # not while others give it
    end_plan(house.store, ann.person, plan, clock())
    ticker.until("2026-11-26 12:00", hours=1)
    assert len(ann.shown()) == 1


def test_a_sketch_reminds_of_nothing(ann: Someone, ticker: Ticker, house: House) -> None:
    ann.plan()
    with house.store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM confirmation")
    ann.remind(Kind.DOSE, "21:45", "bedtime")
    ticker.until("2026-11-22 12:00", hours=1)
    assert ann.shown() == []


def test_each_moment_reminds_for_itself_and_ends_at_the_next(ann: Someone, ticker: Ticker) -> None:
    ann.plan(TWICE)
    ann.remind(Kind.DOSE, "21:45", "bedtime")
    ann.remind(Kind.DOSE, "21:15", "morning")
    ticker.until("2026-11-21 23:00")
    assert ann.shown() == ["dose 11-21 21:15", "dose 11-21 21:45"]
    assert [each.headers["TTL"] for each in ann.phones[0].received] == ["1800", "7200"]


def test_every_phone_gets_it_and_nobody_without_a_phone_has_a_delivery(
    ann: Someone, ticker: Ticker, house: House
) -> None:
    ann.plan()
    ann.phone()
    ann.remind(Kind.DOSE, "21:45", "bedtime")
    bob = someone(house, ann.clock, ann.service, "bob")
    bob.plan()
    bob.remind(Kind.DOSE, "21:45", "bedtime")
    ticker.until("2026-11-21 22:00")
    assert ann.shown(0) == ann.shown(1) == ["dose 11-21 21:45"]
    assert len(rows(house, "delivery")) == 2


def test_off_is_off_and_without_consent_nothing_is_said(ann: Someone, ticker: Ticker, house: House) -> None:
    ann.plan()
    ann.remind(Kind.DOSE, "21:45", "bedtime")
    ann.remind(Kind.DIARY, "09:00")
    turn_off(house.store, ann.person, Kind.DIARY, "", ann.clock())
    with house.store.write(ann.person.id) as unit:
        people.withdraw_consent(unit, ann.person.id, Purpose.PLAN, ann.clock())
    ticker.until("2026-11-23 12:00", hours=1)
    assert ann.shown() == []


# What else reminds


def test_last_night_until_it_is_logged(ann: Someone, ticker: Ticker) -> None:
    ann.remind(Kind.DIARY, "09:00")
    ann.note(EntryKind.NIGHT, date(2026, 11, 23), NIGHT)
    ticker.until("2026-11-24 12:00", hours=1)
    assert ann.shown() == ["diary 11-22 09:00", "diary 11-24 09:00"]


def test_a_step_is_told_three_days_and_one_day_before(ann: Someone, ticker: Ticker) -> None:
    ann.plan()  # its second row begins on 30 November, the first day without is 14 December
    ann.remind(Kind.STEP, "18:00")
    ticker.until("2026-12-20 12:00", hours=3)
    assert ann.shown() == ["step 11-27 18:00", "step 11-29 18:00", "step 12-11 18:00", "step 12-13 18:00"]


def test_the_symptom_list_when_it_is_due_and_not_every_day(ann: Someone, ticker: Ticker) -> None:
    ann.plan()
    ann.remind(Kind.SYMPTOMS, "18:00")
    ticker.until("2026-12-01 12:00", hours=3)
    told = ann.shown()
    assert told
    assert all(each.startswith("symptoms") for each in told)
    days = [int(each[12:14]) for each in told if "11-" in each]
    assert all(later - earlier >= 3 for earlier, later in itertools.pairwise(days))


def test_an_appointment_once_and_not_after_it_began(ann: Someone, ticker: Ticker, house: House) -> None:
    words = {"what": "huisarts", "day": "2026-11-24", "time": "10:00", "before": "hour"}
    ann.remind(Kind.APPOINTMENT, "09:00", "one", Once(date(2026, 11, 24)), words)
    ticker.until("2026-11-30 12:00", hours=1)
    assert ann.shown() == ["appointment 11-24 09:00"]
    assert ann.phones[0].received[0].headers["TTL"] == "3600"
    assert "huisarts" not in str(ann.phones[0].texts)
    assert "huisarts" not in str(rows(house, "delivery"))
    assert [row["next_due"] for row in rows(house, "reminder")] == [None]


def test_days_of_the_week_and_every_so_many_days(ann: Someone, ticker: Ticker) -> None:
    ann.remind(Kind.DIARY, "09:00", days=Weekdays(frozenset({0, 3})))
    ticker.until("2026-11-28 12:00", hours=1)
    assert ann.shown() == ["diary 11-23 09:00", "diary 11-26 09:00"]
    ann.remind(Kind.DIARY, "10:00", days=Every(14, date(2026, 11, 29)))
    ticker.until("2026-12-15 12:00", hours=1)
    assert ann.shown()[2:] == ["diary 11-29 10:00", "diary 12-13 10:00"]


# Quiet hours


def test_nothing_leaves_in_quiet_hours_and_what_is_useful_comes_after_them(
    ann: Someone, ticker: Ticker, house: House
) -> None:
    ann.plan()
    ann.remind(Kind.DOSE, "21:45", "bedtime")
    ann.remind(Kind.DIARY, "06:30")
    with house.store.write(ann.person.id) as unit:
        reminders.choose(unit, ann.person.id, Choice(quiet=Quiet(_time("21:30"), _time("08:00"))), ann.clock())
    ticker.until("2026-11-22 12:00")
    assert ann.shown() == ["diary 11-22 08:00"]
    assert sorted(row["state"] for row in rows(house, "delivery")) == ["handed", "lapsed"]


def test_a_phone_that_is_off_shows_nothing_in_quiet_hours(ann: Someone, ticker: Ticker, house: House) -> None:
    ann.plan()
    ann.remind(Kind.DOSE, "21:45", "bedtime")
    with house.store.write(ann.person.id) as unit:
        reminders.choose(unit, ann.person.id, Choice(quiet=Quiet(_time("22:15"), _time("08:00"))), ann.clock())
    ticker.until("2026-11-21 22:00")
    assert ann.phones[0].received[0].headers["TTL"] == str(30 * 60)


def _time(text: str) -> Any:
    from datetime import time

    return time.fromisoformat(text)


# One bad row


@pytest.mark.parametrize(
    "nonsense",
    [
        {"at": "99:99"},
        {"days": "sometimes"},
        {"days": '{"every": 0, "from": "2026-11-21"}'},
        {"kind": "coffee"},
        {"key": "midnight"},
        {"words": "1.broken"},
        {"next_local": "yesterday"},
    ],
)
def test_a_reminder_that_cannot_be_read_stops_no_other(
    ann: Someone, ticker: Ticker, house: House, nonsense: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    ann.plan()
    ann.remind(Kind.DOSE, "21:45", "bedtime")
    spoil(house, "reminder", **nonsense)
    bob = someone(house, ann.clock, ann.service, "bob")
    bob.phone()
    bob.plan()
    bob.remind(Kind.DOSE, "21:45", "bedtime")
    with caplog.at_level(logging.ERROR):
        ticker.until("2026-11-21 23:00")
    assert bob.shown() == ["dose 11-21 21:45"]
    assert ann.person.name not in caplog.text
    assert ann.person.id not in caplog.text


def test_a_person_or_a_plan_that_cannot_be_read_stops_no_other(ann: Someone, ticker: Ticker, house: House) -> None:
    ann.plan()
    ann.remind(Kind.DOSE, "21:45", "bedtime")
    spoil(house, "plan_version", document="{broken")
    spoil(house, "person", day_turn="25:61")
    bob = someone(house, ann.clock, ann.service, "bob")
    bob.phone()
    bob.plan()
    bob.remind(Kind.DOSE, "21:45", "bedtime")
    ticker.until("2026-11-21 23:00")
    assert bob.shown() == ["dose 11-21 21:45"]
    spoil(house, "person", day_turn="05:00")
    ticker.until("2026-11-22 22:00")
    assert len(bob.shown()) == 2


def test_a_plan_that_is_mended_in_time_is_still_reminded_of(ann: Someone, ticker: Ticker, house: House) -> None:
    ann.plan()
    ann.remind(Kind.DOSE, "21:45", "bedtime")
    document = rows(house, "plan_version")[0]["document"]
    spoil(house, "plan_version", document="{broken")
    ticker.until("2026-11-21 21:50")
    spoil(house, "plan_version", document=document)
    ticker.until("2026-11-21 23:00")
    assert ann.shown() == ["dose 11-21 22:00"]


def test_a_delivery_that_cannot_be_read_stops_no_other(ann: Someone, ticker: Ticker, house: House) -> None:
    ann.plan()
    ann.remind(Kind.DOSE, "21:45", "bedtime")
    ann.remind(Kind.DIARY, "21:45")
    ticker.patience = 0.2
    spoil(house, "subscription", endpoint="1.broken")
    spoil(house, "reminder_choice", quiet_from="late", quiet_until="early")
    ticker.until("2026-11-21 21:45")
    spoil(house, "delivery", data="[]")
    ticker.until("2026-11-21 23:00")
    assert ann.shown() == []
    bob = someone(house, ann.clock, ann.service, "bob")
    bob.phone()
    bob.plan()
    bob.remind(Kind.DOSE, "23:30", "bedtime")
    ticker.until("2026-11-21 23:45")
    assert bob.shown() == ["dose 11-21 23:30"]


# Missed hours


def test_after_a_day_down_the_latest_useful_one_and_no_flood(ann: Someone, ticker: Ticker, clock: Clock) -> None:
    ann.plan()
    ann.remind(Kind.DOSE, "21:45", "bedtime")
    ann.remind(Kind.DIARY, "09:00")
    clock.set("2026-11-24 10:00")
    ticker.round()
    assert ann.shown() == ["diary 11-24 10:00"]
    clock.set("2026-11-25 23:00")
    ticker.round()
    assert ann.shown() == ["diary 11-24 10:00", "dose 11-25 23:00"]
    assert len(ann.phones[0].received) == 2


def test_what_is_over_is_forgotten_after_a_month(ann: Someone, ticker: Ticker, house: House, clock: Clock) -> None:
    ann.remind(Kind.DIARY, "09:00")
    ticker.until("2026-11-22 12:00", hours=1)
    assert len(rows(house, "delivery")) == 1
    turn_off(house.store, ann.person, Kind.DIARY, "", clock())
    clock.forward(days=31)
    ticker.round()
    assert rows(house, "delivery") == []


def test_many_batches_side_by_side_give_each_once(ann: Someone, ticker: Ticker, house: House) -> None:
    everyone = [ann]
    for number in range(25):
        each = someone(house, ann.clock, ann.service, f"p{number}")
        each.phone()
        everyone.append(each)
    for each in everyone:
        each.remind(Kind.DIARY, "13:00")
    ann.clock.forward(hours=1)
    done = ticker.round(batch=4)
    assert (done.due, done.written, done.taken) == (26, 26, 26)
    assert all(len(each.phones[0].received) == 1 for each in everyone)


def test_the_time_a_round_is_due_follows_the_rows(ann: Someone, ticker: Ticker, clock: Clock) -> None:
    from companion.services.fire_due import next_at

    assert next_at(ann.house.store) is None
    ann.remind(Kind.DIARY, "13:00")
    assert next_at(ann.house.store) == clock() + timedelta(hours=1)

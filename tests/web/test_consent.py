"""Consent: separate, unticked, purpose by purpose, before anything is kept; as easy to withdraw."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from companion.bootstrap import House
from companion.domain.consent import TEXT_VERSION
from tests.build import Clock, kept, rows
from tests.people import joined
from tests.web.fetcher import Browser

FOR_DIARY = ("/diary/2026-11-21", "/symptoms/new")
FOR_PLAN = ("/plan/new", "/plan/new/medicine", "/today/extra")


@pytest.fixture
def undecided(app: Flask) -> Browser:
    return joined(app, "alice", purposes=())


def test_the_boxes_are_not_ticked_beforehand_and_are_separate(undecided: Browser) -> None:
    page = undecided.open("/consent")
    assert [box.get("value") for box in page.all("input", name="purpose")] == ["plan", "diary", "outcomes"]
    assert "purpose" not in page.values()


@pytest.mark.parametrize("address", [*FOR_DIARY, *FOR_PLAN])
def test_nothing_can_be_kept_before_consent(house: House, undecided: Browser, address: str) -> None:
    page = undecided.open(address)
    assert page.address.startswith("/consent?next=")
    before = kept(house)
    if address != "/plan/new":
        undecided.post(address, {"up": "06:00", "mg": "1", "medicine": "diazepam", "answers[1]": "1"})
    assert kept(house) == before


def test_after_saying_yes_someone_arrives_where_they_were_going(undecided: Browser) -> None:
    page = undecided.open("/diary/2026-11-21").send({"purpose": ["diary"]})
    assert page.address == "/diary/2026-11-21"
    assert undecided.open("/plan/new").address.startswith("/consent")


def test_the_first_yes_to_a_plan_leads_to_its_questions_and_only_the_first(undecided: Browser) -> None:
    assert undecided.open("/consent").send({"purpose": ["diary"]}).address == "/today"
    assert undecided.open("/consent").send({"purpose": []}).address == "/today"
    page = undecided.open("/consent").send({"purpose": ["plan", "diary"]})
    assert page.address == "/plan/new/medicine"
    assert "/today" in page.links()
    assert undecided.open("/consent").send({"purpose": ["plan"]}).address == "/today"


def test_what_was_said_when_and_to_which_text_is_kept(house: House, clock: Clock, undecided: Browser) -> None:
    undecided.open("/consent").send({"purpose": ["plan"]})
    [consent] = rows(house, "consent")
    assert (consent["purpose"], consent["text_version"], consent["language"]) == ("plan", TEXT_VERSION, "nl")
    assert consent["withdrawn_at"] is None
    assert consent["given_at"].replace(tzinfo=None) == clock().replace(tzinfo=None)
    assert undecided.open("/consent").values()["purpose"] == ["plan"]


def test_withdrawing_stands_on_the_same_page_and_works_at_once(house: House, clock: Clock, alice: Browser) -> None:
    alice.open("/diary/2026-11-20").send({"up": "06:30"})
    clock.forward(days=1)
    alice.open("/consent").send({"purpose": ["plan"]})
    diary = next(each for each in rows(house, "consent") if each["purpose"] == "diary")
    assert diary["withdrawn_at"].replace(tzinfo=None) - diary["given_at"].replace(tzinfo=None) == timedelta(days=1)
    before = kept(house)
    alice.post("/diary/2026-11-21", {"up": "07:00"}, expect=303)
    assert kept(house) == before
    assert alice.open("/diary/2026-11-21").address.startswith("/consent")
    alice.open("/today")
    alice.open("/history")
    alice.open("/plan/new")


def test_saying_yes_again_is_a_new_consent_beside_the_old(house: House, clock: Clock, alice: Browser) -> None:
    alice.open("/consent").send({"purpose": []})
    clock.forward(days=1)
    alice.open("/consent").send({"purpose": ["plan", "diary"]})
    alice.open("/consent").send({"purpose": ["plan", "diary"]})
    found = rows(house, "consent")
    assert len(found) == 4
    assert sum(each["withdrawn_at"] is None for each in found) == 2


def test_consent_to_an_older_text_does_not_stand(house: House, alice: Browser) -> None:
    with house.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE consent SET text_version = '2020-01-01'")
    assert alice.open("/diary/2026-11-21").address.startswith("/consent")
    alice.open("/consent").send({"purpose": ["diary"]})
    diary = [each for each in rows(house, "consent") if each["purpose"] == "diary"]
    assert sorted(each["withdrawn_at"] is None for each in diary) == [False, True]


def test_a_purpose_that_is_not_there_is_left_out(house: House, undecided: Browser) -> None:
    undecided.post("/consent", {"purpose": ["research", "diary"]})
    assert {each["purpose"] for each in rows(house, "consent")} == {"diary"}


def test_reading_and_help_need_no_consent(undecided: Browser) -> None:
    for address in ("/learn", "/help", "/today", "/plan", "/diary", "/history", "/account"):
        assert undecided.open(address).address == address


def test_being_counted_is_apart_and_ends_nothing_when_it_ends(house: House, undecided: Browser) -> None:
    undecided.open("/consent").send({"purpose": ["outcomes"]})
    assert undecided.open("/plan/new").address.startswith("/consent")  # nothing is kept for it
    undecided.open("/consent").send({"purpose": ["plan", "diary", "outcomes"]})
    made = undecided.open("/share/new").send({"whom": "dr. Peeters", "sections": ["plan"], "days": "30"})
    assert made.address.endswith("/address")
    undecided.open("/consent").send({"purpose": ["plan", "diary"]})
    assert [each["stopped_at"] for each in rows(house, "share")] == [None]
    undecided.open("/consent").send({"purpose": ["diary"]})
    assert None not in [each["stopped_at"] for each in rows(house, "share")]

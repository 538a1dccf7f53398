"""Two phones wrote the same night: the newer is shown, the other is kept and can be brought back."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask, render_template

from companion.bootstrap import House
from companion.services.bring_back import earlier_nights
from companion.services.erase_person import find_person
from tests.build import Clock, kept, rows
from tests.sent import NIGHT, exported, sent, statuses
from tests.web.fetcher import Browser

DAY = "2026-11-20"
VERSIONS = f"/diary/{DAY}/versions"


def two_phones(browser: Browser) -> tuple[str, str]:
    """The ids of what the older and the newer phone wrote."""
    older = sent(data=NIGHT | {"up": "06:50", "note": "op de gsm"}, recorded_at="2026-11-20T08:00:00Z")
    newer = sent(recorded_at="2026-11-20T09:30:00Z")
    assert statuses(browser, newer, older) == ["stored", "superseded"]
    return older["id"], newer["id"]


def shown(browser: Browser) -> str:
    return browser.open(f"/diary/{DAY}").text


def test_the_other_version_can_be_read_with_its_own_day_and_time(alice: Browser, bob: Browser) -> None:
    for browser in (alice, bob):
        two_phones(browser)
    page = alice.open(VERSIONS)
    assert "op de gsm" in page.text
    assert "Van vrijdag 20 november, 09:00" in page.text
    assert "Du vendredi 20 novembre, 9 h 00" in bob.open(VERSIONS).text


def test_bringing_back_shows_it_and_keeps_both(clock: Clock, alice: Browser) -> None:
    older, newer = two_phones(alice)
    page = alice.open(VERSIONS).send()
    assert page.address == f"/diary/{DAY}"
    assert page.has("This version is shown again. The other one is kept too.")
    assert "op de gsm" in page.text
    found = exported(alice)
    assert len(found) == 3
    assert {found[older]["superseded"], found[newer]["superseded"]} == {True}
    [again] = [each for each in found.values() if not each["superseded"]]
    assert again["data"] == found[older]["data"]
    assert again["recorded_at"].startswith("2026-11-21T21:00:00")


def test_bringing_back_twice_is_one_version_and_there_and_back_works(clock: Clock, alice: Browser) -> None:
    two_phones(alice)
    page = alice.open(VERSIONS)
    for _ in range(2):
        page.send()
        assert len(exported(alice)) == 3
    clock.forward(minutes=1)
    page = alice.open(VERSIONS)
    assert len(page.forms()) == 1, "versions that say the same are told once"
    page.send()
    assert "06:40" in shown(alice)


def test_what_a_slow_phone_sends_later_does_not_undo_the_choice(alice: Browser) -> None:
    two_phones(alice)
    alice.open(VERSIONS).send()
    assert statuses(alice, sent(recorded_at="2026-11-20T10:00:00Z")) == ["superseded"]
    assert "op de gsm" in shown(alice)


def test_a_night_written_once_has_no_versions_to_show(alice: Browser) -> None:
    statuses(alice, sent())
    assert alice.open(VERSIONS).address == f"/diary/{DAY}"
    assert alice.open("/diary/2026-11-19/versions").address == "/diary/2026-11-19"


@pytest.mark.parametrize("day", ["2026-02-30", "20261120", "x", "1899-12-31"])
def test_a_day_that_is_not_one_is_404(alice: Browser, day: str) -> None:
    alice.get(f"/diary/{day}/versions", expect=404)
    alice.post(f"/diary/{day}/bring-back", {"entry": "x"}, expect=404)


def test_only_an_earlier_version_of_this_night_of_this_person_is_brought_back(
    house: House, alice: Browser, charlie: Browser
) -> None:
    older, newer = two_phones(alice)
    other_day = sent(day="2026-11-19")
    statuses(alice, other_day, sent(day="2026-11-19", recorded_at="2026-11-20T09:00:00Z"))
    before = kept(house)
    for entry in (newer, other_day["id"], "", "x", "\x00"):
        alice.post(f"/diary/{DAY}/bring-back", {"entry": entry}, expect=404)
    charlie.post(f"/diary/{DAY}/bring-back", {"entry": older}, expect=404)
    assert kept(house) == before


def test_a_dose_that_was_undone_is_not_brought_back_as_a_night(house: House, alice: Browser) -> None:
    dose = sent("dose")
    statuses(alice, dose)
    alice.post("/today/undo", {"entry": dose["id"]})
    alice.post(f"/diary/{DAY}/bring-back", {"entry": dose["id"]}, expect=404)


def test_a_clock_that_was_wrong_is_not_told_as_the_day_it_was_written(clock: Clock, alice: Browser) -> None:
    statuses(alice, sent(recorded_at="2031-01-01T00:00:00Z", data=NIGHT | {"up": "06:50"}))
    clock.forward(minutes=1)
    alice.open(f"/diary/{DAY}?edit=1").send({"up": "07:00"})
    page = alice.open(VERSIONS)
    assert "Van zaterdag 21 november, 22:00" in page.text


def test_without_consent_nothing_is_brought_back(house: House, alice: Browser) -> None:
    older, _ = two_phones(alice)
    alice.post("/consent", {"purpose": ["plan"]})
    before = rows(house, "entry")
    alice.post(f"/diary/{DAY}/bring-back", {"entry": older}, expect=303)
    assert rows(house, "entry") == before


def test_the_page_of_a_night_can_say_quietly_that_there_is_another_version(
    app: Flask, house: House, alice: Browser
) -> None:
    two_phones(alice)
    person = find_person(house.store, "alice")
    assert person
    night = date.fromisoformat(DAY)
    with app.test_request_context():
        told = render_template(
            "diary/versions.html", earlier=earlier_nights(house.store, person, night), wake_date=night, person=person
        )
        nothing = render_template("diary/versions.html", earlier=[], wake_date=night, person=person)
    assert f'href="{VERSIONS}"' in told
    assert "vrijdag 20 november" in told
    assert not nothing.strip()

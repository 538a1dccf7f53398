"""The page of reminders in a real browser: the clock of the device, days that unfold, the address that is copied."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from companion.domain.person import Person
from companion.services.erase_person import find_person
from tests.e2e.conftest import PASSPHRASE, Phones
from tests.e2e.hands import at, choose, do, sign_in
from tests.e2e.server import Server

pytestmark = pytest.mark.browser


def test_a_phone_that_travels_offers_its_own_clock(
    new_phone: Phones, someone: Callable[[str], Person], server: Server
) -> None:
    page = new_phone("fr", timezone_id="America/New_York")
    person = someone("fr")
    sign_in(page, person.name, PASSPHRASE)
    page.goto("/reminders")
    expect(page.locator("[data-zone-here]")).to_contain_text("Selon cet appareil, il est")
    expect(page.locator("[data-zone-here]")).to_contain_text("\u00a0h\u00a0")
    move = page.locator("[data-zone-move]")
    expect(move).to_be_visible()
    move.locator("button").click()
    at(page, "/reminders")
    expect(page.locator("#zone")).to_contain_text("New York")
    expect(page.locator("[data-zone-move]")).to_be_hidden()
    moved = find_person(server.house.store, person.name)
    assert moved
    assert moved.zone.key == "America/New_York"


def test_at_home_nothing_is_asked(new_phone: Phones, someone: Callable[[str], Person]) -> None:
    page = new_phone("nl", timezone_id="Europe/Paris")  # another name for the same clock
    sign_in(page, someone("nl").name, PASSPHRASE)
    page.goto("/reminders")
    expect(page.locator("[data-zone-here]")).to_be_visible()
    expect(page.locator("[data-zone-move]")).to_be_hidden()


@pytest.mark.parametrize("js", [True, False], ids=["js", "no-js"])
def test_one_tap_on_and_own_days(js: bool, new_phone: Phones, someone: Callable[[str], Person]) -> None:
    page = new_phone("nl", js=js)
    sign_in(page, someone("nl").name, PASSPHRASE)
    page.goto("/reminders")
    page.locator('#diary button[value="on"]').click()
    at(page, "/reminders")
    expect(page.locator("#diary .tag-done")).to_be_visible()
    page.goto("/reminders/edit/diary")
    expect(page.locator(".only-some")).to_be_hidden()
    choose(page, "every", "some")
    page.locator('[name="days"][value="sun"]').check()
    do(page, "/reminders")
    expect(page.locator("#diary")).to_contain_text("Zondag · 09:00")
    expect(page.locator("#first")).to_be_visible()


def test_the_private_address_is_copied(new_phone: Phones, someone: Callable[[str], Person]) -> None:
    page = new_phone("nl", permissions=["clipboard-read", "clipboard-write"])
    sign_in(page, someone("nl").name, PASSPHRASE)
    page.goto("/reminders/calendar")
    do(page, "/reminders/calendar")
    page.locator("[data-copy]").click()
    expect(page.locator("[data-copy]")).to_have_text("Gekopieerd")
    assert page.evaluate("navigator.clipboard.readText()") == page.input_value("#address")

"""How is it today, with a thumb and with keys alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from companion.domain.person import Person
from companion.services.log_check_in import check_in_of
from tests.e2e.conftest import PASSPHRASE, Phones
from tests.e2e.hands import at, do, sign_in
from tests.e2e.server import Server

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("js", [True, False], ids=["js", "no-js"])
def test_one_tap_and_it_is_there_and_can_be_taken_back(
    js: bool, new_phone: Phones, someone: Callable[[str], Person], server: Server
) -> None:
    page = new_phone("nl", js=js)
    person = someone("nl")
    sign_in(page, person.name, PASSPHRASE)
    steps = page.locator(".step")
    expect(steps).to_have_count(5)
    steps.nth(3).click()
    expect(page.locator(".steps-said:visible")).to_be_in_viewport()
    expect(steps.nth(3)).to_have_attribute("aria-pressed", "true")
    kept = check_in_of(server.house.store, person, person.day(server.clock.now))
    assert kept
    assert kept.check_in.level == 4
    page.locator('a[href="/today/check-in"]').click()
    page.fill("[name=words]", "een rustige dag")
    do(page, "/today")
    expect(page.locator("#how .own-words")).to_have_text("een rustige dag")
    page.locator('form[action="/today/check-in/undo"] button').click()
    at(page, "/today")
    expect(page.locator(".steps-said:visible")).to_have_count(0)
    assert check_in_of(server.house.store, person, person.day(server.clock.now)) is None


def test_keys_alone(new_phone: Phones, someone: Callable[[str], Person]) -> None:
    page = new_phone("fr")
    sign_in(page, someone("fr").name, PASSPHRASE)
    page.locator(".step").first.focus()
    page.keyboard.press("Tab")
    expect(page.locator(".step").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".steps-said:visible")).to_contain_text("plutôt difficile")

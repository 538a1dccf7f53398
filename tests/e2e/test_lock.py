"""The lock of a phone: what it hides, what stays in reach, and what becomes of notes that are not sent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from companion.domain.person import Person
from tests.e2e.browser import phone
from tests.e2e.hands import at, sign_in
from tests.e2e.kept import Pages, eventually, kept, settled
from tests.e2e.phones import PASSPHRASE, entries, last_night, newcomer, tap, waits, write_night
from tests.e2e.server import Server, serving

pytestmark = pytest.mark.browser
PIN = "2580"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("lock"), by_day=True) as server:
        yield server


def lock_with(page: Page, pin: str = PIN, minutes: str = "5", *, passkey: bool = False) -> None:
    page.goto("/account/lock")
    page.fill("[data-lock-set] [name=pin]", pin)
    page.fill("[data-lock-set] [name=again]", pin)
    page.check(f"[name=minutes][value='{minutes}']")
    page.set_checked("[data-lock-set] [name=passkey]", passkey)
    page.locator("[data-lock-set] .button-do").click()
    expect(page.locator("[data-lock-state]")).to_be_visible()


def away(page: Page, minutes: int) -> None:
    """The phone lies there for so long."""
    page.evaluate(
        """minutes => {
          const lock = JSON.parse(localStorage.getItem("lock"));
          localStorage.setItem("lock", JSON.stringify({ ...lock, seen: lock.seen - minutes * 60000 }));
        }""",
        minutes,
    )


def come_back(page: Page) -> None:
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def type_pin(page: Page, pin: str) -> None:
    page.fill("#lock-pin", pin)
    page.keyboard.press("Enter")


def no_wait(page: Page) -> None:
    """The pause after wrong PINs is over."""
    page.evaluate(
        """() => {
          const lock = JSON.parse(localStorage.getItem("lock"));
          localStorage.setItem("lock", JSON.stringify({ ...lock, until: 0 }));
        }"""
    )


def is_locked(page: Page, secret: str) -> None:
    """Nothing of the person can be seen, found by a screen reader, or read in the title."""
    expect(page.locator(".lock")).to_be_visible()
    expect(page.locator("#lock-pin")).to_be_focused()
    assert secret not in page.locator("body").inner_text()
    assert secret not in page.locator("body").aria_snapshot()
    assert page.title() == "Andante"
    expect(page.locator("nav.tabs")).to_be_hidden()


def test_after_some_minutes_away_everything_is_hidden_until_the_pin(page: Page, person: Person) -> None:
    lock_with(page)
    page.goto("/account")
    away(page, 4)
    come_back(page)
    expect(page.locator("main h1")).to_be_visible()
    away(page, 6)
    come_back(page)
    is_locked(page, person.name)
    page.goto("/diary")
    is_locked(page, "nacht")
    page.reload()
    is_locked(page, "nacht")
    type_pin(page, "1111")
    expect(page.locator("[data-lock-said]")).not_to_be_empty()
    is_locked(page, "nacht")
    type_pin(page, PIN)
    expect(page.locator(".lock")).to_have_count(0)
    expect(page.locator("main h1")).to_be_visible()
    assert page.title() != "Andante"


def test_help_is_one_tap_away_and_opens_nothing_else(page: Page, person: Person) -> None:
    lock_with(page)
    page.goto("/account")
    page.locator("[data-lock-now]").click()
    is_locked(page, person.name)
    page.locator(".help-now").click()
    at(page, "/help")
    expect(page.locator('a[href="tel:112"]').first).to_be_visible()
    expect(page.locator("nav.tabs")).to_be_hidden()
    page.go_back()
    is_locked(page, person.name)
    page.goto("/account")
    is_locked(page, person.name)


def test_it_works_without_network_and_in_every_tab(site: Server, page: Page, person: Person) -> None:
    lock_with(page)
    other = page.context.new_page()
    other.goto("/account")
    kept(page)
    page.goto("/account")
    page.locator("[data-lock-now]").click()
    is_locked(other, person.name)
    with site.away():
        page.goto("/diary")
        is_locked(page, "nacht")
        type_pin(page, PIN)
        expect(page.locator("main h1")).to_be_visible()
    expect(other.locator(".lock")).to_have_count(0)


def test_what_the_phone_pictures_when_it_is_put_aside_is_empty(page: Page, person: Person) -> None:
    lock_with(page)
    page.goto("/account")
    page.evaluate(
        """() => {
          Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    expect(page.locator("main h1")).to_be_hidden()
    page.evaluate(
        """() => {
          delete document.visibilityState;
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    expect(page.locator("main h1")).to_be_visible()


def test_ten_wrong_pins_sign_out_and_lose_nothing(site: Server, page: Page, person: Person) -> None:
    lock_with(page)
    with site.away():
        write_night(page, last_night(site, person), "nog niet verstuurd")
        page.goto("/diary")
        away(page, 6)
        come_back(page)
        for n in range(3):
            type_pin(page, f"111{n}")
            expect(page.locator("#lock-pin")).to_have_value("")
        type_pin(page, PIN)  # even the right one waits
        expect(page.locator("[data-lock-said]")).to_contain_text("seconden")
        expect(page.locator(".lock")).to_be_visible()
        for n in range(6):
            no_wait(page)
            type_pin(page, f"112{n}")
            expect(page.locator("#lock-pin")).to_have_value("")
        no_wait(page)
        with page.expect_navigation():
            type_pin(page, "1139")
        page.goto("/diary")
        expect(page.locator("[data-person]")).to_have_count(0)  # nothing is kept here any more
        assert waits(page) == 1
    settled(page)
    expect(page.locator(".lock")).to_be_visible()  # still signed in, because the server was away: the PIN opens nothing
    expect(page.locator("#lock-pin")).to_be_hidden()
    tap(page, "[data-lock-out]")
    at(page, "/")
    settled(page)
    at(page, "/sign-in")
    assert waits(page) + len(entries(site, person)) == 1  # with network it may have been sent before
    sign_in(page, person.name, PASSPHRASE)
    expect(page.locator(".lock")).to_have_count(0)
    eventually(page, lambda: len(entries(site, person)) == 1, "the night is lost")
    assert entries(site, person)[0]["data"]["note"] == "nog niet verstuurd"


def test_a_pin_that_is_too_easy_or_not_the_same_is_said(page: Page) -> None:
    page.goto("/account/lock")
    for pin, again in (("12", "12"), ("1111", "1111"), ("1234", "1234"), ("abcd", "abcd"), (PIN, "2581")):
        page.fill("[data-lock-set] [name=pin]", pin)
        page.fill("[data-lock-set] [name=again]", again)
        page.locator("[data-lock-set] .button-do").click()
        expect(page.locator("[data-lock-set] [data-lock-said]")).to_be_visible()
        assert page.evaluate("localStorage.getItem('lock')") is None
    settled(page)
    expect(page.locator("[data-locked]")).to_have_count(0)


def test_it_can_be_taken_away_and_is_of_one_person(site: Server, page: Page) -> None:
    lock_with(page)
    page.goto("/account")
    tap(page, 'form[action="/sign-out"] button[value=here]')
    other = newcomer(site)
    sign_in(page, other.name, PASSPHRASE)
    page.goto("/account")
    expect(page.locator("[data-lock-now]")).to_be_hidden()
    lock_with(page, "9753")
    page.locator("[data-lock-away]").click()
    expect(page.locator("[data-lock-state]")).to_be_hidden()
    away_nothing = page.evaluate("localStorage.getItem('lock')")
    assert away_nothing is None


def test_the_pin_is_not_kept_and_without_a_script_there_is_no_lock(
    site: Server, browser: Browser, page: Page, new_page: Pages
) -> None:
    lock_with(page)
    assert PIN not in page.evaluate("JSON.stringify(localStorage)")
    context = phone(browser, site.address, "nl", java_script_enabled=False)
    plain = context.new_page()
    sign_in(plain, newcomer(site).name, PASSPHRASE)
    plain.goto("/account/lock")
    expect(plain.locator("[data-lock-none]")).to_be_visible()
    expect(plain.locator("[data-lock-set]")).to_be_hidden()
    context.close()

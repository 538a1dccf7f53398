"""Passkeys in a real browser, with an authenticator that Chromium makes up: once made, one tap comes in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.browser import phone
from tests.e2e.hands import at, do, sign_in
from tests.e2e.phones import PASSPHRASE, newcomer
from tests.e2e.server import Clock, Server
from tests.e2e.test_lock import PIN, is_locked, lock_with, type_pin

pytestmark = pytest.mark.browser
Holder = Callable[..., tuple[Page, Callable[[bool], Any]]]


@pytest.fixture
def holder(server: Server, browser: Browser, clock: Clock) -> Iterator[Holder]:
    """`holder()`: a phone that holds passkeys, at an address they can belong to; and whether it knows its person."""
    contexts: list[BrowserContext] = []

    def make(**more: Any) -> tuple[Page, Callable[[bool], Any]]:
        context = phone(browser, f"http://localhost:{server.port}", "nl", **more)
        contexts.append(context)
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        return page, lambda verified: session.send("WebAuthn.setUserVerified", made | {"isUserVerified": verified})

    yield make
    for context in contexts:
        context.close()


def a_passkey(page: Page, name: str) -> None:
    """Sign in with the passphrase and make a passkey of this phone."""
    sign_in(page, name, PASSPHRASE)
    page.goto("/account/access")
    page.locator('a[href="/account/passkeys/new"]').click()
    page.fill("main [name=name]", "mijn telefoon")
    do(page, "/account/access")
    expect(page.locator("#passkeys h3")).to_have_text("mijn telefoon")


def leave(page: Page) -> None:
    page.goto("/account")
    page.locator('form[action="/sign-out"] button[value=here]').click()
    at(page, "/")


def only_by_tap(page: Page) -> None:
    """A virtual authenticator answers at once where a browser only offers: here nothing is offered."""
    page.add_init_script("PublicKeyCredential.isConditionalMediationAvailable = async () => false")


def test_made_and_then_one_tap_comes_in(holder: Holder, server: Server) -> None:
    page, knows_who = holder()
    person = newcomer(server)
    a_passkey(page, person.name)
    leave(page)
    knows_who(False)
    only_by_tap(page)
    page.goto("/sign-in?next=/plan")
    button = page.locator("[data-passkey-use] button")
    button.click()
    expect(page.locator("[data-passkey-use] [data-passkey-said]")).to_be_visible()
    knows_who(True)
    with page.expect_navigation():
        button.click()
    at(page, "/plan")
    page.goto("/account/access")
    expect(page.locator("#passkeys")).to_contain_text("21 november 2026")


def test_the_same_phone_makes_no_second_one_for_the_same_person(holder: Holder, server: Server) -> None:
    page, _ = holder()
    a_passkey(page, newcomer(server).name)
    page.goto("/account/passkeys/new")
    page.locator("main .button-do").click()
    expect(page.locator("[data-passkey-said]")).to_be_visible()
    at(page, "/account/passkeys/new")


def test_one_that_was_taken_away_here_says_so_calmly(holder: Holder, server: Server) -> None:
    page, _ = holder()
    a_passkey(page, newcomer(server).name)
    page.locator("#passkeys summary").click()
    page.locator("#passkeys button[name=passkey]").click()
    expect(page.locator("#passkeys h3")).to_have_count(0)
    leave(page)
    only_by_tap(page)
    page.goto("/sign-in")
    with page.expect_navigation():
        page.locator("[data-passkey-use] button").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.fill("main [name=name]", "iemand")
    expect(page.locator("main [name=passphrase]")).to_be_visible()


# The lock of the phone


def locked(page: Page, name: str) -> None:
    page.goto("/account")
    page.locator("[data-lock-now]").click()
    is_locked(page, name)


def test_the_lock_opens_with_finger_or_face_also_without_network(holder: Holder, server: Server) -> None:
    page, _ = holder()
    person = newcomer(server)
    a_passkey(page, person.name)
    lock_with(page, passkey=True)
    locked(page, person.name)
    own = page.locator(".lock [data-lock-own]")
    with server.away():
        own.click()
        expect(page.locator(".lock")).to_have_count(0)
        expect(page.locator("main h1")).to_be_visible()
    page.reload()
    expect(page.locator("main h1")).to_be_visible()
    locked(page, person.name)
    page.reload()
    is_locked(page, person.name)
    page.locator(".lock [data-lock-own]").click()
    expect(page.locator(".lock")).to_have_count(0)


def test_whom_the_phone_does_not_know_it_does_not_let_in_and_the_pin_still_does(holder: Holder, server: Server) -> None:
    page, knows_who = holder()
    person = newcomer(server)
    a_passkey(page, person.name)
    lock_with(page, passkey=True)
    locked(page, person.name)
    knows_who(False)
    page.locator(".lock [data-lock-own]").click()
    said = page.locator(".lock [data-lock-said]")
    expect(said).to_have_text(str(said.get_attribute("data-text-own")))
    assert person.name not in page.locator("body").inner_text()
    expect(page.locator("main h1")).to_be_hidden()
    type_pin(page, PIN)
    expect(page.locator(".lock")).to_have_count(0)


def test_only_whoever_chose_it_and_has_a_passkey_is_offered_it(holder: Holder, server: Server) -> None:
    page, _ = holder()
    person = newcomer(server)
    sign_in(page, person.name, PASSPHRASE)
    page.goto("/account/lock")
    page.fill("[data-lock-set] [name=pin]", PIN)
    page.fill("[data-lock-set] [name=again]", PIN)
    page.check("[data-lock-set] [name=passkey]")
    page.locator("[data-lock-set] .button-do").click()
    expect(page.locator("[data-lock-set] [data-lock-said]")).to_be_visible()  # there is none on this phone
    assert page.evaluate("localStorage.getItem('lock')") is None
    lock_with(page)
    locked(page, person.name)
    expect(page.locator(".lock [data-lock-own]")).to_be_hidden()


def test_without_javascript_or_passkeys_nothing_of_them_is_shown(
    holder: Holder, server: Server, browser: Browser
) -> None:
    context = phone(browser, f"http://localhost:{server.port}", "nl", java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/sign-in")
    expect(plain.locator("[data-passkey-use]")).to_be_hidden()
    expect(plain.locator("main .button-do")).to_be_visible()
    context.close()
    page, _ = holder()
    page.add_init_script("delete window.PublicKeyCredential")
    page.goto("/sign-in")
    expect(page.locator("[data-passkey-use]")).to_be_hidden()
    sign_in(page, newcomer(server).name, PASSPHRASE)
    page.goto("/account/passkeys/new")
    expect(page.locator("[data-passkey-none]")).to_be_visible()
    expect(page.locator("form[data-passkey-new]")).to_be_hidden()

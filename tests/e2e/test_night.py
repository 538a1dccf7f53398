"""The screens of the night on a phone: without network, in the colours of the night, and nothing of the ticks kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.kept import Pages, signed_in
from tests.e2e.server import Server, serving

pytestmark = pytest.mark.browser

DARK = "rgb(19, 24, 27)"

KEEPS = """async ([address, words]) => {
  for (let tries = 0; tries < 400; tries += 1) {
    const found = await caches.match(address, { ignoreVary: true });
    const there = found && (await found.text()).includes(words);
    if (there && navigator.serviceWorker.controller) return;
    await new Promise((again) => setTimeout(again, 50));
  }
  throw new Error(`${address} is not kept with ${words}`);
}"""
"""Wait, 20 seconds at most, until the phone keeps a page with these words, and the worker answers for it."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("night"), demo=True, by_day=True) as server:
        yield server


def written(page: Page) -> None:
    """A step more and another note, on a page with network; then until the phone keeps the list with it."""
    page.goto("/calm-note/edit")
    page.fill("[name=words]", "Bel morgen tante Jo.")
    page.locator("main .button-do").click()
    expect(page.locator(".note")).to_have_text("Bel morgen tante Jo.")
    page.goto("/wind-down/edit")
    page.fill("#f-text", "Sokken aan")
    page.locator("#add .button-do").click()
    expect(page.locator("#steps li").last).to_contain_text("Sokken aan")
    page.evaluate(KEEPS, ["/wind-down", "Sokken aan"])


def test_the_list_the_note_and_get_up_open_without_network(site: Server, new_page: Pages) -> None:
    page = new_page("nl")
    signed_in(page, site, "alice", "nl")
    written(page)
    with site.away():
        page.goto("/get-up")
        expect(page.locator(".calm-steps li")).to_have_count(4)
        expect(page.locator(".kept-from")).to_have_count(0)
        page.get_by_role("link", name="Mijn avondlijstje").click()
        expect(page.locator("[data-line]").last).to_have_text("Sokken aan")
        page.locator("[data-one-next]").click()
        expect(page.locator("[data-one]")).to_have_text("Grote lamp uit, kleine lamp aan")
        page.get_by_role("link", name="Een briefje van een rustige dag").click()
        expect(page.locator(".note")).to_have_text("Bel morgen tante Jo.")


def test_get_up_opens_without_network_for_who_is_not_signed_in(site: Server, new_page: Pages) -> None:
    page = new_page("fr")
    page.goto("/")
    page.evaluate(KEEPS, ["/get-up?language=fr", "<h1>"])
    with site.away():
        page.goto("/get-up")
        expect(page.locator("h1")).to_have_text("Se lever un moment")


def test_ticks_are_sent_nowhere_and_gone_with_the_page(site: Server, new_page: Pages) -> None:
    page = new_page("nl")
    signed_in(page, site, "alice", "nl")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.goto("/wind-down")
    tick = page.locator("main input[type=checkbox]").first
    tick.check()
    page.reload()
    expect(tick).not_to_be_checked()
    assert "POST" not in sent


@pytest.mark.parametrize("address", ["/get-up", "/wind-down", "/calm-note"])
def test_the_screens_of_the_night_are_dark_on_a_light_phone(site: Server, new_page: Pages, address: str) -> None:
    page = new_page("nl")
    page.emulate_media(color_scheme="light")
    signed_in(page, site, "alice", "nl")
    page.goto(address)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == DARK
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    last = page.locator("main a").last.bounding_box()
    tabs = page.locator(".tabs").bounding_box()
    assert last
    assert tabs
    assert last["y"] + last["height"] <= tabs["y"]


def test_the_list_is_made_with_the_keyboard_alone(site: Server, new_page: Pages) -> None:
    page = new_page("fr")
    signed_in(page, site, "bob", "fr")
    page.goto("/wind-down/edit")
    page.focus("#f-text")
    page.keyboard.type("Fermer les volets")
    page.keyboard.press("Enter")
    expect(page.locator("#steps li").last).to_contain_text("Fermer les volets")
    page.locator("#steps summary").last.focus()
    page.keyboard.press("Enter")
    page.locator("#steps [open] [value=up]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#steps li").nth(-2)).to_contain_text("Fermer les volets")

"""Looking around with an example on a phone: in and out with taps, and the phone keeps nothing of it either."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from companion.services.tidy import tidy
from tests.build import rows
from tests.e2e.conftest import Phones
from tests.e2e.hands import at
from tests.e2e.kept import Pages, eventually, in_time, kept, settled
from tests.e2e.phones import waits, write_extra
from tests.e2e.server import Server, serving

pytestmark = pytest.mark.browser

LEFT = """async () => {
  const opened = await new Promise((done) => {
    const opening = indexedDB.open("andante");
    opening.onsuccess = () => done(opening.result);
  });
  const count = (name) => new Promise((done) => {
    const asked = opened.transaction(name).objectStore(name).count();
    asked.onsuccess = () => done([name, asked.result]);
  });
  const stores = Object.fromEntries(await Promise.all(["entries", "keys", "sent"].map(count)));
  opened.close();
  const pages = (await caches.keys()).filter((name) => name.startsWith("pages-"));
  return { ...stores, pages, words: Object.keys(localStorage).filter((name) => /^(leaves|lock|push)/.test(name)) };
}"""
LOCK = """() => localStorage.setItem("lock", JSON.stringify({
  person: document.documentElement.dataset.person, minutes: 60, seen: Date.now(),
}))"""
NOTHING = {"entries": 0, "keys": 0, "sent": 0, "pages": [], "words": []}


def look_around(page: Page) -> None:
    page.goto("/")
    page.locator('form[action="/example"] button').click()
    at(page, "/today")
    expect(page.locator(".example")).to_be_visible()


def leave(page: Page, door: str) -> None:
    page.locator(f'.example button[value="{door}"]').click()
    at(page, "/" if door == "home" else "/join")
    expect(page.locator(".example")).to_have_count(0)


@pytest.mark.parametrize("js", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize(("language", "door"), [("nl", "home"), ("fr", "begin")])
def test_in_tap_taken_and_out(new_phone: Phones, server: Server, language: str, door: str, js: bool) -> None:
    before = len(rows(server.house, "person"))
    page = new_phone(language, js=js)
    look_around(page)
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.locator('form[action="/today/taken"] button').click()
    expect(page.locator(".taken:visible")).to_have_count(1)
    page.reload()
    expect(page.locator(".taken:visible")).to_have_count(1)
    assert len(rows(server.house, "person")) == before + 1
    leave(page, door)
    assert len(rows(server.house, "person")) == before
    settled(page)
    at(page, "/sign-in")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("example"), by_day=True) as server:
        yield server


def with_something_on_the_phone(page: Page) -> None:
    """Every page kept, a lock, a leaf that was read, and something written that could not be sent."""
    look_around(page)
    kept(page)
    page.evaluate(LOCK)
    page.goto("/learn/a-bad-night")
    page.context.route("**/sync", lambda route: route.abort())
    write_extra(page, "1")
    eventually(page, lambda: waits(page) == 1, "nothing waits on the phone")


@pytest.mark.parametrize("door", ["home", "begin"])
def test_what_the_phone_kept_goes_along(site: Server, new_page: Pages, door: str) -> None:
    page = new_page()
    with_something_on_the_phone(page)
    leave(page, door)
    eventually(page, lambda: in_time(page, LEFT) == NOTHING, f"left: {in_time(page, LEFT)}")
    expect(page.locator("[data-waiting]")).to_be_hidden()
    with site.away():
        settled(page)
        expect(page.locator(".dose-words")).to_have_count(0)


def test_what_the_phone_kept_goes_along_after_a_day(site: Server, new_page: Pages) -> None:
    """Nobody left it: it was over, and the next page that opens is one of nobody."""
    page = new_page()
    with_something_on_the_phone(page)
    tidy(site.house.store, site.clock.now + timedelta(days=1))
    page.goto("/")
    left = NOTHING | {"pages": in_time(page, LEFT)["pages"]}
    eventually(page, lambda: in_time(page, LEFT) == left, f"left: {in_time(page, LEFT)}")
    expect(page.locator("[data-waiting]")).to_be_hidden()

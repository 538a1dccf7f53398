"""On a slow phone: nothing jumps, nothing holds up the page, its words come with it, it asks only for its own.

The network is slow 4G (150 ms, 1.6 Mbit/s), the processor four times slower. No test here counts seconds: those stand
in `bench/in_the_hand.py`, beside a bare page on the same phone.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response, expect

from tests.e2e.conftest import Phones
from tests.e2e.server import Clock
from tests.web.test_scripts import with_imports

pytestmark = pytest.mark.browser

SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
SLOWER = 4
MOST = 0.02
"""Of layout shift; what is called good ends at 0.1 (web.dev, Cumulative Layout Shift)."""
PAGES = {
    "home": ("", "/"),
    "join": ("", "/join"),
    "sign-in": ("", "/sign-in"),
    "help": ("", "/help"),
    "learn": ("", "/learn"),
    "article": ("", "/learn/breathing"),
    "today": ("alice", "/today"),
    "plan": ("alice", "/plan"),
    "diary": ("alice", "/diary"),
    "night": ("alice", "/diary/2026-11-21"),
    "drawing": ("alice", "/diary/2026-11-20/draw"),
    "symptoms": ("alice", "/symptoms/new"),
    "history": ("alice", "/history"),
    "reminders": ("alice", "/reminders"),
    "account": ("alice", "/account"),
    "install": ("alice", "/install"),
    "waiting": ("alice", "/waiting"),
}
WATCH = """
  window.seen = { shift: 0, moved: [], largest: null };
  const told = (type, each) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
  told("layout-shift", (entry) => {
    seen.shift += entry.value;
    seen.moved.push(...entry.sources.map((source) => source.node?.outerHTML?.slice(0, 80)));
  });
  told("largest-contentful-paint", (entry) => {
    seen.largest = { url: entry.url, text: entry.element?.textContent };
  });
"""
SEEN = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(seen))))"""


def slow(page: Page) -> Page:
    """The same phone, slow, with an eye on what it shows."""
    phone = page.context.new_cdp_session(page)
    phone.send("Network.enable")
    phone.send("Network.emulateNetworkConditions", SLOW_4G)
    phone.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(WATCH)
    page.set_default_timeout(60_000)
    return page


def phone_for(who: str, phone_of: Phones, new_phone: Phones, **more: Any) -> Page:
    return slow(phone_of(who, **more) if who else new_phone("nl", **more))


def seen(page: Page) -> dict[str, Any]:
    """What was seen of the page since it began to come."""
    page.wait_for_load_state("networkidle")
    found: dict[str, Any] = page.evaluate(SEEN)
    return found


def together(text: str) -> str:
    return re.sub(r"\s+", "", unescape(text))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_jumps_and_the_words_come_with_the_page(
    name: str, theme: str, phone_of: Phones, new_phone: Phones
) -> None:
    who, path = PAGES[name]
    page = phone_for(who, phone_of, new_phone, color_scheme=theme, permissions=["notifications"])
    answer = page.goto(path)
    assert answer
    found = seen(page)
    assert found["shift"] <= MOST, found["moved"]
    largest = found["largest"]
    assert largest
    assert not largest["url"], "a picture is the largest of the page"
    assert together(largest["text"]) in together(re.sub(r"<[^>]*>", "", answer.text()))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_jumps_when_a_dose_is_taken(theme: str, phone_of: Phones, clock: Clock) -> None:
    page = slow(phone_of("bob", "fr", color_scheme=theme))
    clock.brussels("2026-11-21 08:20")
    page.goto("/today")
    seen(page)
    for form, there in (("/today/taken", 1), ("/today/undo", 0)):
        page.evaluate("addEventListener('pagehide', () => sessionStorage.setItem('shift', seen.shift))")
        with page.expect_navigation():
            page.locator(f'form[action="{form}"] button').first.click()
        expect(page.locator(".taken:visible")).to_have_count(there)
        before = float(page.evaluate("sessionStorage.getItem('shift')"))
        assert before <= MOST, "the page that was tapped"
        found = seen(page)
        assert found["shift"] <= MOST, found["moved"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_its_own_scripts_and_waits_for_none(name: str, phone_of: Phones, new_phone: Phones) -> None:
    who, path = PAGES[name]
    page = phone_for(who, phone_of, new_phone)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  # Playwright marks what it is given
    page.goto(path)
    seen(page)

    waited_for = page.evaluate(
        """() => performance.getEntriesByType("resource")
          .filter((each) => each.renderBlockingStatus === "blocking").map((each) => new URL(each.name).pathname)"""
    )
    assert waited_for == []  # the styles came along, and so did what keeps a locked page from being painted first

    files = [each for each in answers if re.match(r"/(style-|script-|static/)", urlsplit(each.url).path)]
    for each in files:
        headers = each.all_headers()
        assert "immutable" in headers["cache-control"], each.url
        text = not each.url.partition("?")[0].endswith(".png")
        if text and len(each.body()) >= 500:
            assert headers.get("content-encoding") in {"br", "gzip"}, each.url

    asked = [urlsplit(each.url).path.partition("/modules/")[2] for each in files if "/modules/" in each.url]
    begun = page.locator("script[type=module]").evaluate_all("all => all.map((each) => each.src)")
    names = [each.rpartition("/")[2].removesuffix(".js") for each in begun]
    assert len(asked) == len(set(asked)), "asked for twice"
    assert {f"modules/{each}" for each in asked} == with_imports(names)


CHANGED = """
  addEventListener("pagereveal", (event) => { window.faded = event.viewTransition !== null; });
"""


@pytest.mark.parametrize(("motion", "fades"), [("no-preference", True), ("reduce", False)])
def test_pages_fade_into_each_other_where_movement_is_welcome(motion: str, fades: bool, phone_of: Phones) -> None:
    page = phone_of("alice", reduced_motion=motion)
    page.add_init_script(CHANGED)
    page.goto("/today")
    page.locator('.tabs a[href="/plan"]').click()
    page.wait_for_url("**/plan")
    assert page.evaluate("faded") is fades
    page.locator(".top .help-now").click()  # at once, through what is still fading
    page.wait_for_url("**/help")

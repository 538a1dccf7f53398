"""Today opens as the phone keeps it while the server is asked, and what the server says counts.

The server answers when a test lets it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from uuid import uuid4
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from companion.services.demo import PEOPLE
from companion.services.log_dose import Slot, take, undo
from companion.services.today import read_today
from tests.e2e.browser import phone, put_away, shut
from tests.e2e.hands import at, sign_in
from tests.e2e.kept import eventually, in_time, kept, person_of
from tests.e2e.server import Server, serving

pytestmark = pytest.mark.browser

TAKEN = 'form[action="/today/taken"] button'
SURE = """async () => (await caches.match("/offline/as-it-is")) !== undefined"""
LATER = "() => { self.realNow ??= Date.now; Date.now = () => realNow() + 12 * 3600 * 1000; }"
NOW = "() => { Date.now = realNow; }"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("at-once"), demo=True, by_day=True) as server:
        yield server


@pytest.fixture(scope="module")
def bobs(site: Server, browser: Browser) -> Iterator[BrowserContext]:
    """Bob’s phone."""
    context = phone(browser, site.address, "nl", service_workers="allow")
    sign_in(context.new_page(), "bob", PEOPLE["bob"][0])
    yield context
    put_away(context)


@pytest.fixture
def page(site: Server, bobs: BrowserContext) -> Iterator[Page]:
    """On Bob’s phone: every page is kept, and nothing was taken today."""
    bob = person_of(site, "bob")
    for dose in read_today(site.house.store, bob, site.clock.now).doses:
        if dose.noted:
            undo(site.house.store, bob, dose.noted.id)
    cookies = bobs.cookies()
    page = bobs.new_page()
    kept(page)
    expect(page.locator(".taken:visible")).to_have_count(0)
    eventually(page, lambda: in_time(page, SURE), "Today is not kept as it is")
    yield page
    shut(page)
    bobs.add_cookies(cookies)  # type: ignore[arg-type]


@dataclass
class Held:
    """Answers that wait until `let` is called: each was made when it was asked for."""

    asked: int = 0
    free: Event = field(default_factory=Event)

    def let(self) -> None:
        self.free.set()


@contextmanager
def held(site: Server, path: str = "/today", most: int = 99) -> Iterator[Held]:
    """The first answers to GET `path` wait."""
    server = site._http
    real = server.app
    hold = Held()

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
        parts = real(environ, start_response)
        if environ["PATH_INFO"] == path and environ["REQUEST_METHOD"] == "GET" and hold.asked < most:
            hold.asked += 1
            hold.free.wait(30)
        yield from parts
        parts.close()

    server.app = app
    try:
        yield hold
    finally:
        hold.let()
        server.app = real


def takes_elsewhere(site: Server) -> None:
    """Bob notes his dose on another phone."""
    bob, now = person_of(site, "bob"), site.clock.now
    dose = next(each for each in read_today(site.house.store, bob, now).doses if not each.taken)
    take(site.house.store, bob, Slot(dose.plan.id, dose.moment, bob.day(now)), dose.mg, str(uuid4()), now)


def at_once(page: Page) -> str | None:
    return page.locator("html").get_attribute("data-at-once")


def opens(page: Page) -> None:
    page.goto("/today", wait_until="commit")


def loads(page: Page) -> Callable[[], int]:
    """How often this page was loaded from now on."""
    seen: list[str] = []
    page.on("domcontentloaded", lambda there: seen.append(there.url))
    return lambda: len(seen)


def test_it_is_there_before_the_server_answers_and_stays_where_nothing_changed(site: Server, page: Page) -> None:
    count = loads(page)
    with held(site) as hold:
        opens(page)
        expect(page.locator(TAKEN).first).to_be_visible()
        assert at_once(page) == ""
        expect(page.locator(".kept-from")).to_be_hidden()
        eventually(page, lambda: hold.asked == 1, "the server was not asked")
        hold.let()
        eventually(page, lambda: at_once(page) == "same", "nothing was said")
    assert count() == 1


def test_what_was_noted_elsewhere_takes_its_place(site: Server, page: Page) -> None:
    takes_elsewhere(site)
    count = loads(page)
    with held(site) as hold:
        opens(page)
        expect(page.locator(TAKEN).first).to_be_visible()
        page.mouse.wheel(0, 200)
        hold.let()
        expect(page.locator(".taken:visible")).to_have_count(1)
    assert at_once(page) is None
    assert count() == 2
    page.wait_for_function("scrollY > 100")
    opens(page)
    expect(page.locator(".taken:visible")).to_have_count(1)
    eventually(page, lambda: at_once(page) == "same", "it changed again")


def test_what_was_just_noted_here_is_never_shown_as_it_was_before(site: Server, page: Page) -> None:
    """Neither is an answer that was made before that and arrives after it."""
    with held(site, most=1) as hold:
        page.evaluate("navigator.serviceWorker.controller.postMessage({ again: '/today' })")
        eventually(page, lambda: hold.asked == 1, "the page was not asked for")
        with page.expect_navigation():
            page.locator(TAKEN).first.click()
        expect(page.locator(".taken:visible")).to_have_count(1)
        assert at_once(page) is None
        hold.let()
        page.wait_for_timeout(500)
        opens(page)
        expect(page.locator(".taken:visible")).to_have_count(1)
        assert at_once(page) is not None


def test_what_a_script_sends_counts_too(site: Server, page: Page) -> None:
    page.evaluate("fetch('/sync', { method: 'POST', body: '' })")
    with held(site) as hold:
        opens(page)
        eventually(page, lambda: hold.asked == 1, "the server was not asked")
        hold.let()
        expect(page.locator(TAKEN).first).to_be_visible()
    assert at_once(page) is None


def test_a_tap_on_its_way_is_not_stopped_by_what_is_newer(site: Server, page: Page) -> None:
    takes_elsewhere(site)
    with held(site) as hold, held(site, "/plan") as plan:
        opens(page)
        page.locator('.tabs a[href="/plan"]').click(no_wait_after=True)
        eventually(page, lambda: plan.asked == 1, "the tap went nowhere")
        hold.let()
        page.wait_for_timeout(500)
        plan.let()
        at(page, "/plan")


def test_a_server_that_does_not_answer_is_said_and_nothing_moves(site: Server, page: Page) -> None:
    with held(site) as hold:
        opens(page)
        place = page.locator(TAKEN).first.bounding_box()
        expect(page.locator(".kept-from")).to_be_visible()
        assert page.locator(TAKEN).first.bounding_box() == place
        hold.let()
        expect(page.locator(".kept-from")).to_be_hidden()


def test_without_network_it_says_so_from_the_start(site: Server, page: Page) -> None:
    with site.away():
        page.context.set_offline(True)
        page.goto("/today")
        expect(page.locator(".kept-from")).to_be_visible()
        assert at_once(page) is None
        page.context.set_offline(False)


def test_who_was_signed_out_elsewhere_is_asked_who_they_are(site: Server, page: Page) -> None:
    page.context.clear_cookies()
    opens(page)
    at(page, "/sign-in")


def test_the_page_of_another_part_of_the_day_is_not_shown(site: Server, page: Page) -> None:
    [worker] = page.context.service_workers
    worker.evaluate(LATER)
    with held(site) as hold:
        opens(page)
        eventually(page, lambda: hold.asked == 1, "the server was not asked")
        hold.let()
        expect(page.locator(TAKEN).first).to_be_visible()
    worker.evaluate(NOW)
    assert at_once(page) is None

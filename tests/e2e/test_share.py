"""A link in real browsers: made on a phone, read on another, printed on one A4, and never kept by the worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from bench.ten_years import NOW, ten_years
from companion.domain.person import Person
from tests.e2e.browser import phone
from tests.e2e.conftest import PASSPHRASE, Phones
from tests.e2e.hands import choose, do, sign_in
from tests.e2e.kept import WORKER, in_time
from tests.e2e.server import Clock, Server, serving
from tests.e2e.test_paper import pages_of
from tests.e2e.ways import link_of
from tests.pdf import letters, pages

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("js", [True, False], ids=["js", "no-js"])
def test_a_link_is_made_read_in_both_languages_and_stopped(
    js: bool, server: Server, new_phone: Phones, someone: Callable[[str], Person]
) -> None:
    mine = new_phone("nl", js=js)
    sign_in(mine, someone("nl").name, PASSPHRASE)
    mine.goto("/share/new")
    mine.fill("[name=whom]", "dr. Peeters")
    choose(mine, "days", "7")
    mine.locator("main details summary").click()
    mine.fill("[name=pin]", "2468")
    do(mine, "/share/<id>/address")
    address = mine.locator("#address").input_value()
    expect(mine.locator(".qr")).to_be_visible()
    expect(mine.locator("[data-copy]")).to_be_visible(visible=js)

    theirs = new_phone("fr", js=js)
    theirs.goto(address)
    expect(theirs.locator("nav, .tabs, form[action='/language']")).to_have_count(0)
    theirs.fill("[name=pin]", "2468")
    theirs.locator("main .button-do").click()
    expect(theirs.locator(".report")).to_contain_text("dr. Peeters")
    theirs.locator('button[name="language"][value="nl"]').click()
    expect(theirs.locator("html")).to_have_attribute("lang", "nl")
    expect(theirs.locator(".report")).to_be_visible()
    with theirs.expect_download() as download:
        theirs.locator('form[action$="/pdf"] button').click()
    assert pages(Path(download.value.path()).read_bytes()) == 1
    assert theirs.context.cookies() == []

    mine.goto("/share")
    expect(mine.locator("html")).to_have_attribute("lang", "nl")
    expect(mine.locator("main section li").first).to_contain_text("21 november 2026, 22:00")
    mine.locator('form[action$="/stop"] button').click()
    theirs.goto(address)
    expect(theirs.locator(".report, form[action^='/s/']")).to_have_count(0)


def test_the_address_is_copied_and_handed_to_the_phone(
    server: Server, new_phone: Phones, someone: Callable[[str], Person]
) -> None:
    page = new_phone("nl", permissions=["clipboard-read", "clipboard-write"])
    page.add_init_script("navigator.canShare = () => true; navigator.share = async (what) => { window.handed = what; }")
    sign_in(page, someone("nl").name, PASSPHRASE)
    page.goto("/share/new")
    do(page, "/share/<id>/address")
    address = page.locator("#address").input_value()
    page.locator("[data-copy]").click()
    expect(page.locator("[data-copy-said]")).not_to_be_empty()
    assert page.evaluate("navigator.clipboard.readText()") == address
    page.locator("[data-hand-over]").click()
    assert page.evaluate("window.handed.url") == address


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("name", ["alice", "bob"])
def test_the_page_prints_on_one_a4(name: str, language: str, server: Server, new_phone: Phones) -> None:
    page = new_phone(language)
    shown(page, link_of(server, name))
    assert pages_of(page) == 1
    pdf = page.pdf(prefer_css_page_size=True)
    assert min(each.size for each in letters(pdf)) >= 8.95


def shown(page: Page, path: str) -> None:
    page.goto(path)
    page.locator("main .button-do").click()
    expect(page.locator(".report")).to_be_visible()


def test_ten_years_print_on_one_a4(browser: Browser) -> None:
    with ten_years() as lived:
        clock = Clock()
        clock.now = NOW
        server = Server(lived.house, clock)
        try:
            context = phone(browser, server.address, "fr")
            page = context.new_page()
            page.goto(link_of(server, lived.person.name))
            page.locator("main .button-do").click(timeout=60_000)
            expect(page.locator(".report")).to_be_visible(timeout=60_000)
            page.evaluate("document.querySelector('.report-further')?.remove()")  # own words are sheets of their own
            assert pages_of(page) == 1
            assert min(each.size for each in letters(page.pdf(prefer_css_page_size=True))) >= 8.95
            context.close()
        finally:
            server.stop()


# The worker


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path / "own", demo=True) as server:
        yield server


def test_the_worker_never_touches_what_others_read(site: Server, browser: Browser) -> None:
    context = phone(browser, site.address, "nl", service_workers="allow")
    page = context.new_page()
    sign_in(page, "alice", "demo-alice-2027")
    in_time(page, WORKER)
    page.goto("/today")
    assert page.evaluate("navigator.serviceWorker.controller !== null")
    path = link_of(site)
    shown(page, path)
    kept = page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (name) =>"
        " (await (await caches.open(name)).keys()).map((each) => each.url)))).flat()"
    )
    assert not [each for each in kept if "/s/" in each]
    with site.away(), pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        page.goto(path)
    context.close()


def test_a_reader_s_browser_gets_no_worker(site: Server, browser: Browser) -> None:
    context = phone(browser, site.address, "nl", service_workers="allow")
    page = context.new_page()
    shown(page, link_of(site))
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    context.close()

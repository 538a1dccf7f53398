"""What opens without network: the server is stopped, no flag is mocked. The house follows the phone's clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from companion.services.articles import articles
from companion.web import assets
from tests.e2e.kept import WORKER, Pages, in_time, kept, person_of, signed_in
from tests.e2e.server import Server, serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("offline"), demo=True, by_day=True) as server:
        yield server


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_after_one_visit_everything_one_needs_opens(site: Server, new_page: Pages, language: str) -> None:
    page = new_page(language)
    signed_in(page, site, "alice", language)
    today = person_of(site, "alice").day(site.clock.now)
    nights = [f"/diary/{today - timedelta(days=back)}" for back in range(7)]
    reading = [f"/learn/{each.slug}" for each in articles(language)]
    headings = {}
    addresses = ["/today", "/diary", *nights, "/symptoms/new", "/today/extra", "/plan", "/learn", *reading, "/help"]
    for address in addresses:
        page.goto(address)
        headings[address] = page.locator("h1").inner_text()
    dose = page.goto("/today") and page.locator(".dose-words").first.inner_text()
    with site.away():
        for address in addresses:
            page.goto(address)
            assert page.locator("h1").inner_text() == headings[address], address
            expect(page.locator("html")).to_have_attribute("lang", language)
            expect(page.locator(".kept-from")).to_be_visible()
            assert page.evaluate("getComputedStyle(document.body).fontSize") != "16px"  # with its own style
        page.goto("/today")
        assert page.locator(".dose-words").first.inner_text() == dose
        page.goto("/account")
        expect(page.locator('main a[href="/help"]')).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", language)


def test_the_coming_days_are_laid_out(site: Server, new_page: Pages) -> None:
    page = new_page()
    signed_in(page, site, "bob", "fr")
    today = person_of(site, "bob").day(site.clock.now)
    with site.away():
        for days in (1, 7, 14):
            day = today + timedelta(days=days)
            page.goto(f"/today?ahead={day}")  # the address by which the worker knows it
            page.goto(f"/diary/{day}")
            expect(page.locator('[name="in_bed"]')).to_be_visible()
    page.goto(f"/today?ahead={today + timedelta(days=15)}")
    expect(page.locator(".dose-words")).to_have_count(0)


@pytest.mark.parametrize(
    ("at", "turn", "day"),
    [
        ("2026-11-21T22:00", "05:00", "2026-11-21"),
        ("2026-11-22T00:40", "05:00", "2026-11-21"),
        ("2026-11-22T04:59", "05:00", "2026-11-21"),
        ("2026-11-22T05:00", "05:00", "2026-11-22"),
        ("2026-03-29T03:30", "03:00", "2026-03-29"),
        ("2027-01-01T00:10", "05:00", "2026-12-31"),
        ("2026-11-22T00:00", "00:00", "2026-11-22"),
    ],
)
def test_the_worker_knows_the_persons_day(site: Server, new_page: Pages, at: str, turn: str, day: str) -> None:
    page = new_page()
    page.goto("/help")
    source = (Path(assets.ROOT) / "static" / "service-worker.js").read_text()
    start = source.index("function dayOf")
    text = source[start : source.index("\n}\n", start) + 2]
    assert page.evaluate(f"(({text}))(new Date('{at}'), '{turn}', 'Europe/Brussels')") == day


def test_help_opens_without_ever_signing_in(site: Server, new_page: Pages) -> None:
    page = new_page("fr")
    page.goto("/")
    in_time(page, WORKER)
    with site.away():
        page.goto("/help")
        expect(page.locator('a[href="tel:112"]').first).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", "fr")


def test_at_sign_out_the_pages_go(site: Server, new_page: Pages) -> None:
    page = new_page()
    signed_in(page, site, "alice")
    page.goto("/account")
    page.locator('form[action="/sign-out"] button').first.click()
    expect(page.locator('main a[href="/join"]').first).to_be_visible()
    assert [name for name in page.evaluate("caches.keys()") if name.startswith("pages-")] == []
    with site.away():
        page.goto("/today")
        expect(page.locator(".dose-words")).to_have_count(0)
        expect(page.locator('main a[href="/help"]')).to_be_visible()


def test_another_person_and_another_language_take_the_place(site: Server, new_page: Pages) -> None:
    page = new_page()
    first = signed_in(page, site, "alice")
    page.locator("button.language").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    kept(page, but=first)
    assert len([name for name in page.evaluate("caches.keys()") if name.startswith("pages-")]) == 1
    page.context.clear_cookies()
    signed_in(page, site, "charlie")
    with site.away():
        page.goto("/today")
        expect(page.locator(".dose-words")).to_have_count(0)


def test_what_cannot_be_sent_is_said_and_can_be_sent_again(site: Server, new_page: Pages) -> None:
    page = new_page()
    signed_in(page, site, "alice")
    page.goto("/account/passphrase")
    page.fill("[name=old]", "iets dat hier stond")
    page.fill("[name=passphrase]", "en iets nieuws daarbij")
    with site.away():
        page.locator("main .button-do").click()
        expect(page.locator('main a[href="/today"]')).to_be_visible()
        page.locator("main .button-do").click()  # still away: still all there
        expect(page.locator('main a[href="/today"]')).to_be_visible()
    page.locator("main .button-do").click()
    expect(page.locator('[aria-invalid="true"][name="old"]')).to_be_visible()


def test_a_new_version_takes_over_under_an_open_form(
    site: Server,
    new_page: Pages,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = new_page()
    old = signed_in(page, site, "alice")
    page.goto("/symptoms/new")
    page.fill("[name=new]", "half geschreven")
    scripts = assets.scripts()
    monkeypatch.setattr(assets, "scripts", lambda: scripts | {"newer.js": b"// newer"})
    assets.script_hash.cache_clear()
    try:
        in_time(
            page,
            """async () => {
              const changed = new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done));
              await (await navigator.serviceWorker.getRegistration()).update();
              await changed;
            }""",
        )
        assert page.input_value("[name=new]") == "half geschreven"
        with site.away():  # the pages of the old version open with the files of the old version
            other = page.context.new_page()
            other.goto("/diary")
            assert other.evaluate("getComputedStyle(document.body).fontSize") != "16px"
            other.close()
        kept(page, but=old)
        assert old not in page.evaluate("caches.keys()")
        with site.away():
            page.goto("/diary")
            assert page.evaluate("getComputedStyle(document.body).fontSize") != "16px"
    finally:
        monkeypatch.undo()
        assets.script_hash.cache_clear()


def test_at_night_a_today_of_the_evening_shows_what_matters_then(site: Server, new_page: Pages) -> None:
    """The house and the worker follow the real clock; only the page is told that it is half past two."""
    page = new_page()
    signed_in(page, site, "alice", "nl")
    page.goto("/today")
    day = person_of(site, "alice").day(site.clock.now)
    night = datetime.combine(day + timedelta(days=1), time(2, 30), person_of(site, "alice").zone)
    page.clock.set_fixed_time(night)
    with site.away():
        page.goto("/today")
        expect(page.locator(".kept-from")).to_be_visible()
        expect(page.locator(".dose-words").first).to_be_visible()
        expect(page.locator('main a[href="/get-up"]').first).to_be_visible()
        expect(page.locator("#how")).to_be_hidden()
        page.locator("[data-by-day-too]").click()
        expect(page.locator("#how")).to_be_visible()

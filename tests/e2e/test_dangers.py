"""How an entry could be lost, doubled, said by someone else, or seem to be gone: each once, in a real browser."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from threading import Event
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from playwright.sync_api import Error, Page, Route, expect

from companion.domain.consent import Purpose
from companion.domain.person import Person
from companion.services.set_preferences import set_language
from companion.web import assets, offline, symptoms, today
from tests.e2e.hands import sign_in
from tests.e2e.kept import KEEPING, KEPT, Pages, eventually, in_time, kept, settled
from tests.e2e.phones import (
    PASSPHRASE,
    entries,
    last_night,
    newcomer,
    says_kept,
    tap,
    waits,
    write_check_in,
    write_extra,
    write_list,
    write_night,
)
from tests.e2e.server import Server, serving

pytestmark = pytest.mark.browser

ONLINE = "dispatchEvent(new Event('online'))"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("dangers"), by_day=True) as server:
        yield server


def becomes(page: Page, site: Server, other: Person) -> None:
    """Someone else signs in on this phone behind the page that is open."""
    page.context.clear_cookies()
    answer = page.context.request.post(
        f"{site.address}/sign-in",
        form={"name": other.name, "passphrase": PASSPHRASE},
        headers={"Origin": site.address},
        max_redirects=0,
    )
    assert answer.status == 303


def slow(monkeypatch: pytest.MonkeyPatch, room: Any, what: str, seconds: float) -> None:
    """A page of the server takes long."""
    real = getattr(room, what)

    def late(*given: Any, **named: Any) -> Any:
        time.sleep(seconds)
        return real(*given, **named)

    monkeypatch.setattr(room, what, late)


def test_what_one_person_wrote_is_never_sent_as_another(site: Server, page: Page, person: Person) -> None:
    page.context.route("**/sync", lambda route: route.abort())
    write_night(page, last_night(site, person), "van de eerste")
    says_kept(page)
    other = newcomer(site)
    becomes(page, site, other)
    page.context.unroute("**/sync")
    with page.expect_response("**/sync") as answered:
        page.evaluate(ONLINE)
    assert answered.value.status == 401
    eventually(page, lambda: waits(page) == 1, "the phone does not hold it")
    assert entries(site, other) == entries(site, person) == []
    becomes(page, site, person)
    page.evaluate(ONLINE)
    eventually(page, lambda: len(entries(site, person)) == 1, "it was not sent as the one who wrote it")


def test_a_form_of_one_person_is_never_taken_from_another(site: Server, page: Page, person: Person) -> None:
    page.goto(last_night(site, person))
    page.fill("[name=note]", "niet van jou")
    page.evaluate(
        "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError'); } }"
    )
    other = newcomer(site)
    becomes(page, site, other)
    tap(page, "main .button-do")
    expect(page.locator("h1")).to_have_text("Er is hier nu iemand anders aangemeld")
    assert entries(site, other) == entries(site, person) == []


def test_the_kept_pages_of_one_are_never_shown_to_the_next(
    site: Server, page: Page, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_night(page, last_night(site, person), "alleen voor mij")
    page.goto("/diary")
    other = newcomer(site)
    page.context.clear_cookies()  # the session ended by itself: nobody signed out
    page.goto("/sign-in")
    page.fill("[name=name]", other.name)
    page.fill("[name=passphrase]", PASSPHRASE)
    slow(monkeypatch, today, "read_today", 4)  # longer than the worker waits before it shows what is kept
    page.locator("main .button-do").click()
    expect(page.locator("nav.tabs")).to_be_visible()
    assert page.locator("html").get_attribute("data-person") == offline.of_phone(other)
    eventually(page, lambda: page.evaluate(KEYS) == [offline.of_phone(other)], "the key of the first is still here")


FULL = """() => {
  IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
}"""

KEYS = """() => new Promise((done) => {
  const opening = indexedDB.open("andante");
  opening.onsuccess = () => {
    const asked = opening.result.transaction("keys").objectStore("keys").getAllKeys();
    asked.onsuccess = () => { opening.result.close(); done(asked.result); };
  };
})"""


def test_signing_out_without_network_takes_the_pages_away(site: Server, page: Page) -> None:
    page.goto("/account")
    with site.away():
        tap(page, 'form[action="/sign-out"] button[value=here]')
        assert [name for name in page.evaluate("caches.keys()") if name.startswith("pages-")] == []
        page.goto("/diary")
        expect(page.locator("nav.tabs")).to_have_count(0)


def test_a_second_tap_while_the_next_page_is_slow_doubles_nothing(
    site: Server, page: Page, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.goto("/today/extra")
    page.fill("[name=mg]", "0,5")
    slow(monkeypatch, today, "read_today", 1.5)
    page.locator("main .button-do").click()
    for _ in range(4):
        page.wait_for_timeout(250)
        with suppress(Error):  # the page may have changed by then
            page.evaluate("document.querySelector('form[data-extra] .button-do')?.click()")
    expect(page).to_have_url(f"{site.address}/today")
    eventually(page, lambda: waits(page) == 0, "it was not sent")
    assert len(entries(site, person, "doses")) == 1


def test_the_same_form_sent_again_is_the_same_entry_and_another_is_not(
    site: Server, page: Page, person: Person
) -> None:
    page.goto("/today/extra")
    page.evaluate("document.querySelector('form[data-extra]').dataset.then = '#'")  # the page stays, as on the way back
    for mg, there in (("0,5", 1), ("0,5", 1), ("0,75", 2)):
        page.fill("[name=mg]", mg)
        with page.expect_response("**/sync"):
            page.locator("main .button-do").click()
        eventually(page, lambda: waits(page) == 0, "it was not sent")
        assert len(entries(site, person, "doses")) == there, mg
        page.evaluate("dispatchEvent(new Event('pageshow'))")


def test_what_is_taken_back_while_it_is_on_its_way_does_not_come_back(site: Server, page: Page, person: Person) -> None:
    with site.away():
        write_night(page, last_night(site, person), "toch niet")
        says_kept(page)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.context.route("**/sync", hold)
    page.goto("/waiting")
    eventually(page, lambda: bool(held), "nothing is on its way")
    page.locator("[data-away]").click()
    page.locator("[data-away]").click()
    held[0].abort()
    eventually(page, lambda: waits(page) == 0, "it was not taken back")
    page.context.unroute("**/sync")
    page.evaluate(ONLINE)
    page.wait_for_timeout(500)
    assert (waits(page), entries(site, person)) == (0, [])


def test_one_entry_the_server_stumbles_over_holds_up_no_other(site: Server, page: Page, person: Person) -> None:
    day = person.day(site.clock.now)
    with site.away():
        for back, note in enumerate(("struikelblok", "tweede", "derde", "vierde")):
            write_night(page, f"/diary/{day - timedelta(days=back)}", note)
            says_kept(page)

    def stumble(route: Route) -> None:
        if "struikelblok" in (route.request.post_data or ""):
            route.fulfill(status=500, body="")
        else:
            route.continue_()

    page.context.route("**/sync", stumble)
    page.goto("/waiting")
    for _ in range(6):
        page.evaluate(ONLINE)
        page.wait_for_timeout(300)
    eventually(page, lambda: waits(page) == 1, "the others are held up")
    assert {night["data"]["note"] for night in entries(site, person)} == {"tweede", "derde", "vierde"}
    page.context.unroute("**/sync")
    page.evaluate(ONLINE)
    eventually(page, lambda: len(entries(site, person)) == 4, "it was never tried again")


def test_a_server_that_asks_for_a_very_long_pause_is_left_alone_and_a_clock_put_back_is_no_prison(
    site: Server, page: Page, person: Person
) -> None:
    asked: list[str] = []

    def busy(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=429, body="", headers={"Retry-After": "99999999999"})

    page.context.route("**/sync", busy)
    write_night(page, last_night(site, person), "te druk")
    eventually(page, lambda: bool(asked), "it was never sent")
    page.wait_for_timeout(2500)
    page.evaluate(ONLINE)
    page.wait_for_timeout(500)
    assert len(asked) == 1
    in_time(page, FROM_THE_FUTURE)
    page.context.unroute("**/sync")
    page.evaluate(ONLINE)
    eventually(page, lambda: len(entries(site, person)) == 1, "it waits for a time that was never meant")


FROM_THE_FUTURE = """() => new Promise((done) => {
  const opening = indexedDB.open("andante");
  opening.onsuccess = () => {
    const rows = opening.result.transaction("entries", "readwrite").objectStore("entries");
    rows.getAll().onsuccess = ({ target }) => {
      for (const row of target.result) rows.put({ ...row, next: Date.now() + 1e12, tried: Date.now() + 1e11 });
    };
    rows.transaction.oncomplete = () => { opening.result.close(); done(); };
  };
})"""


def test_a_phone_that_is_really_full_says_so_and_sends_the_ordinary_way(
    site: Server, page: Page, person: Person
) -> None:
    page.goto(last_night(site, person))
    page.fill("[name=note]", "vol")
    page.evaluate(FULL)  # a browser measures again only now and then
    browser = page.context.new_cdp_session(page)
    browser.send("Storage.overrideQuotaForOrigin", {"origin": site.address, "quotaSize": 1})
    with site.away():
        tap(page, "main .button-do")
        expect(page.locator("h1")).to_have_text("Niet verstuurd: geen verbinding")
    tap(page, "main .button-do")  # what was typed is in that page
    assert [night["data"]["note"] for night in entries(site, person)] == ["vol"]
    page.goto("/diary")  # a page that cannot be kept opens all the same
    expect(page.locator("h1")).to_be_visible()


def test_without_consent_the_other_pages_are_kept_once_and_for_all(site: Server, new_page: Pages) -> None:
    alone = newcomer(site, purposes=(Purpose.PLAN,))
    page = new_page()
    sign_in(page, alone.name, PASSPHRASE)
    eventually(page, lambda: in_time(page, KEPT, ""), "the other pages are not kept")


def test_a_page_that_opens_while_keeping_stumbles_has_it_begin_again(
    site: Server, new_page: Pages, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, asked, free = site._http.app, [], Event()

    def stumbling(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/offline/pages":
            asked.append(environ["PATH_INFO"])
            if len(asked) == 1:
                free.wait(30)
                start_response("500 Internal Server Error", [("Content-Length", "0")])
                return ()
        return real(environ, start_response)

    monkeypatch.setattr(site._http, "app", stumbling)
    page = new_page()
    sign_in(page, person.name, PASSPHRASE)
    eventually(page, lambda: bool(asked), "nothing is kept")
    page.goto("/history")
    page.wait_for_timeout(300)  # the page has said by now that it wants to be kept
    free.set()
    eventually(page, lambda: in_time(page, KEPT, ""), "the second page was not heard", KEEPING)


def test_a_page_that_goes_with_other_files_is_not_kept_beside_these(
    site: Server, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = kept(page)
    scripts = assets.scripts()
    before = assets.script_hash()
    monkeypatch.setattr(assets, "scripts", lambda: scripts | {"newer.js": b"// newer"})
    assets.script_hash.cache_clear()
    try:
        page.goto("/history")
        page.wait_for_timeout(500)
        text = page.evaluate("async (name) => (await (await caches.open(name)).match('/history'))?.text() ?? ''", name)
        assert not text or f"script-{before}" in text
    finally:
        monkeypatch.undo()
        assets.script_hash.cache_clear()


def test_what_was_sent_shows_on_pages_that_were_kept_before_that(
    site: Server, page: Page, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = person.day(site.clock.now)
    settled(page)
    for room, what in ((today, "read_today"), (symptoms, "list_of")):
        slow(monkeypatch, room, what, 4)  # it arrives; the page that follows does not come in time
    tap(page, ".step:nth-child(2)")
    expect(page.locator("[data-kept] .kept-from")).to_be_visible()
    said = page.locator("#how [data-slot-sent]")
    expect(said).to_be_visible()
    expect(said).to_have_text("Genoteerd · verstuurd")
    write_list(page, "1", 2)
    monkeypatch.undo()
    with site.away():
        settled(page)
        expect(page.locator(f'[data-slot^="symptoms {day}"]')).to_contain_text("verstuurd")
        page.goto("/symptoms/new")
        expect(page.locator('[name="answers[1]"][value="2"]')).to_be_checked()
    assert len(entries(site, person, "symptoms")) == len(entries(site, person, "check_ins")) == 1


def test_a_second_look_without_network_shows_what_waits_and_loses_no_words(
    site: Server, page: Page, person: Person
) -> None:
    with site.away():
        write_list(page, "1", 2)
        page.goto("/symptoms/new")
        expect(page.locator('[name="answers[1]"][value="2"]')).to_be_checked()
        page.goto("/today/check-in")
        page.check('[name=level][value="2"]')
        page.fill("[name=words]", "mijn woorden")
        tap(page, "main .button-do")
        expect(page.locator("#how [data-slot-kept]")).to_be_visible()
        write_check_in(page, 4)
        expect(page.locator(f'[data-slot^="symptoms {person.day(site.clock.now)}"]')).to_contain_text(
            "op deze telefoon"
        )
    settled(page)
    eventually(page, lambda: waits(page) == 0, "not everything was sent")
    shown = [each["data"] for each in entries(site, person, "check_ins") if not each["superseded"]]
    assert shown == [{"level": 4, "words": "mijn woorden"}]


def test_the_list_of_one_day_is_not_that_of_the_next(site: Server, page: Page, person: Person) -> None:
    write_list(page, "1", 2)
    kept(page)
    page.goto("/symptoms/new")
    expect(page.locator('[name="answers[1]"][value="2"]')).to_be_checked()
    page.clock.install(time=site.clock.now + timedelta(days=1))  # of the page; the worker goes on
    with site.away():
        page.goto("/symptoms/new")
        expect(page.locator('[name="answers[1]"][value="2"]')).not_to_be_checked()
        expect(page.locator("[data-of-today]")).to_be_hidden()


def test_an_extra_amount_that_waits_is_thrown_away_and_written_again_never_doubled(
    site: Server, page: Page, person: Person
) -> None:
    with site.away():
        write_extra(page, "0,5")
        settled(page)
        expect(page.locator('[data-slot^="extra "]')).to_contain_text("op deze telefoon")
        page.goto("/waiting")
        expect(page.locator("[data-mend]")).to_be_hidden()
        page.locator("[data-away]").click()
        page.locator("[data-away]").click()
        expect(page.locator("[data-waiting-none]")).to_be_visible()
        write_extra(page, "0,25")
    settled(page)
    eventually(page, lambda: waits(page) == 0, "it was not sent")
    assert [each["data"]["mg"] for each in entries(site, person, "doses")] == ["0.25"]


def test_the_first_of_a_month_is_written_as_in_french(site: Server, new_page: Pages) -> None:
    person = newcomer(site)
    set_language(site.house.store, person, "fr")
    page = new_page("fr")
    sign_in(page, person.name, PASSPHRASE)
    page.context.route("**/sync", lambda route: route.abort())
    write_night(page, "/diary/2026-11-01", "la Toussaint")
    page.goto("/waiting")
    expect(page.locator("[data-waiting-list] time")).to_have_text("dimanche 1er novembre")

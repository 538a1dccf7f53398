"""A real site and a real browser, shared by the tests of this folder; a phone of its own for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState

from companion.domain.consent import Purpose
from companion.domain.person import Person
from companion.services import consent
from companion.services.demo import PEOPLE
from companion.services.erase_person import find_person
from companion.services.join import Joined, Joining, join
from companion.services.set_preferences import set_language
from companion.storage import attempts
from tests.e2e.browser import PHONE, chromium, phone, put_away
from tests.e2e.hands import sign_in
from tests.e2e.kept import Pages, kept
from tests.e2e.phones import PASSPHRASE, newcomer
from tests.e2e.server import Clock, Server, serving
from tests.e2e.watch import Watch


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One site with the demo people for every test of this worker; tests make people of their own beside them."""
    with serving(tmp_path_factory.mktemp("site"), demo=True) as server:
        yield server


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def clock(server: Server) -> Iterator[Clock]:
    """The clock of the site, at 22:00 on 21 November 2026 in Brussels until the test moves it."""
    yield server.clock
    server.clock.reset()
    with server.house.store.write() as unit:  # wrong passphrases of this test do not slow the next one
        attempts.forget_before(unit, server.clock.now + timedelta(days=1))


@pytest.fixture
def watch(server: Server) -> Iterator[Watch]:
    """Fails the test when a page of it complained, broke or asked another site for something."""
    watch = Watch(server.address)
    yield watch
    assert not watch.seen, "\n".join(watch.seen)


Phones = Callable[..., Page]


@pytest.fixture
def new_phone(server: Server, browser: Browser, clock: Clock, watch: Watch) -> Iterator[Phones]:
    """`new_phone("nl", js=True, **context_options)`: an empty page on a phone of its own."""
    contexts: list[BrowserContext] = []

    def make(language: str = "nl", *, js: bool = True, **more: Any) -> Page:
        context = phone(browser, server.address, language, java_script_enabled=js, **more)
        contexts.append(context)
        watch.over(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def new_page(site: Server, browser: Browser) -> Iterator[Pages]:
    """`new_page("fr")`: a page on a phone that keeps what it needs, of the `site` of the file of tests."""
    contexts: list[BrowserContext] = []

    def make(language: str = "nl") -> Page:
        context = phone(browser, site.address, language, service_workers="allow")
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        put_away(context)


@pytest.fixture
def person(site: Server) -> Person:
    """Someone new on the `site` of the file of tests."""
    return newcomer(site)


@pytest.fixture
def page(new_page: Pages, person: Person) -> Page:
    """A phone of that person, signed in, on which every page is kept."""
    made = new_page()
    sign_in(made, person.name, PASSPHRASE)
    kept(made)
    return made


@pytest.fixture(scope="package")
def cookies(server: Server, browser: Browser) -> Callable[[str], StorageState]:
    """The cookies of a demo person who signed in once, for this worker."""
    kept: dict[str, StorageState] = {}

    def of(name: str) -> StorageState:
        if name not in kept:
            context = phone(browser, server.address, "nl")
            sign_in(context.new_page(), name, PEOPLE[name][0])
            kept[name] = context.storage_state()
            context.close()
        return kept[name]

    return of


@pytest.fixture
def phone_of(server: Server, new_phone: Phones, cookies: Callable[[str], StorageState]) -> Phones:
    """`phone_of("alice", "fr")`: a demo person who is signed in, in a language. The demo data is shared: only read."""

    def make(name: str, language: str = "nl", **more: Any) -> Page:
        person = find_person(server.house.store, name)
        assert person is not None
        set_language(server.house.store, person, language)
        return new_phone(language, storage_state=cookies(name), **more)

    return make


@pytest.fixture(scope="package")
def kept_phones(server: Server, browser: Browser) -> Iterator[dict[tuple[str, str], tuple[Page, Watch]]]:
    kept: dict[tuple[str, str], tuple[Page, Watch]] = {}
    yield kept
    for page, _ in kept.values():
        page.context.close()


@pytest.fixture
def reader(
    server: Server,
    browser: Browser,
    clock: Clock,
    cookies: Callable[[str], StorageState],
    kept_phones: dict[tuple[str, str], tuple[Page, Watch]],
) -> Iterator[Phones]:
    """`reader("alice", "fr")`: like `phone_of` ("" is nobody signed in), but one phone for many tests, to be quick."""
    used: list[Watch] = []

    def make(name: str, language: str) -> Page:
        if name:
            person = find_person(server.house.store, name)
            assert person is not None
            set_language(server.house.store, person, language)
        if (name, language) not in kept_phones:
            context = phone(browser, server.address, language, storage_state=cookies(name) if name else None)
            watch = Watch(server.address)
            watch.over(context)
            kept_phones[name, language] = context.new_page(), watch
        page, watch = kept_phones[name, language]
        if page.url.startswith(server.address):
            page.evaluate("localStorage.removeItem('lock')")  # of the test before
        if not name:
            page.context.clear_cookies()  # an example of the test before
        page.set_viewport_size(PHONE)
        page.emulate_media(color_scheme="light")
        used.append(watch)
        return page

    yield make
    seen = [each for watch in used for each in watch.seen]
    for watch in used:
        watch.seen.clear()
    assert not seen, "\n".join(seen)


@pytest.fixture
def someone(server: Server, clock: Clock) -> Callable[[str], Person]:
    """`someone("fr")`: a new person of the test's own, who said yes to everything; signs in with PASSPHRASE."""

    def make(language: str) -> Person:
        joined = join(server.house.store, Joining(f"lente {uuid4().hex[:12]}", PASSPHRASE, True, language), clock.now)
        assert isinstance(joined, Joined)
        consent.choose(server.house.store, joined.person, list(Purpose), language, clock.now)
        return joined.person

    return make

"""A phone that keeps what it needs: signing in, waiting until everything is kept, waiting until something is so."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

from playwright.sync_api import Page

from companion.domain.person import Person
from companion.services.demo import PEOPLE
from companion.services.erase_person import find_person
from companion.services.set_preferences import set_language
from tests.e2e.hands import sign_in
from tests.e2e.server import Server

Pages = Callable[..., Page]
T = TypeVar("T")

KEEPING = 60.0
"""Seconds in which a phone keeps every page, on a busy machine too."""

KEPT = """async (but) => {
  for (const name of await caches.keys()) {
    if (!name.startsWith("pages-") || name === but) continue;
    if (await (await caches.open(name)).match("/offline/done")) return name;
  }
}"""
"""The name of the cache in which every page is kept, once it is."""

WORKER = "() => navigator.serviceWorker.ready.then(() => true)"
"""The worker of the page runs."""

IN_TIME = """(given) => Promise.race([
  (%s)(given),
  new Promise((_, refuse) => setTimeout(() => refuse(new Error("this did not happen in time")), 30000)),
])"""


def person_of(site: Server, name: str) -> Person:
    found = find_person(site.house.store, name)
    assert found
    return found


def kept(page: Page, but: str = "") -> str:
    """Wait until every page is kept, in another cache than one before; the name of the cache."""
    settled(page)
    return str(eventually(page, lambda: in_time(page, KEPT, but), "not every page is kept", KEEPING))


def in_time(page: Page, script: str, given: Any = None) -> Any:
    """What an async function gives in the page; what never comes fails the test, and does not hold it up."""
    return page.evaluate(IN_TIME % script, given)


def settled(page: Page) -> None:
    """Today, as the server has it: what was shown at once is the same, or gave way."""
    page.goto("/today")
    page.locator('html:not([data-at-once=""])').wait_for(state="attached")


def signed_in(page: Page, site: Server, name: str, language: str = "nl") -> str:
    set_language(site.house.store, person_of(site, name), language)
    sign_in(page, name, PEOPLE[name][0])
    return kept(page)


def eventually(page: Page, look: Callable[[], T], what: str, seconds: float = 20) -> T:
    """Wait until something is so, while the browser goes on; what it was."""
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, what
        page.wait_for_timeout(50)
    return found

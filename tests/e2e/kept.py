"""A phone that keeps what it needs: signing in, waiting until everything is kept, waiting until something is so."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Page

from companion.domain.person import Person
from companion.services.demo import PEOPLE
from companion.services.erase_person import find_person
from companion.services.set_preferences import set_language
from tests.e2e.hands import sign_in
from tests.e2e.server import Server

Pages = Callable[..., Page]

KEPT = """async (but) => {
  for (;;) {
    for (const name of await caches.keys()) {
      if (!name.startsWith("pages-") || name === but) continue;
      if (await (await caches.open(name)).match("/offline/done")) return name;
    }
    await new Promise((again) => setTimeout(again, 50));
  }
}"""
"""The name of the cache in which every page is kept, once it is."""


def person_of(site: Server, name: str) -> Person:
    found = find_person(site.house.store, name)
    assert found
    return found


def kept(page: Page, but: str = "") -> str:
    """Wait until every page is kept, in another cache than one before; the name of the cache."""
    page.goto("/today")
    return str(page.evaluate(KEPT, but))


def signed_in(page: Page, site: Server, name: str, language: str = "nl") -> str:
    set_language(site.house.store, person_of(site, name), language)
    sign_in(page, name, PEOPLE[name][0])
    return kept(page)


def eventually(page: Page, look: Callable[[], bool], what: str) -> None:
    """Wait until something is so, at most 20 seconds, while the browser goes on."""
    end = time.monotonic() + 20
    while not look():
        assert time.monotonic() < end, what
        page.wait_for_timeout(50)

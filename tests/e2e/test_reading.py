"""Looking for a text while typing, with and without network, and where one reads: on this phone alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.kept import Pages, signed_in
from tests.e2e.server import Server, serving
from tests.services.test_article_search import ASKED

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("reading"), demo=True, by_day=True) as server:
        yield server


def shown(page: Page) -> list[str]:
    links = page.locator("[data-find-item]:not([hidden]) a")
    return [address.removeprefix("/learn/") for address in links.evaluate_all("all => all.map(a => a.pathname)")]


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_everyday_questions_find_their_page_while_typing(site: Server, new_page: Pages, language: str) -> None:
    page = new_page(language)
    page.goto("/learn")
    away = []
    for typed, slug in ASKED[language]:
        page.fill("#q", typed)
        if slug not in shown(page)[:4]:
            away.append((typed, shown(page)))
    assert away == []
    page.fill("#q", "")
    assert len(shown(page)) > 30
    expect(page.locator(".clover")).to_be_visible()


def test_without_network_the_list_is_still_searched(site: Server, new_page: Pages) -> None:
    page = new_page()
    signed_in(page, site, "alice")
    with site.away():
        page.goto("/learn")
        page.fill("#q", "rijdn")
        page.press("#q", "Enter")
        expect(page.locator("[data-find-item] a:focus")).to_have_count(1)
        assert shown(page) == ["driving"]
        page.fill("#q", "xyzzy")
        page.press("#q", "Enter")
        assert page.url.endswith("/learn")
        expect(page.locator("[data-find-said]")).not_to_be_empty()


def test_the_server_is_asked_where_the_list_has_nothing(site: Server, new_page: Pages) -> None:
    page = new_page()
    page.goto("/learn")
    page.fill("#q", "xyzzy")
    page.press("#q", "Enter")
    page.wait_for_url("**/learn/search?q=xyzzy")


def test_where_one_reads_is_said_on_this_phone_until_sign_out(site: Server, new_page: Pages) -> None:
    page = new_page()
    signed_in(page, site, "alice")
    page.goto("/learn/naps")
    page.goto("/learn")
    expect(page.locator('[data-read-leaf="other"]')).to_be_visible()
    expect(page.locator('[data-read-leaf="pace"]')).to_be_hidden()
    page.goto("/account")
    with page.expect_navigation():
        page.locator('form[action="/sign-out"] button').first.click()
    page.goto("/learn")
    expect(page.locator('[data-read-leaf="other"]')).to_be_hidden()
    assert (
        page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('leaves-') && key !== 'leaves-')") == []
    )

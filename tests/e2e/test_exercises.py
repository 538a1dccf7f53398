"""Exercises beside a text, without network and without anything kept: at one’s own speed, still when asked to be."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.kept import Pages, signed_in
from tests.e2e.server import Server, serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("exercises"), demo=True, by_day=True) as server:
        yield server


def test_they_work_without_network(site: Server, new_page: Pages) -> None:
    page = new_page("fr")
    signed_in(page, site, "bob", "fr")
    with site.away():
        page.goto("/learn/breathing")
        page.locator("[data-pacer-button]").click()
        expect(page.locator("[data-pacer-word]")).to_have_text("inspirez")
        expect(page.locator("[data-pacer-word]")).to_have_text("soufflez")
        page.locator("[data-pacer-button]").click()
        expect(page.locator("[data-pacer-word]")).to_be_empty()
        page.goto("/learn/relaxation")
        page.locator("[data-one-next]").click()
        expect(page.locator("[data-one]")).to_contain_text("Les mains")
        page.locator("[data-one-next]").click()
        expect(page.locator("[data-one]")).to_contain_text("Les épaules")


def test_a_worry_is_kept_nowhere(site: Server, new_page: Pages) -> None:
    page = new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.post_data or ""))
    page.goto("/learn/worry-time")
    page.fill("[data-throw-note]", "de rekening")
    page.locator("[data-throw-button]").click()
    expect(page.locator("[data-throw-note]")).to_have_value("")
    expect(page.locator("[data-throw-said]")).not_to_be_empty()
    page.fill("[data-throw-note]", "de rekening")
    page.goto("/learn")
    page.go_back()
    expect(page.locator("[data-throw-note]")).to_have_value("")
    assert not any("rekening" in each for each in asked)
    assert "rekening" not in page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")


def test_who_asks_for_less_motion_gets_a_still_circle(site: Server, new_page: Pages) -> None:
    page = new_page()
    page.emulate_media(reduced_motion="reduce")
    page.goto("/learn/breathing")
    page.locator("[data-pacer-button]").click()
    duration = page.locator(".pacer-breath").evaluate("each => getComputedStyle(each).transitionDuration")
    assert duration == "0s"
    expect(page.locator("[data-pacer-word]")).to_have_text("in")


@pytest.mark.parametrize(("language", "said"), [("nl", "00:30"), ("fr", "00 h 30")])
def test_the_sum_is_only_a_sum_and_says_when_not_to(site: Server, new_page: Pages, language: str, said: str) -> None:
    page = new_page(language)
    page.goto("/learn/sleep-window")
    expect(page.locator("[data-window]")).to_contain_text("epilepsie" if language == "nl" else "épilepsie")
    expect(page.locator("[data-window-sum]")).to_be_empty()
    page.fill("[data-window-up]", "07:00")
    page.select_option("[data-window-hours]", "390")
    expect(page.locator("[data-window-sum]")).to_contain_text(said)


def test_nothing_sounds(site: Server, new_page: Pages) -> None:
    page = new_page()
    for slug in ("breathing", "relaxation", "worry-time", "a-bad-night", "anxiety-without-a-pill"):
        page.goto(f"/learn/{slug}")
        expect(page.locator(".exercise")).to_be_visible()
        assert page.locator("audio, video").count() == 0

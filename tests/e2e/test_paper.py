"""The plan on paper in a real browser: one month is exactly one A4, also when it is full."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page

from companion.domain.consent import Purpose
from companion.domain.person import Person
from companion.services import consent
from companion.services.join import Joined, Joining, join
from tests.confirmed import HALVES, PROGRAMME, WORST, Doc, confirmed_plan, rows_plan, tablet
from tests.e2e.conftest import PASSPHRASE, Phones
from tests.e2e.hands import sign_in
from tests.e2e.server import Clock, Server

pytestmark = pytest.mark.browser

A4_POINTS = (595, 842)


def pages_of(page: Page) -> int:
    """How many A4 pages the browser prints of this page."""
    pdf = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    sizes = {(round(float(width)), round(float(height))) for width, height in boxes}
    assert all(abs(width - 595) <= 1 and abs(height - 842) <= 1 for width, height in sizes), sizes
    return max(int(count) for count in re.findall(rb"/Count (\d+)", pdf))


@pytest.fixture
def printer(server: Server, clock: Clock, new_phone: Phones) -> Callable[..., Page]:
    """A page of someone new whose plans stand confirmed."""

    def make(*documents: Doc, language: str = "nl", js: bool = True) -> Page:
        name = f"papier {uuid4().hex[:12]}"
        joined = join(server.house.store, Joining(name, PASSPHRASE, True, language), clock.now)
        assert isinstance(joined, Joined)
        person: Person = joined.person
        consent.choose(server.house.store, person, list(Purpose), language, clock.now)
        for document in documents:
            confirmed_plan(server.house, person, document, clock.now)
        page = new_phone(language, js=js)
        sign_in(page, name, PASSPHRASE)
        return page

    return make


DROPS = rows_plan(
    [({"morning": "1.2", "noon": "1.1", "evening": "1.2", "bedtime": "1.3"}, 400)],
    [{"form": "drops", "strength": "0.1"}],
    "2026-12-01",
)
MANY_WORDS = rows_plan(
    [
        ({"morning": "17.5", "bedtime": "18.75"}, 5),
        *[({"morning": str(17 - n), "bedtime": str(17 - n)}, 5) for n in range(8)],
    ],
    [tablet("10", "quarters"), tablet("5", "quarters"), tablet("2", "quarters")],
    "2027-05-01",
)


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_fullest_month_is_one_a4(language: str, printer: Callable[..., Page]) -> None:
    page = printer(WORST, language=language)
    page.goto("/plan/print?from=2027-05&to=2027-05")
    assert page.locator(".sheet-days tbody tr").count() == 6
    assert page.locator(".sheet-days td .sheet-dose").count() == 31 * 4
    assert pages_of(page) == 1


@pytest.mark.parametrize("document", [HALVES, PROGRAMME, DROPS, MANY_WORDS, WORST])
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_sheet_is_one_page_in_both_languages(document: Doc, language: str, printer: Callable[..., Page]) -> None:
    page = printer(document, language=language)
    page.goto("/plan/print?language=both")
    last = page.locator("#f-to option").last.get_attribute("value")
    page.goto(f"/plan/print?language=both&to={last}")
    sheets = page.locator(".sheet").count()
    assert sheets >= 2
    assert pages_of(page) == sheets


def test_nothing_on_paper_is_smaller_than_nine_points_or_cut_off(printer: Callable[..., Page]) -> None:
    page = printer(WORST)
    page.goto("/plan/print?from=2027-05&to=2027-05")
    page.emulate_media(media="print")
    small = page.evaluate(
        """() => [...document.querySelectorAll(".sheet *")]
        .filter(e => e.textContent.trim() && parseFloat(getComputedStyle(e).fontSize) < 11.99)
        .map(e => e.textContent.trim())"""
    )
    assert small == []
    page.set_viewport_size({"width": 794, "height": 1123})
    wide = page.evaluate(
        "() => [...document.querySelectorAll('.sheet td')].filter(e => e.scrollWidth > e.clientWidth + 1).length"
    )
    assert wide == 0


def test_without_scripts_the_sheets_are_there_and_the_button_is_not(printer: Callable[..., Page]) -> None:
    page = printer(HALVES, js=False)
    page.goto("/plan/print")
    assert page.locator(".sheet").count() == 2
    assert page.locator("[data-print]").is_hidden()
    assert pages_of(page) == 2


def test_the_page_does_not_scroll_sideways_on_a_phone(printer: Callable[..., Page]) -> None:
    page = printer(WORST)
    page.goto("/plan/print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

"""On paper: what matters, black on white, without the bars and buttons of a screen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from companion.domain.person import Person
from tests.e2e.conftest import PASSPHRASE, Phones
from tests.e2e.hands import do, sign_in

pytestmark = pytest.mark.browser


def on_paper(page: Page) -> None:
    """Print, in dark too, is dark ink on white, and nothing is there to tap."""
    page.emulate_media(media="print", color_scheme="dark")
    for chrome in (".top", ".tabs", ".foot", ".skip"):
        for each in page.locator(chrome).all():
            expect(each).to_be_hidden()
    for button in page.locator("main button, main .button").all():
        expect(button).to_be_hidden()
    look = page.evaluate("(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.body))")
    assert look == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


@pytest.mark.parametrize("js", [True, False], ids=["js", "no-js"])
def test_recovery_codes_print_without_the_site_around_them(
    js: bool, new_phone: Phones, someone: Callable[[str], Person]
) -> None:
    page = new_phone("nl", js=js)
    person = someone("nl")
    sign_in(page, person.name, PASSPHRASE)
    page.goto("/account/codes")
    page.fill("[name=passphrase]", PASSPHRASE)
    do(page, "/join/codes")
    button = page.locator("[data-print]")
    expect(button).to_be_visible(visible=js)
    if js:
        page.evaluate("window.print = () => { document.body.dataset.printed = 'yes' }")
        button.click()
        expect(page.locator("body[data-printed=yes]")).to_have_count(1)
    on_paper(page)
    codes = page.locator(".codes li")
    expect(codes).to_have_count(8)
    for code in codes.all():
        expect(code).to_be_visible()
    expect(page.locator("main")).to_contain_text(person.name)
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1  # one sheet to keep


@pytest.mark.parametrize(
    "path", ["/plan", "/history", "/history/look-back", "/symptoms", "/help", "/learn/never-stop-suddenly"]
)
def test_pages_that_someone_pins_up_are_black_on_white(path: str, phone_of: Phones) -> None:
    page = phone_of("alice")
    page.goto(path)
    on_paper(page)
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_looking_back_fits_on_two_sheets_without_ones_own_words(language: str, phone_of: Phones) -> None:
    page = phone_of("alice", language)
    page.goto("/history/look-back?since=start")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) <= 2
    page.emulate_media(media="print")
    expect(page.locator(".then-now")).to_be_visible()
    expect(page.locator(".chart-picture")).to_be_visible()
    expect(page.locator("main form")).to_be_hidden()
    expect(page.locator(".written")).to_have_count(0)  # Alice wrote no notes


def test_the_picture_prints_with_its_table_open(phone_of: Phones) -> None:
    page = phone_of("alice")
    page.goto("/history?window=month")
    page.emulate_media(media="print")
    expect(page.locator(".chart-table tbody tr").last).to_be_visible()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) <= 2


@pytest.mark.parametrize("paper", ["letter", "discuss", "agreement", "capsules"])
@pytest.mark.parametrize("who", ["alice", "bob", ""])
def test_each_paper_to_take_along_is_one_sheet_in_each_language(
    paper: str, who: str, phone_of: Phones, new_phone: Phones
) -> None:
    page = phone_of(who) if who else new_phone("nl")
    for language in ("nl", "fr"):
        page.goto(f"/papers/{paper}?language={language}")
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1
    page.goto(f"/papers/{paper}?language=both")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 2
    on_paper(page)
    expect(page.locator("h1")).to_be_hidden()


def test_what_is_typed_and_ticked_on_a_paper_is_printed_and_not_sent(phone_of: Phones) -> None:
    page = phone_of("alice")
    page.goto("/papers/letter")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url} {request.post_data}"))
    page.locator(".paper-line input").first.fill("dr. Peeters")
    page.locator(".paper-space textarea").fill("Ik slaap al weken licht.")
    page.locator(".paper-box input").first.check()
    page.emulate_media(media="print")
    expect(page.locator(".paper-line input").first).to_have_value("dr. Peeters")
    expect(page.locator(".paper-line input").first).to_be_visible()
    page.wait_for_timeout(300)
    assert not [each for each in sent if not each.startswith("GET ") or "Peeters" in each or "weken" in each]

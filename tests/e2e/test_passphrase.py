"""A passphrase that can be read while it is typed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Phones

pytestmark = pytest.mark.browser

TYPED = "vier woorden zonder zin"
OPEN = ("/join", "/sign-in", "/recover")
OWN = ("/account/passphrase", "/account/codes", "/account/erase")

GAP = """() => {
  const field = document.querySelector("[name=passphrase]");
  return Math.round(field.parentElement.getBoundingClientRect().height - field.getBoundingClientRect().height);
}"""
"""How much room beside a field is taken by what is not there."""


def shows(page: Page, name: str = "passphrase") -> None:
    """What is typed is hidden, read, and hidden again, with the same button."""
    field, button = page.locator(f"main [name={name}]"), page.locator(f"main [data-show=f-{name}]")
    field.fill(TYPED)
    for kind, pressed in (("password", "false"), ("text", "true"), ("password", "false")):
        expect(field).to_have_attribute("type", kind)
        expect(button).to_have_attribute("aria-pressed", pressed)
        button.click()
    expect(field).to_have_value(TYPED)
    expect(field).to_have_attribute("spellcheck", "false")
    expect(field).to_have_attribute("autocapitalize", "none")
    assert (field.get_attribute("autocomplete") or "").endswith("-password")


@pytest.mark.parametrize("path", OPEN)
def test_it_can_be_read_wherever_one_comes_in(path: str, new_phone: Phones) -> None:
    page = new_phone("nl")
    page.goto(path)
    shows(page)


def test_it_can_be_read_wherever_it_is_asked_again(phone_of: Phones) -> None:
    page = phone_of("bob", "fr")
    for path in OWN:
        page.goto(path)
        shows(page)
    page.goto(OWN[0])
    shows(page, "old")


@pytest.mark.parametrize(("language", "words"), [("nl", "wachtzin"), ("fr", "phrase de passe")])
def test_a_screen_reader_hears_whose_button_it_is_and_what_it_did(language: str, words: str, new_phone: Phones) -> None:
    page = new_phone(language)
    page.goto("/sign-in")
    button, said = page.locator("[data-show]"), page.locator("#s-f-passphrase")
    assert words in button.inner_text().lower()
    expect(said).to_have_attribute("role", "status")
    expect(said).to_have_text("")
    page.locator("[name=passphrase]").focus()
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Space")
    read = said.inner_text()
    assert words in read.lower()
    page.keyboard.press("Enter")
    expect(said).not_to_have_text(read)


def test_it_is_hidden_when_it_is_sent_and_sent_as_it_was_typed(new_phone: Phones) -> None:
    page = new_phone("nl")
    page.goto("/sign-in")
    page.fill("[name=name]", "alice")
    page.fill("[name=passphrase]", "demo-alice-2027")
    page.locator("[data-show]").click()
    page.evaluate(
        """() => document.querySelector("form:has([name=passphrase])").addEventListener("submit", () =>
             sessionStorage.setItem("sent", document.querySelector("[name=passphrase]").type))"""
    )
    with page.expect_navigation():
        page.locator("main .button-do").click()
    expect(page).to_have_url("/today")
    assert page.evaluate("sessionStorage.getItem('sent')") == "password"


def test_without_a_script_there_is_neither_a_button_nor_a_gap(new_phone: Phones) -> None:
    page = new_phone("nl", js=False)
    page.goto("/join")
    expect(page.locator("[data-show]")).to_be_hidden()
    assert page.evaluate(GAP) == 0


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize(("width", "text"), [(320, 16), (360, 32)], ids=["narrow", "large"])
def test_the_field_keeps_the_whole_line_on_a_narrow_phone_and_with_large_text(
    language: str, width: int, text: int, new_phone: Phones
) -> None:
    page = new_phone(language, viewport={"width": width, "height": 640})
    page.goto("/join")
    page.context.new_cdp_session(page).send(
        "Page.setFontSizes", {"fontSizes": {"standard": text, "fixed": text * 13 // 16}}
    )
    wide = "name => document.querySelector(`[name=${name}]`).getBoundingClientRect().width"
    assert page.evaluate(wide, "passphrase") == page.evaluate(wide, "name")


def test_nothing_moves_when_the_script_comes(new_phone: Phones) -> None:
    page = new_phone("nl")
    page.route("**/modules/show.js", lambda route: route.abort())
    page.goto("/join")
    button = page.locator("[data-show]")
    expect(button).to_be_hidden()
    before = page.locator("main .button-do").bounding_box()
    page.unroute("**/modules/show.js")
    page.reload()
    expect(button).to_be_visible()
    assert page.locator("main .button-do").bounding_box() == before

"""An urgent answer shows help at once, before anything is saved: by script, by style alone, and by the server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from companion.domain.person import Person
from companion.services.log_symptoms import KeptList, lists_between
from tests.e2e.browser import phone
from tests.e2e.conftest import PASSPHRASE, Phones
from tests.e2e.hands import at, choose, do, sign_in
from tests.e2e.server import Server, serving

pytestmark = pytest.mark.browser

URGENT = [
    ("answers[17]", "1"),
    ("answers[17]", "2"),
    ("answers[18]", "1"),
    ("answers[18]", "2"),
    ("safety[seizure]", "earlier"),
    ("safety[seizure]", "now"),
    ("safety[suicide]", "earlier"),
    ("safety[suicide]", "now"),
    ("safety[confusion]", "earlier"),
    ("safety[confusion]", "now"),
]


def kept_lists(server: Server, person: Person) -> list[KeptList]:
    day = person.day(server.clock.now)
    return lists_between(server.house.store, person, day - timedelta(days=30), day)


def near(page: Page, name: str) -> None:
    """Help stands beside the question itself, in sight, and leads to all of it."""
    hint = page.locator("fieldset", has=page.locator(f'[name="{name}"]')).locator(".urgent-near")
    expect(hint).to_be_visible()
    expect(hint).to_be_in_viewport()
    expect(hint).to_contain_text("112")


@pytest.mark.parametrize("js", [True, False], ids=["js", "no-js"])
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_help_shows_with_the_tap_and_goes_when_it_was_a_mistake(
    language: str, js: bool, new_phone: Phones, someone: Callable[[str], Person], server: Server
) -> None:
    page = new_phone(language, js=js)
    person = someone(language)
    sign_in(page, person.name, PASSPHRASE)
    page.goto("/symptoms/new")
    help_ = page.locator("#urgent-help")
    expect(help_).to_be_hidden()
    for name, value in URGENT:
        choose(page, name, value)
        near(page, name)
        expect(help_).to_be_visible()
        for number in ("112", {"nl": "1813", "fr": "080032123"}[language]):
            expect(help_.locator(f'a[href="tel:{number}"]')).to_be_visible()
        if js:
            expect(help_).to_have_attribute("role", "alert")  # said aloud too
        choose(page, name, "0" if name.startswith("answers") else "no")
        expect(help_).to_be_hidden()
    choose(page, "answers[16]", "2")
    expect(help_).to_be_hidden()  # bad, and not urgent
    assert not kept_lists(server, person)


def test_with_javascript_the_list_can_be_kept_once_help_was_shown(
    new_phone: Phones, someone: Callable[[str], Person], server: Server
) -> None:
    page = new_phone("nl")
    person = someone("nl")
    sign_in(page, person.name, PASSPHRASE)
    page.goto("/symptoms/new")
    choose(page, "safety[suicide]", "earlier")
    page.locator(".urgent-near a:visible").click()
    expect(page.locator("#urgent-help")).to_be_in_viewport()
    do(page, "/symptoms/<id>")
    expect(page.locator('.urgent a[href="tel:112"]')).to_be_visible()
    assert [kept.answers.safety["suicide"].value for kept in kept_lists(server, person)] == ["earlier"]


@pytest.mark.parametrize("styled", [True, False], ids=["css", "no-css"])
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_without_javascript_the_server_shows_help_first_and_keeps_the_answers(
    language: str, styled: bool, new_phone: Phones, someone: Callable[[str], Person], server: Server
) -> None:
    page = new_phone(language, js=False)
    if not styled:  # as in a browser that does not know `:has`
        page.route("**/style-*.css", lambda route: route.abort())
    person = someone(language)
    page.goto("/sign-in")
    page.fill("[name=name]", person.name)
    page.fill("[name=passphrase]", PASSPHRASE)
    page.locator("main .button-do").click()
    at(page, "/today")
    page.goto("/symptoms/new")
    choose(page, "answers[18]", "1")
    choose(page, "answers[3]", "2")
    page.fill("[name=new]", "Trillende handen")
    page.locator("main form .button-do").click()

    first = page.locator("#urgent-first")
    expect(first).to_be_visible()
    expect(first).to_have_attribute("role", "alert")
    expect(first.locator('a[href="tel:112"]')).to_be_in_viewport()
    assert not kept_lists(server, person)
    expect(page.locator('[name="answers[18]"][value="1"]')).to_be_checked()
    expect(page.locator('[name="answers[3]"][value="2"]')).to_be_checked()
    expect(page.locator("[name=new]")).to_have_value("Trillende handen")

    page.locator("main form .button-do").click()
    at(page, "/symptoms/<id>")
    assert [kept.answers.new for kept in kept_lists(server, person)] == ["Trillende handen"]


@pytest.mark.parametrize("js", [True, False], ids=["js", "no-js"])
def test_help_shows_when_the_site_is_gone(js: bool, browser: Browser, tmp_path: Path) -> None:
    """The form was open when the network went: the words are in the page, nobody is asked for them."""
    with serving(tmp_path, demo=True) as site:
        context = phone(browser, site.address, "nl", java_script_enabled=js)
        page = context.new_page()
        sign_in(page, "charlie", "demo-charlie-2027")
        page.goto("/symptoms/new")
    context.set_offline(True)
    for name, value in URGENT:
        choose(page, name, value)
        near(page, name)
        help_ = page.locator("#urgent-help")
        expect(help_).to_be_visible()
        expect(help_.locator('a[href="tel:112"]')).to_be_visible()
        expect(help_.locator('a[href="tel:1813"]')).to_be_visible()
        choose(page, name, "0" if name.startswith("answers") else "no")
        expect(help_).to_be_hidden()
    choose(page, "safety[seizure]", "now")
    page.locator(".urgent-near a:visible").click()
    expect(page.locator('#urgent-help a[href="tel:112"]')).to_be_in_viewport()
    context.close()


def test_the_script_shows_help_where_the_style_cannot(
    new_phone: Phones, someone: Callable[[str], Person], server: Server
) -> None:
    """As in a browser that does not know `:has`: those rules are not there."""

    def without_has(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(":has(", ":unknown("))

    page = new_phone("fr")
    page.route("**/style-*.css", without_has)
    person = someone("fr")
    sign_in(page, person.name, PASSPHRASE)
    page.goto("/symptoms/new")
    expect(page.locator("#urgent-help")).to_be_hidden()
    choose(page, "answers[17]", "1")
    near(page, "answers[17]")
    expect(page.locator("#urgent-help")).to_be_visible()
    choose(page, "answers[17]", "0")
    expect(page.locator("#urgent-help")).to_be_hidden()


def test_an_urgent_list_that_is_opened_again_shows_its_help_at_once(
    new_phone: Phones, someone: Callable[[str], Person]
) -> None:
    page = new_phone("nl")
    sign_in(page, someone("nl").name, PASSPHRASE)
    page.goto("/symptoms/new")
    choose(page, "answers[18]", "2")
    do(page, "/symptoms/<id>")
    page.goto("/symptoms/new")
    expect(page.locator("#urgent-help")).to_be_visible()
    do(page, "/symptoms/<id>")


def test_gently_again_the_next_day_until_it_is_over(
    new_phone: Phones, someone: Callable[[str], Person], server: Server
) -> None:
    page = new_phone("nl")
    sign_in(page, someone("nl").name, PASSPHRASE)
    page.goto("/symptoms/new")
    choose(page, "safety[suicide]", "earlier")
    do(page, "/symptoms/<id>")
    server.clock.brussels("2026-11-22 09:00")
    page.goto("/today")
    line = page.locator("#gently")
    expect(line).to_be_in_viewport()
    line.locator('a[href="/help"]').click()
    at(page, "/help")
    page.goto("/today")
    line.locator("button").click()
    at(page, "/today")
    expect(line).to_have_count(0)

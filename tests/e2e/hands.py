"""What a person does with their thumbs. Nothing here knows a word of Dutch or French: fields by name, links by
address, buttons by place."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect


def at(page: Page, path: str) -> None:
    """The page is at a path, whatever stands behind `?` or `#`; `<id>` stands for one part."""
    pattern = re.escape(path).replace("<id>", "[^/?#]+")
    expect(page).to_have_url(re.compile(rf"^https?://[^/]+{pattern}([?#].*)?$"))


def do(page: Page, leads_to: str, button: Locator | None = None) -> None:
    """Tap the one filled button (or another) and be at the page it leads to."""
    with page.expect_navigation():
        (button or page.locator("main .button-do:visible")).click()
    at(page, leads_to)


def follow(page: Page, path: str, within: str = "main") -> None:
    """Tap the first link to a path in a part of the page."""
    page.locator(f'{within} a[href="{path}"]').first.click()
    at(page, path)


def refused(page: Page, *fields: str) -> None:
    """The form came back: a summary on top, and each field marked and described by a sentence."""
    expect(page.locator(".error-summary li")).not_to_have_count(0)
    for name in fields:
        field = page.locator(f'[name="{name}"]').first
        expect(field).to_have_attribute("aria-invalid", "true")
        described = (field.get_attribute("aria-describedby") or "").split()
        expect(page.locator(f'[id="{described[-1]}"]')).to_be_visible()
        expect(page.locator(f'.error-summary a[href="#f-{name}"]')).to_be_visible()


def sign_in(page: Page, name: str, passphrase: str) -> None:
    page.goto("/sign-in")
    page.fill("[name=name]", name)
    page.fill("[name=passphrase]", passphrase)
    do(page, "/today")


def fill(page: Page, values: dict[str, str]) -> None:
    """Type each value in the field of its name."""
    for name, value in values.items():
        page.fill(f'[name="{name}"]', value)


def choose(page: Page, name: str, value: str) -> None:
    """Tick a radio button or a tick box by its name and value."""
    page.check(f'[name="{name}"][value="{value}"]')

"""How tests and pictures start Debian's Chromium, and what a context on a phone is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"width": 390, "height": 844}
LOCALES = {"nl": "nl-BE", "fr": "fr-BE"}


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


def phone(browser: Browser, address: str, language: str, **more: Any) -> BrowserContext:
    """A context on a phone of someone who speaks `language`."""
    options: dict[str, Any] = {
        "viewport": PHONE,
        "locale": LOCALES[language],
        "timezone_id": "Europe/Brussels",
        "base_url": address,
    }
    options["service_workers"] = "block"  # allowed where what opens without network is tested: it fetches every page
    context = browser.new_context(**(options | more))
    context.set_default_timeout(15000)
    return context

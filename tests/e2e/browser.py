"""How tests and pictures start Debian's Chromium, and what a context on a phone is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from companion.settings import ROOT

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
PATIENCE = 20_000
"""Milliseconds after which something does not come any more, on a busy machine too."""
[GOES_ON] = re.findall(r"LONGEST_WAIT = (\d+)", (ROOT / "static/js/modules/write.js").read_text())
PATIENT = f"""const wait = setTimeout;
window.setTimeout = (act, pause, ...more) => wait(act, pause === {GOES_ON} ? 12000 : pause, ...more);"""
"""A phone goes on after some seconds without an answer. Ours waits longer, so that what follows does not depend on how
busy the machine is."""
LOCALES = {"nl": "nl-BE", "fr": "fr-BE"}


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    expect.set_options(timeout=PATIENCE)
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
    context.set_default_timeout(PATIENCE)
    context.add_init_script(PATIENT)
    return context


def shut(page: Page) -> None:
    """Close a page, once nothing is opened in it: Chromium may not close one in the moment it gives way to another."""
    for _ in range(3):  # what was on its way comes in between
        with suppress(Error):
            page.goto("about:blank")
            break
    page.close()


def put_away(context: BrowserContext) -> None:
    """Close a phone on which pages may open by themselves."""
    for page in context.pages:
        shut(page)
    context.close()

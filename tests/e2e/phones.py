"""What a person does with a phone that keeps what it cannot send: writing, looking at what waits, a killed browser."""

from __future__ import annotations

import json
import os
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from companion.domain.consent import Purpose
from companion.domain.person import Person
from companion.services import consent
from companion.services.export_person import export_person
from companion.services.join import Joined, Joining, join
from companion.storage import people
from tests.e2e.browser import CHROMIUM, FLAGS, PATIENCE, PHONE
from tests.e2e.kept import in_time
from tests.e2e.server import Server

PASSPHRASE = "vier losse woorden samen"


def newcomer(site: Server, *, purposes: tuple[Purpose, ...] = tuple(Purpose)) -> Person:
    """Someone new, who said yes to `purposes`, where the people of this site live; signs in with PASSPHRASE."""
    joined = join(site.house.store, Joining(f"lente {uuid4().hex[:12]}", PASSPHRASE, True, "nl"), site.clock.now)
    assert isinstance(joined, Joined)
    consent.choose(site.house.store, joined.person, list(purposes), "nl", site.clock.now)
    with site.house.store.write(joined.person.id) as unit:
        people.set_zone(unit, joined.person.id, site.zone)
    return replace(joined.person, zone=site.zone)


COUNT = """() => new Promise((done) => {
              const opening = indexedDB.open("andante");
              opening.onsuccess = () => {
                const asked = opening.result.transaction("entries").objectStore("entries").count();
                asked.onsuccess = () => { opening.result.close(); done(asked.result); };
              };
            })"""


def entries(site: Server, person: Person, kind: str = "nights") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(json.dumps(export_person(site.house.store, person)))[kind]
    return found


def last_night(site: Server, person: Person) -> str:
    return f"/diary/{person.day(site.clock.now)}"


def write_night(page: Page, address: str, note: str, *, wait: bool = True, **more: str) -> None:
    page.goto(address)
    for name, value in {"in_bed": "22:30", "up": "06:40", "note": note, **more}.items():
        page.fill(f"[name={name}]", value)
    if not wait:
        page.locator("main .button-do").click()
        return
    with page.expect_navigation():
        page.locator("main .button-do").click()


def waits(page: Page) -> int:
    """How many entries the phone holds, whoever wrote them; -1 while the page changes."""
    try:
        return int(in_time(page, COUNT))
    except Error:
        return -1


def tap(page: Page, what: str) -> None:
    """Tap a button and wait for the page that follows."""
    with page.expect_navigation():
        page.locator(what).click()


def write_extra(page: Page, mg: str) -> None:
    page.goto("/today/extra")
    page.fill("[name=mg]", mg)
    tap(page, "main .button-do")


def write_list(page: Page, item: str, level: int) -> None:
    page.goto("/symptoms/new")
    page.check(f'[name="answers[{item}]"][value="{level}"]')
    tap(page, "main .button-do")


def write_check_in(page: Page, level: int) -> None:
    page.goto("/today")
    if page.locator("[data-by-day-too]").is_visible():  # at night the rest is behind a tap
        page.locator("[data-by-day-too]").click()
    with page.expect_navigation():
        page.locator(".step").nth(level - 1).click()


def says_kept(page: Page) -> None:
    expect(page.locator("[data-waiting]")).to_contain_text("Bewaard op deze telefoon")


def opened(site: Server, browser: Browser, profile: Path) -> BrowserContext:
    """A browser of its own, whose profile stays when it is killed."""
    context = browser.browser_type.launch_persistent_context(
        profile,
        executable_path=CHROMIUM,
        args=list(FLAGS),
        viewport=PHONE,
        locale="nl-BE",
        timezone_id="Europe/Brussels",
        base_url=site.address,
    )
    context.set_default_timeout(PATIENCE)
    return context


def kill(profile: str) -> None:
    """SIGKILL to every process of the browser with this profile."""
    for process in Path("/proc").iterdir():
        try:
            command = (process / "cmdline").read_text() if process.name.isdigit() else ""
        except OSError:
            continue
        if profile in command and "chromium" in command:
            os.kill(int(process.name), signal.SIGKILL)

"""The site can be put on the home screen, as Andante, in the language of the page."""

from __future__ import annotations

import json
import struct

import pytest

from tests.e2e.conftest import Phones

pytestmark = pytest.mark.browser

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_chromium_finds_nothing_that_keeps_it_from_installing(language: str, new_phone: Phones) -> None:
    page = new_phone(language)
    page.goto("/")
    devtools = page.context.new_cdp_session(page)
    answer = devtools.send("Page.getAppManifest")
    assert answer["errors"] == []
    assert answer["url"].endswith(f"/manifest.webmanifest?language={language}")
    manifest = json.loads(answer["data"])
    assert (manifest["name"], manifest["short_name"]) == ("Andante", "Andante")
    assert manifest["lang"] == language
    assert manifest["display"] == "standalone"
    hindrances = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [each["errorId"] for each in hindrances if each["errorId"] != "in-incognito"] == []


def test_each_language_describes_itself_in_its_own_words(new_phone: Phones) -> None:
    page = new_phone("nl")
    described = {
        page.request.get(f"/manifest.webmanifest?language={language}").json()["description"]
        for language in ("nl", "fr")
    }
    assert len(described) == 2


def test_every_icon_loads_in_the_size_it_says(new_phone: Phones) -> None:
    page = new_phone("nl")
    page.goto("/")
    manifest = page.request.get("/manifest.webmanifest").json()
    purposes = {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]}
    assert {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")} <= purposes
    for icon in manifest["icons"]:
        answer = page.request.get(icon["src"])
        assert answer.ok, icon["src"]
        assert answer.headers["content-type"].split(";")[0] == icon["type"]
        if icon["type"] == "image/png":
            body = answer.body()
            assert body.startswith(PNG)
            width, height = struct.unpack(">II", body[16:24])
            assert f"{width}x{height}" == icon["sizes"]
    touch = page.locator('link[rel="apple-touch-icon"]').get_attribute("href")
    assert touch
    assert page.request.get(touch).body().startswith(PNG)


def test_the_shortcut_and_the_start_are_pages_of_this_site(new_phone: Phones) -> None:
    page = new_phone("fr")
    manifest = page.request.get("/manifest.webmanifest?language=fr").json()
    for address in (manifest["start_url"], *(each["url"] for each in manifest["shortcuts"])):
        answer = page.goto(address)
        assert answer
        assert answer.status == 200

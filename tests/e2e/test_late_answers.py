"""A file that arrives late never puts back an older cookie: not the language, not the sign-in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Response

from tests.e2e.conftest import Phones
from tests.e2e.hands import at

pytestmark = pytest.mark.browser


def test_only_pages_write_the_cookie(new_phone: Phones) -> None:
    page = new_phone("nl")
    files: list[Response] = []
    page.goto("/")
    page.click('header button[name="language"][value="fr"]')
    at(page, "/")
    page.on("response", lambda response: None if response.request.is_navigation_request() else files.append(response))
    page.goto("/about", wait_until="networkidle")
    page.reload(wait_until="networkidle")
    manifest = page.request.get("/manifest.webmanifest")
    writing = [each.url for each in files if "set-cookie" in each.all_headers()]
    writing += [manifest.url] if "set-cookie" in manifest.headers else []
    assert files
    assert not writing

"""In a real browser no text becomes a page or a script, our one worker apart (Trusted Types)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.e2e.browser import phone
from tests.e2e.kept import WORKER, in_time
from tests.e2e.server import Server

pytestmark = pytest.mark.browser

MADE_BY_TEXT = {
    "a page": "document.body.innerHTML = '<b>x</b>'",
    "a page beside another": "document.body.insertAdjacentHTML('beforeend', '<b>x</b>')",
    "a page of its own": "new DOMParser().parseFromString('<b>x</b>', 'text/html')",
    "a script": "document.createElement('script').src = '/static/js/reader.js'",
    "another worker": "navigator.serviceWorker.register('/static/service-worker.js')",
    "a second policy": "trustedTypes.createPolicy('mine', {createHTML: (text) => text})",
    "our policy again": "trustedTypes.createPolicy('andante', {createHTML: (text) => text})",
}


def test_a_text_never_becomes_a_page_or_a_script(server: Server, browser: Browser) -> None:
    """In a context that nobody watches: what is refused here stands in its console."""
    context = phone(browser, server.address, "nl", service_workers="allow")
    page = context.new_page()
    page.goto("/help")
    in_time(page, WORKER)
    for what, script in MADE_BY_TEXT.items():
        tried = f"async () => {{ try {{ await ({script}); return 'done' }} catch (error) {{ return error.name }} }}"
        assert page.evaluate(tried) in {"TypeError", "EvalError"}, what
    context.close()

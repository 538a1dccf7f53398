"""What a page must never do: complain in the console, break, or ask another site for anything."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

LOCAL = {"data", "blob", "about"}


class Watch:
    """Everything wrong that the pages of some contexts did, in words."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.seen: list[str] = []

    def over(self, context: BrowserContext) -> None:
        """Watch every page of a context from now on."""
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # A refused form is a document with status 422, which Chromium logs; `_response` looks at the others.
        # Most contexts let no service worker in, which Playwright says each time.
        expected = message.text.startswith(("Failed to load resource", "Service Worker registration blocked by"))
        if message.type in {"error", "warning"} and not expected:
            self.seen.append(f"console on {message.page.url if message.page else ''}: {message.text}")

    def _error(self, error: WebError) -> None:
        # Chromium says this of a fade from page to page that it leaves out because the page was gone too soon.
        if error.error.message != "Transition was skipped":
            self.seen.append(f"script error: {error.error}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in LOCAL and f"{parts.scheme}://{parts.netloc}" != self.address:
            self.seen.append(f"request to another site: {request.url}")

    def _response(self, response: Response) -> None:
        whole_page = response.request.is_navigation_request()
        if response.status >= 500 or (response.status >= 400 and not whole_page):
            self.seen.append(f"{response.status} for {response.url}")

"""A hand that counts: what someone taps, types, opens and scrolls on the way through real pages."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from playwright.sync_api import CDPSession, Locator, Page

from tests.e2e.hands import at

TAP, KEY, THINK, SWIPE = 1.1, 0.28, 1.35, 0.5
"""Seconds, of the keystroke-level model (Card, Moran and Newell 1980): pointing, a key of an average typist, making up
one's mind. A swipe is our own guess. They make an estimate of docs/walks.md and nothing else: tests compare counts."""

AWAY = """(element) => {
  const fixed = (each) => each && ["fixed", "sticky"].includes(getComputedStyle(each).position);
  const [head, foot] = [document.querySelector("header.top"), document.querySelector("nav.tabs")];
  const top = fixed(head) ? head.getBoundingClientRect().height : 0;
  const bottom = fixed(foot) ? foot.getBoundingClientRect().top : innerHeight;
  const box = element.getBoundingClientRect();
  const distance = box.bottom > bottom ? box.bottom - bottom : Math.min(0, box.top - top);
  scrollBy({ top: distance, behavior: "instant" });
  return Math.ceil(Math.abs(distance) / ((bottom - top) * 0.7));
}"""
"""How many swipes of seven tenths of what is seen of the page it takes to see an element whole; then it is in view."""

WORDS = """() => document.querySelector("main").innerText.split(/\\s+/).filter((word) => /\\p{L}/u.test(word)).length"""


@dataclass
class Hand:
    """One thumb over one page."""

    page: Page
    text: int = 100
    """The browser's own text size, in percent of the usual 16 px."""
    pictures: Path | None = None
    taps: int = 0
    fields: int = 0
    keys: int = 0
    pages: int = 0
    swipes: int = 0
    words: int = 0
    way: list[str] = field(default_factory=list)

    def opens(self, path: str) -> None:
        """An address that was given: typed, or a link in a message."""
        self.page.goto(path)
        self._arrived()

    def tap(self, what: str | Locator) -> None:
        """Something on this page: a tick, a choice, what unfolds."""
        found = self._reached(what)
        found.click()
        self.taps += 1

    def go(self, leads_to: str, what: str | Locator = "main .button-do:visible") -> None:
        """A button or link, to the page it leads to."""
        found = self._reached(what)
        with self.page.expect_navigation():
            found.click()
        self.taps += 1
        at(self.page, leads_to)
        self._arrived()

    def type(self, name: str, value: str) -> None:
        """A tap into a field, and what is typed there (a time and a date count their digits)."""
        found = self._reached(f'[name="{name}"]')
        found.fill(value)
        self.taps += 1
        self.fields += 1
        self.keys += len(value) if found.get_attribute("type") not in {"date", "time"} else sum(map(str.isdigit, value))

    def pick(self, name: str, value: str) -> None:
        """A list that unfolds: a tap on it and one on the choice."""
        self._reached(f'[name="{name}"]').select_option(value)
        self.taps += 2

    def choose(self, name: str, value: str) -> None:
        self.tap(self.page.locator(f'label:has([name="{name}"][value="{value}"])'))

    @property
    def seconds(self) -> int:
        """An estimate: see docs/walks.md."""
        return round(self.taps * TAP + self.keys * KEY + self.pages * THINK + self.swipes * SWIPE)

    def told(self) -> str:
        return (
            f"pages {self.pages}, taps {self.taps}, fields {self.fields}, keys {self.keys}, swipes {self.swipes}, "
            f"words {self.words}, estimated {self.seconds} s"
        )

    def _reached(self, what: str | Locator) -> Locator:
        found = (self.page.locator(what) if isinstance(what, str) else what).first
        found.wait_for(state="visible")
        self.swipes += int(found.evaluate(AWAY))
        return found

    def _arrived(self) -> None:
        self._enlarged()
        self.pages += 1
        words = int(self.page.evaluate(WORDS))
        self.words += words
        self.way.append(f"{self.pages:2} {self.page.url.split('/', 3)[3]:<40} words {words:4} | {self.told()}")
        if self.pictures:
            self._pictured(self.pictures / f"{self.pages:02}.png")

    def _enlarged(self) -> None:
        """The text size again: a new document forgets it."""
        if self.text != 100:
            size = 16 * self.text // 100
            self._devtools.send("Page.setFontSizes", {"fontSizes": {"standard": size, "fixed": size * 13 // 16}})

    @cached_property
    def _devtools(self) -> CDPSession:
        """One for the whole walk: the text size goes with it when it goes."""
        return self.page.context.new_cdp_session(self.page)

    def _pictured(self, path: Path) -> None:
        """The whole page, on a screen as high as it is: any other way forgets the text size."""
        size = self.page.viewport_size
        assert size is not None
        height = int(self.page.evaluate("document.documentElement.scrollHeight"))
        self.page.set_viewport_size({"width": size["width"], "height": height})
        path.write_bytes(b64decode(self._devtools.send("Page.captureScreenshot")["data"]))
        self.page.set_viewport_size(size)

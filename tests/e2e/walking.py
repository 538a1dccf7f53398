"""A hand that counts: what someone taps, types, opens and scrolls on the way through real pages. And a keyboard that
counts its stops. Nothing here knows a word of Dutch or French."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from playwright.sync_api import CDPSession, Locator, Page

from tests.e2e.hands import at

TAP, KEY, THINK, SWIPE = 1.1, 0.28, 1.35, 0.5
"""Seconds, of the keystroke-level model (Card, Moran and Newell 1980): pointing, a key of an average typist, making up
one's mind. A swipe is our own guess. They make the estimates of docs/walks.md and nothing else: tests count."""

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
"""How many swipes of seven tenths of what is seen of the page it takes to see an element; then it is in view."""

WORDS = """() => document.querySelector("main").innerText.split(/\\s+/).filter((word) => /\\p{L}/u.test(word)).length"""


@dataclass
class Hand:
    """One thumb over one page. `text` is the browser's own text size, in percent of the usual 16 px."""

    page: Page
    text: int = 100
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
        self.arrives()

    def tap(self, what: str | Locator) -> None:
        """Something on this page: a tick, a choice, what unfolds."""
        self.sees(what).click()
        self.taps += 1

    def go(self, leads_to: str, what: str | Locator = "main .button-do:visible") -> None:
        """A button or link, to the page it leads to."""
        found = self.sees(what)
        with self.page.expect_navigation():
            found.click()
        self.taps += 1
        at(self.page, leads_to)
        self.arrives()

    def type(self, name: str, value: str) -> None:
        """A tap into a field, and what is typed there (of a time and a date its digits)."""
        found = self.sees(f'[name="{name}"]')
        found.fill(value)
        self.taps += 1
        self.fields += 1
        self.keys += len(value) if found.get_attribute("type") not in {"date", "time"} else sum(map(str.isdigit, value))

    def pick(self, name: str, value: str) -> None:
        """A list that unfolds: a tap on it and one on the choice."""
        self.sees(f'[name="{name}"]').select_option(value)
        self.taps += 2

    def choose(self, name: str, value: str) -> None:
        self.tap(f'label:has([name="{name}"][value="{value}"])')

    def sees(self, what: str | Locator) -> Locator:
        """The first of these, scrolled to."""
        found = (self.page.locator(what) if isinstance(what, str) else what).first
        found.wait_for(state="visible")
        self.swipes += int(found.evaluate(AWAY))
        return found

    def arrives(self) -> None:
        if self.text != 100:  # a new document forgets it
            size = 16 * self.text // 100
            self._devtools.send("Page.setFontSizes", {"fontSizes": {"standard": size, "fixed": size * 13 // 16}})
        self.pages += 1
        self.words += int(self.page.evaluate(WORDS))
        self.way.append(f"{self.page.url.split('/', 3)[3] or '/'}: {self.told()}")

    def told(self) -> str:
        seconds = round(self.taps * TAP + self.keys * KEY + self.pages * THINK + self.swipes * SWIPE)
        return (
            f"{self.pages} pages, {self.taps} taps, {self.fields} fields, {self.keys} keys, {self.swipes} swipes, "
            f"{self.words} words, about {seconds} s"
        )

    @cached_property
    def _devtools(self) -> CDPSession:
        """One for the whole walk: the text size goes with it when it goes."""
        return self.page.context.new_cdp_session(self.page)


NEXT_STOP = """() => {
  const now = document.activeElement;
  const before = window.lastStop;
  window.lastStop = now;
  const box = now.getBoundingClientRect();
  return {
    onward: now !== document.body
      && (!before || before === now || Boolean(before.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING)),
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    what: now.outerHTML.slice(0, 120),
  };
}"""
"""The element that Tab went to: whether it comes after the one before (a time has stops inside), and is on screen."""


MOST = 120
"""Presses of a key after which one is lost."""


@dataclass
class Keyboard:
    """Tab, space, arrows and Enter, and nothing else."""

    page: Page
    stops: int = 0
    wrong: list[str] = field(default_factory=list)

    def to(self, what: str) -> None:
        """Tab to the first element that fits."""
        for _ in range(MOST):
            self.page.keyboard.press("Tab")
            self.stops += 1
            stop = self.page.evaluate(NEXT_STOP)
            if not stop["onward"]:
                self.wrong.append(f"{self.page.url}: out of order, or nowhere, before {what}: {stop['what']}")
                return
            if not stop["seen"]:
                self.wrong.append(f"{self.page.url}: not on the screen: {stop['what']}")
            if self.page.evaluate("(what) => document.activeElement.matches(what)", what):
                return
        self.wrong.append(f"{self.page.url}: never reached {what}")

    def type(self, name: str, value: str) -> None:
        self.to(f'[name="{name}"]')
        self.page.keyboard.type(value)

    def tick(self, name: str, value: str) -> None:
        self.to(f'[name="{name}"][value="{value}"]')
        self.page.keyboard.press("Space")

    def choose(self, name: str, value: str) -> None:
        """One of several: Tab goes to the first, arrows to the others."""
        self.to(f'[name="{name}"]')
        for _ in range(MOST):
            if self.page.evaluate("(value) => document.activeElement.value === value", value):
                break
            self.page.keyboard.press("ArrowDown")
        else:
            raise AssertionError(f"the arrows do not lead to {name}={value}")
        self.page.keyboard.press("Space")

    def go(self, leads_to: str, what: str = "main .button-do") -> None:
        self.to(what)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        at(self.page, leads_to)

"""Today on a slow phone: when its largest content shows, on a first visit and on the next, and how long a tap on
"taken" keeps one waiting. Chromium on slow 4G (`slow_line.py`) with a processor four times slower; the yardstick is the
same page kept as a file with its stylesheet, without script and database, on the same phone. By turns; medians.

Without Debian's chromium or the packages of the tests there is nothing to measure, and it says so.
"""

from __future__ import annotations

import re
import statistics
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from bench.measure import Line
from bench.served import Served, month, served, sign_in
from bench.slow_line import slow_line

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

TURNS = 3
SLOWER = 4
LARGEST = """
  new PerformanceObserver((list) => {
    window.largest = list.getEntries().at(-1).startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) console.debug(`lasted ${each.duration}`);
  }).observe({ type: "event", durationThreshold: 16 });
"""
TAKEN = 'form[action="/today/taken"] button'


def bench() -> list[Line]:
    try:
        from tests.e2e.browser import CHROMIUM, chromium  # noqa: PLC0415  # packages of the tests, not of the app
    except ImportError:
        CHROMIUM = ""
    if not Path(CHROMIUM).is_file():
        print("in_the_hand needs Debian's chromium and what `make test` installs", file=sys.stderr)
        return []
    with TemporaryDirectory() as name, ExitStack() as ends:
        folder = Path(name)
        month(folder)
        ours = ends.enter_context(served("bench.served:ours()", folder))
        sign_in(ours)
        _nothing_taken(ours)
        _keep_still(ours, folder)
        still = ends.enter_context(served("bench.bare_page:still()", folder))
        lines = {each: ends.enter_context(slow_line(each.connection.port)) for each in (ours, still)}
        browser = ends.enter_context(chromium())
        found: dict[Served, list[tuple[float, float, float]]] = {ours: [], still: []}
        for _ in range(TURNS):
            for each, port in lines.items():
                _nothing_taken(ours)
                found[each].append(_turn(browser, port, ours.headers["Cookie"], worker=each is ours))
    names = ("hand_first_visit", "hand_second_visit", "hand_tap")
    value, yardstick = ([statistics.median(each) for each in zip(*found[one], strict=True)] for one in (ours, still))
    return [Line(name, value[place], "ms", yardstick[place]) for place, name in enumerate(names)]


def _nothing_taken(ours: Served) -> None:
    """Undo the doses of today: there is one to tap."""
    forms = ours.text("/today").split('<form method="post" action="/today/undo">')[1:]
    for form in forms:
        ours.post("/today/undo", {"entry": form.partition('value="')[2].partition('"')[0]})


def _keep_still(ours: Served, folder: Path) -> None:
    """Today as a file, without what is ours beside it."""
    page = ours.text("/today")
    (style,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    (folder / "still.css").write_text(ours.text(style), encoding="utf-8")
    page = re.sub(
        r'<script[^>]*></script>|<link rel="(?:modulepreload|manifest|icon|apple-touch-icon)"[^>]*>', "", page
    )
    (folder / "still.html").write_text(page.replace(style, "/still.css"), encoding="utf-8")


@contextmanager
def _phone(browser: Browser, port: int, cookie: str) -> Iterator[BrowserContext]:
    address = f"http://127.0.0.1:{port}"
    context = browser.new_context(
        base_url=address, viewport={"width": 390, "height": 844}, locale="nl-BE", has_touch=True, is_mobile=True
    )
    context.set_default_timeout(120_000)
    name, _, value = cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": address}])
    context.add_init_script(LARGEST)
    yield context
    context.close()


def _turn(browser: Browser, port: int, cookie: str, *, worker: bool) -> tuple[float, float, float]:
    """The largest content of a first and of a second visit, and the longest event of a tap, in milliseconds."""
    from tests.e2e.kept import KEPT  # noqa: PLC0415  # as above

    with _phone(browser, port, cookie) as context:
        first = _opened(context)
        times = [_largest(first)]
        if worker:  # the next visit is another day: the pages that must open without network are all here
            first.evaluate(KEPT, "")
        first.close()
        second = _opened(context)
        times.append(_largest(second))
        return times[0], times[1], _tap(second)


def _tap(page: Page) -> float:
    """The longest of the events of a tap; under 16 the browser does not tell."""
    lasted = [16.0]

    def hear(said: ConsoleMessage) -> None:
        word, _, number = said.text.partition(" ")
        if word == "lasted":
            lasted.append(float(number))

    page.on("console", hear)
    page.locator(TAKEN).first.tap(no_wait_after=True)
    page.wait_for_timeout(3000)
    return max(lasted)


def _opened(context: BrowserContext) -> Page:
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto("/today", wait_until="load")
    page.wait_for_timeout(1000)
    return page


def _largest(page: Page) -> float:
    found: Any = page.evaluate("largest")
    return float(found)

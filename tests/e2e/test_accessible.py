"""Every page for everyone: rules of axe, large text, narrow screens, thumbs, keyboards, forced colours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.e2e.browser import PHONE
from tests.e2e.conftest import Phones
from tests.e2e.hands import fill
from tests.e2e.server import Clock, Server
from tests.e2e.ways import WAYS, Way

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
THUMB = 44
NARROW = {"width": 320, "height": 640}

TOO_WIDE = """() => {
  const page = document.documentElement;
  const wide = page.scrollWidth > page.clientWidth ? [`page: ${page.scrollWidth} of ${page.clientWidth}`] : [];
  const name = (each) => `${each.tagName} "${each.textContent.trim().slice(0, 40)}"`;
  const overflow = (each) => getComputedStyle(each).overflowX;
  const scrolls = (each) => each && (/auto|scroll/.test(overflow(each)) || scrolls(each.parentElement));
  for (const each of document.body.querySelectorAll("*")) {
    const box = each.getBoundingClientRect();
    const out = box.width && (box.right > page.clientWidth + 1 || box.left < -1);
    if (out && each.checkVisibility() && !each.closest(".hidden-visually, svg > *") && !scrolls(each.parentElement)) {
      wide.push(`${name(each)} ${Math.round(box.left)} to ${Math.round(box.right)}`);
    }
    if (each.matches("button, .button, .tabs a") && each.scrollWidth > each.clientWidth + 1) {
      wide.push(`cut off: ${name(each)}`);
    }
  }
  return wide;
}"""

TOO_SMALL = """(least) => {
  const all = "button, a.button, a.call, nav a, .input, select, summary, label.choice, header a, footer li a";
  const size = (each) => each.getBoundingClientRect();
  const alone = (link) => {  // nothing but links in its line: a link inside a sentence is as high as the sentence
    let around = link;
    while (getComputedStyle(around).display === "inline") around = around.parentElement;
    const beside = around.cloneNode(true);
    if (around !== link) beside.querySelectorAll("a, .hidden-visually, [hidden]").forEach((each) => each.remove());
    return around === link || !/[\\p{L}\\p{N}]/u.test(beside.textContent);
  };
  const links = [...document.querySelectorAll("a[href]:not(.skip)")].filter(alone);
  return [...new Set([...document.querySelectorAll(all), ...links])]
    .filter((each) => each.checkVisibility() && size(each).width)
    .filter((each) => size(each).height < least || size(each).width < least)
    .map((each) => `${each.outerHTML.slice(0, 80)} ${Math.round(size(each).width)} × ${Math.round(size(each).height)}`);
}"""


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_page_is_for_everyone(language: str, way: Way, reader: Phones, server: Server) -> None:
    page = reader(way.who, language)
    way.go(page, server)
    expect(page.locator("html")).to_have_attribute("lang", language)
    found = [f"light: {each}" for each in violations(page)]
    found += [f"not wide or high enough for a thumb: {each}" for each in page.evaluate(TOO_SMALL, THUMB)]
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {each}" for each in violations(page, COLOURS)]
    with text_of_200_percent(page):
        found += [f"200 % text: {each}" for each in page.evaluate(TOO_WIDE)]
        page.set_viewport_size(NARROW)
        found += [f"200 % text, 320 px wide: {each}" for each in page.evaluate(TOO_WIDE)]
    found += [f"320 px wide: {each}" for each in page.evaluate(TOO_WIDE)]
    assert not found, f"{page.url}\n" + "\n".join(found)


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe finds; all its rules of WCAG 2.2 AA and good practice, or only some."""
    run = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"runOnly": run, "resultTypes": ["violations"]}
    result: dict[str, Any] = page.evaluate("options => axe.run(options)", options)
    return [
        f"{each['id']}: {node['html'][:160]} ({'; '.join(check['message'] for check in node['any'] + node['all'])})"
        for each in result["violations"]
        for node in each["nodes"]
    ]


@contextmanager
def text_of_200_percent(page: Page) -> Iterator[None]:
    """The browser's own text size, twice as large."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    size = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    assert size == 36, f"the page does not follow the browser's text size: {size}"
    yield
    devtools.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    devtools.detach()


def test_the_first_tab_stop_skips_to_the_page(phone_of: Phones) -> None:
    page = phone_of("alice")
    page.goto("/today")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize(
    "path", ["/today", "/plan", "/diary/2026-11-21", "/symptoms", "/history?window=week", "/account", "/help"]
)
def test_the_keyboard_reaches_everything_in_sight_and_is_never_trapped(path: str, phone_of: Phones) -> None:
    page = phone_of("alice", reduced_motion="reduce")
    page.goto(path)
    reach = page.evaluate(
        """() => {
          const all = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
          const seen = new Set();
          return [...document.querySelectorAll(all)].filter((each) => {
            if (!each.checkVisibility()) return false;
            if (each.type !== "radio") return true;
            const first = !seen.has(each.name);  // one stop for a group
            seen.add(each.name);
            return first;
          }).length;
        }"""
    )
    page.keyboard.press("Tab")
    hidden = []
    times = page.locator("input[type=time]").count() * 4  # hours, minutes, picker: more stops in one field
    for _ in range(reach + times):
        page.keyboard.press("Tab")
        left, where = page.evaluate(
            """() => {
              const here = document.activeElement;
              if (here === document.body || here.matches(".skip")) return [true, ""];  // past the end, or around again
              const box = here.getBoundingClientRect();
              const seen = [0.1, 0.5, 0.9].some((share) => {
                const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height * share);
                return hit && (here.contains(hit) || hit.contains(here) || hit.closest("label")?.contains(here));
              });
              return [false, seen ? "" : here.outerHTML.slice(0, 120)];
            }"""
        )
        if left:
            break
        hidden += [where] if where else []
    else:
        left = False
    assert left, "the keyboard does not leave the page"
    assert not hidden, "focused but covered:\n" + "\n".join(hidden)


def test_what_is_wrong_is_focused_and_leads_to_its_field(new_phone: Phones) -> None:
    page = new_phone("nl")
    page.goto("/join")
    fill(page, {"name": "a", "passphrase": "kort"})
    page.keyboard.press("Enter")
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(summary.locator("a").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[name=name]")).to_be_focused()
    expect(page.locator("[name=name]")).to_be_in_viewport()
    expect(page.locator('label[for="f-name"]')).to_be_in_viewport()


def test_keys_alone_note_a_dose(phone_of: Phones, clock: Clock) -> None:
    page = phone_of("bob", "fr")
    clock.brussels("2026-11-21 08:20")
    page.goto("/today")
    page.locator('form[action="/today/taken"] .button-do').focus()
    page.keyboard.press("Enter")
    expect(page.locator(".taken:visible")).to_have_count(1)
    page.locator('form[action="/today/undo"] button').focus()
    page.keyboard.press("Space")
    expect(page.locator(".taken:visible")).to_have_count(0)


@pytest.mark.parametrize(
    "path", ["/today", "/plan", "/history", "/history/look-back", "/symptoms/new", "/symptoms", "/preview"]
)
def test_forced_colours_keep_every_shape(path: str, phone_of: Phones) -> None:
    page = phone_of("alice", forced_colors="active", color_scheme="dark")
    page.goto(path)
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    unseen = page.evaluate(
        """() => [...document.querySelectorAll("main svg:not(.icon) :is(path, rect, circle)")].filter((each) => {
          const style = getComputedStyle(each);
          const back = getComputedStyle(document.documentElement).backgroundColor;
          const paper = getComputedStyle(document.body).backgroundColor;
          const ink = [style.stroke, style.fill].filter((colour) => colour !== "none");
          return each.checkVisibility() && ink.length && ink.every((colour) => colour === paper || colour === back);
        }).map((each) => each.getAttribute("class"))"""
    )
    assert set(unseen) <= {"chart-mean-under"}  # lies under a line and only parts it from the bars
    flat = page.evaluate(
        """() => [...document.querySelectorAll("main .button, .choice, .input")].filter((each) =>
          each.checkVisibility() && parseFloat(getComputedStyle(each).borderTopWidth) < 1
        ).map((each) => each.outerHTML.slice(0, 100))"""
    )
    assert not flat


def test_nothing_moves_for_those_who_asked_for_it(phone_of: Phones) -> None:
    page = phone_of("alice", reduced_motion="reduce")
    for path in ("/today", "/history", "/symptoms/new"):
        page.goto(path)
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
        assert page.evaluate("document.getAnimations().length") == 0


def test_the_phone_on_its_side_keeps_the_page_in_sight(phone_of: Phones) -> None:
    page = phone_of("alice", viewport={"width": PHONE["height"], "height": PHONE["width"]})
    page.goto("/today")
    bars = page.locator(".top, .tabs").all()
    covered = sum(bar.evaluate("each => each.getBoundingClientRect().height") for bar in bars)
    assert covered < PHONE["width"] * 0.45


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_with_very_large_text_the_days_of_the_calendar_stay_words(language: str, phone_of: Phones) -> None:
    page = phone_of("alice", language)
    page.goto("/calendar")
    with text_of_200_percent(page):
        lines = page.locator(".calendar-row > a").evaluate_all(
            "all => all.map((each) => each.clientHeight / parseFloat(getComputedStyle(each).lineHeight))"
        )
    assert lines
    assert max(lines) < 2.5

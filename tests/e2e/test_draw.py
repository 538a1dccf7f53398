"""The two-minute morning in a real mobile browser: painted with a finger, with the keyboard, or as usual."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from companion.domain.night import TIMES_AND_NUMBERS
from companion.domain.person import Person
from companion.services.log_night import KeptNight, log_night, night_of
from tests.domain.test_night_drawn import DAY, PAINTED_NIGHT, WORKED
from tests.e2e.conftest import PASSPHRASE, Phones
from tests.e2e.hands import at, do, sign_in
from tests.e2e.server import Clock, Server
from tests.web.test_diary_draw import NIGHT, ROW

pytestmark = pytest.mark.browser

TOUCH = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2}
DRAW = f"/diary/{DAY}/draw"


class Finger:
    """One finger on the glass, through the browser's own touch events."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.glass: CDPSession = page.context.new_cdp_session(page)

    def drag(self, cells: Sequence[Locator], *, lift: bool = True) -> None:
        """Down on the first cell, slowly over the others, up on the last."""
        points = [self._middle(cell) for cell in cells]
        self._send("touchStart", points[0])
        for (x0, y0), (x1, y1) in pairwise(points):
            for step in range(1, 9):
                self._send("touchMove", (x0 + (x1 - x0) * step / 8, y0 + (y1 - y0) * step / 8))
        if lift:
            self._send("touchEnd")

    def _middle(self, cell: Locator) -> tuple[float, float]:
        box = cell.bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def _send(self, kind: str, *points: tuple[float, float]) -> None:
        touches: list[dict[str, Any]] = [{"x": x, "y": y, "id": 1} for x, y in points]
        self.glass.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})


def cell(page: Page, wall: str) -> Locator:
    return page.locator(f'.draw-cell[data-wall="{wall}"]')


OUTSIDE = """() => [...document.querySelectorAll(".draw-brush")].flatMap((brush) => {
  brush.querySelector("input").checked = true;
  const words = document.createRange();
  words.selectNodeContents(brush);
  const [inside, around] = [words.getBoundingClientRect(), brush.getBoundingClientRect()];
  const free = Math.min(inside.left - around.left, around.right - inside.right);
  return free < 3 ? [`${brush.textContent.trim()}: ${free.toFixed(1)}`] : [];
})"""
"""Brushes whose word leaves less than three pixels beside it, each while it is the chosen one."""


@pytest.mark.parametrize("width", [320, 360, 390])
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_brush_holds_its_word(language: str, width: int, phone_of: Phones) -> None:
    page = phone_of("alice", language, viewport={"width": width, "height": 844})
    page.goto(DRAW)
    assert page.evaluate(OUTSIDE) == []


def before(wall: str) -> str:
    """The quarter that ends at a wall time."""
    minutes = (int(wall[:2]) * 60 + int(wall[3:]) - 15) % (24 * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def choose_brush(page: Page, value: str) -> None:
    page.locator(f'.draw-brush:has([value="{value}"])').click()


def on_screen(page: Page) -> None:
    """The brushes and the row are on the screen together: one never scrolls between them."""
    page.locator("[data-draw]").evaluate("card => window.scrollTo({top: card.offsetTop - 66, behavior: 'instant'})")
    for each in (page.locator(".draw-brush").first, cell(page, "08:45")):
        box = each.bounding_box()
        assert box
        assert 64 <= box["y"] <= box["y"] + box["height"] <= 844 - 72, box


def kept(server: Server, person: Person) -> KeptNight:
    night = night_of(server.house.store, person, DAY)
    assert night is not None
    return night


def painted(page: Page, letters: str) -> None:
    expect(page.locator('[name="drawn"]')).to_have_value(letters)


@pytest.fixture
def sleeper(new_phone: Phones, someone: Callable[[str], Person]) -> Callable[..., tuple[Page, Person]]:
    """Someone new with a phone that is touched."""

    def make(language: str = "nl", **more: Any) -> tuple[Page, Person]:
        person = someone(language)
        page = new_phone(language, **(TOUCH | more))
        sign_in(page, person.name, PASSPHRASE)
        return page, person

    return make


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_night_painted_with_a_finger_is_the_same_night_typed(
    language: str, sleeper: Callable[..., tuple[Page, Person]], someone: Callable[[str], Person], server: Server
) -> None:
    page, person = sleeper(language)
    page.goto(DRAW)
    on_screen(page)
    finger = Finger(page)
    for start, end, letter in PAINTED_NIGHT:
        choose_brush(page, letter)
        finger.drag([cell(page, start), cell(page, before(end))])
    painted(page, ROW)
    choose_brush(page, "coffee")
    finger.drag([cell(page, "16:00")])
    expect(page.locator("#meaning")).to_contain_text("5\u00a0u\u00a045" if language == "nl" else "5\u00a0h\u00a045")
    do(page, f"/diary/{DAY}", page.locator('main button[value="save"]'))

    other = someone(language)
    assert (
        log_night(server.house.store, other, DAY, WORKED, "00000000-0000-4000-8000-000000000001", server.clock.now)
        is None
    )
    by_finger, typed = kept(server, person), kept(server, other)
    for name in TIMES_AND_NUMBERS:
        assert getattr(by_finger.night, name) == getattr(typed.night, name), name
    assert by_finger.figures == typed.figures
    assert [(mark.kind.value, f"{mark.at:%H:%M}") for mark in by_finger.night.marks] == [("coffee", "16:00")]


def test_one_long_stroke_over_the_lines_paints_the_whole_night_and_can_be_taken_back(
    sleeper: Callable[..., tuple[Page, Person]],
) -> None:
    page, _person = sleeper()
    page.goto(DRAW)
    on_screen(page)
    top = page.evaluate("window.scrollY")
    finger = Finger(page)
    finger.drag([cell(page, "23:00"), cell(page, "02:00"), cell(page, "06:00"), cell(page, "04:45")])
    painted(page, "." * 44 + "s" * 24 + "." * 28)  # back to 5:00: a stroke shrinks too
    assert page.evaluate("window.scrollY") == top  # the page stays still under the finger
    choose_brush(page, "w")
    finger.drag([cell(page, "01:00")])
    painted(page, "." * 44 + "s" * 8 + "w" + "s" * 15 + "." * 28)
    page.locator("[data-draw-undo]").click()
    page.locator("[data-draw-undo]").click()
    painted(page, "." * 96)
    page.locator("[data-draw-undo]").click()
    painted(page, "." * 96)
    choose_brush(page, "s")
    finger.drag([cell(page, "23:00"), cell(page, "06:00")])
    page.locator("[data-draw-clear]").click()
    painted(page, "." * 96)


def test_the_keyboard_paints_the_same_and_says_so(sleeper: Callable[..., tuple[Page, Person]]) -> None:
    page, _person = sleeper("nl", has_touch=False, is_mobile=False)
    page.goto(DRAW)
    page.locator('[name="brush"]:checked').focus()
    page.keyboard.press("Tab")
    expect(cell(page, "12:00")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    expect(cell(page, "22:30")).to_be_focused()
    page.keyboard.press("Space")
    said = page.locator("[data-draw-said]")
    expect(said).to_have_text("22:30, geslapen")
    expect(cell(page, "22:30")).to_have_attribute("aria-label", "22:30, geslapen")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Enter")
    expect(said).to_have_text("van 22:30 tot 04:30: geslapen")
    painted(page, "." * 42 + "s" * 24 + "." * 30)
    expect(page.locator("#meaning")).to_contain_text("6\u00a0u\u00a000")
    page.keyboard.press("Tab")  # out of the grid, never trapped
    expect(page.locator("[data-draw-undo]")).to_be_focused()


def test_the_list_without_a_script_keeps_the_same_record(
    sleeper: Callable[..., tuple[Page, Person]], server: Server
) -> None:
    page, person = sleeper("nl", js=False, has_touch=False, is_mobile=False)
    page.goto(DRAW)
    expect(page.locator("[data-draw-tools]").first).to_be_hidden()
    for n, (start, end, letter) in enumerate(NIGHT):
        if page.locator(f'[name="part-{n}-as"]').count() == 0:
            page.locator('main button[value="add-part"]').click()
        for side, wall in (("from", start), ("to", end)):
            page.select_option(f'[name="part-{n}-{side}"]', label=wall)
        page.select_option(f'[name="part-{n}-as"]', letter)
    page.locator('main button[value="preview"]').click()
    expect(page.locator("#meaning")).to_contain_text("5\u00a0u\u00a045")
    do(page, f"/diary/{DAY}", page.locator('main button[value="save"]'))
    assert kept(server, person).night.drawn is not None
    assert kept(server, person).figures.tst == 345


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_night_as_usual_takes_two_taps_from_today(
    language: str, sleeper: Callable[..., tuple[Page, Person]], server: Server, clock: Clock
) -> None:
    page, person = sleeper(language)
    for back in range(1, 5):
        morning = DAY.replace(day=DAY.day - back)
        told = log_night(
            server.house.store, person, morning, WORKED, f"00000000-0000-4000-8000-00000000001{back}", clock.now
        )
        assert told is None
    clock.brussels(f"{DAY} 08:10")
    page.goto("/today")
    taps = 0

    def tap(target: Locator) -> None:
        nonlocal taps
        target.tap()
        taps += 1

    tap(page.locator(f'main a[href="/diary/{DAY}/usual"]'))
    at(page, f"/diary/{DAY}/usual")
    expect(page.locator("main")).to_contain_text("22:30" if language == "nl" else "22\u00a0h\u00a030")  # shown first
    assert night_of(server.house.store, person, DAY) is None
    tap(page.locator("main .button-do"))
    at(page, f"/diary/{DAY}")
    assert taps <= 6
    assert kept(server, person).night.as_usual
    assert kept(server, person).figures.tst == 345


def test_drawn_and_typed_that_differ_are_asked_about_and_nothing_is_lost(
    sleeper: Callable[..., tuple[Page, Person]], server: Server
) -> None:
    page, person = sleeper()
    page.goto(DRAW)
    on_screen(page)
    Finger(page).drag([cell(page, "23:00"), cell(page, "06:45")])
    do(page, f"/diary/{DAY}", page.locator('main button[value="save"]'))
    page.goto(f"/diary/{DAY}?edit=1")
    page.fill("[name=up]", "09:00")
    do(page, f"/diary/{DAY}")
    expect(page.locator("[name=up]")).to_have_value("09:00")
    expect(page.locator(".differing")).to_contain_text("07:00")
    page.check('[name="counts"][value="drawn"]')
    do(page, f"/diary/{DAY}")
    expect(page.locator("dd.big").first).to_have_text("8\u00a0u\u00a000")
    assert kept(server, person).night.drawn is not None


@pytest.mark.parametrize(("language", "path"), [("nl", "/calendar"), ("fr", "/calendar?from=2026-10-20")])
def test_two_weeks_print_on_one_sheet_without_a_name(language: str, path: str, phone_of: Phones) -> None:
    page = phone_of("alice", language)
    page.goto(path)
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".calendar-row")).to_have_count(14)
    expect(page.locator(".calendar-key")).to_be_visible()
    for chrome in (".top", ".tabs", ".foot", "main button", "main .button"):
        for each in page.locator(chrome).all():
            expect(each).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.querySelector('.night-hour')).fill") == "rgb(0, 0, 0)"
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1
    assert "alice" not in page.locator("main").inner_text()

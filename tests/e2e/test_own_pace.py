"""One's own pace in a real browser: the table follows the numbers, and the latest answer wins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from companion.domain.consent import Purpose
from companion.services import consent
from companion.services.join import Joined, Joining, join
from tests.e2e.browser import phone
from tests.e2e.hands import at, choose, do, fill, sign_in
from tests.e2e.kept import eventually
from tests.e2e.server import Server, serving
from tests.e2e.watch import Watch

pytestmark = pytest.mark.browser

PASSPHRASE = "vier losse woorden samen"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("pace")) as server:
        yield server


@pytest.fixture(params=[True, False], ids=["js", "no-js"])
def js(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def page(site: Server, browser: Browser, js: bool) -> Iterator[Page]:
    """Signed in, at the dose question: lormetazepam, tablets of 1 mg in quarters."""
    watch = Watch(site.address)
    name = f"lente {uuid4().hex[:12]}"
    joined = join(site.house.store, Joining(name, PASSPHRASE, True, "nl"), site.clock.now)
    assert isinstance(joined, Joined)
    consent.choose(site.house.store, joined.person, list(Purpose), "nl", site.clock.now)
    context = phone(browser, site.address, "nl", java_script_enabled=js)
    watch.over(context)
    page = context.new_page()
    sign_in(page, name, PASSPHRASE)
    page.goto("/plan/new?again=1")
    page.fill("[name=medicine]", "lormetazepam")
    do(page, "/plan/new/products")
    page.check("[name=have][value='0']")
    page.select_option("[name=split0]", "quarters")
    do(page, "/plan/new/dose")
    yield page
    context.close()
    assert not watch.seen, "\n".join(watch.seen)


def to_the_pace(page: Page) -> None:
    page.fill("[name=bedtime]", "2")
    do(page, "/plan/new/goal")
    choose(page, "goal", "stop")
    do(page, "/plan/new/how")
    choose(page, "how", "pace")
    do(page, "/plan/new/doctor-first")
    for question in page.locator("fieldset.symptom").all():
        question.locator('[value="no"]').check()
    page.click("main .button-do")
    page.check("[name=knows]")
    do(page, "/plan/new/pace")


def type_the_pace(page: Page, percent: str = "10") -> None:
    choose(page, "kind", "percent_of_current")
    fill(page, {"percent": percent, "every_days": "14", "start": "2026-12-01"})


def test_the_table_follows_the_numbers_and_a_row_is_chosen_on_its_own(page: Page, js: bool) -> None:
    to_the_pace(page)
    assert page.locator("[name=every_days]").input_value() == ""
    expect(page.locator("[name=percent]")).to_be_hidden()
    type_the_pace(page)
    if not js:
        page.click("[data-preview-button]")
    first = page.locator("#preview .plan-row").first
    expect(first).to_contain_text("1,8\u00a0mg")
    expect(first).to_contain_text("1,75\u00a0mg")
    expect(page.locator("#preview svg.stair")).to_be_visible()
    address = page.url

    page.fill("[name=percent]", "30")
    if not js:
        page.click("[data-preview-button]")
    expect(page.locator("#preview .plan-row").first).to_contain_text("1,4\u00a0mg")
    assert page.url == address
    if js:
        expect(page.locator("#preview-said")).to_contain_text(re.compile(r"\d+ stap"))
        expect(page.locator("[data-preview-button]")).to_be_hidden()

    page.click('#preview button[value="lay-out:own"]')
    at(page, "/plan")
    page.locator("main a[href$='/larger']").first.click()
    choose(page, "agreed_with", "not_yet")
    do(page, "/plan")
    expect(page.locator(".tag-done")).to_have_count(1)


def test_what_could_be_two_numbers_is_one_tap(page: Page, js: bool) -> None:
    page.fill("[name=morning]", "1")
    page.fill("[name=bedtime]", "1.000")
    if not js:
        page.click("main .button-do")
    buttons = page.locator(".field:has([name=bedtime]) .button")
    expect(buttons).to_have_text(["1", "1000"])
    buttons.first.click()
    if js:
        expect(page.locator("[name=bedtime]")).to_have_value("1")
        expect(page.locator("#r-bedtime")).to_have_text("1\u00a0mg = één milligram")
        expect(page.locator("[name=morning]")).to_have_value("1")
    else:
        at(page, "/plan/new/goal")
        page.goto("/plan/new/dose")
        expect(page.locator("[name=bedtime]")).to_have_value("1")
        expect(page.locator("[name=morning]")).to_have_value("1")


@pytest.mark.parametrize("js", [True], indirect=True)
def test_the_latest_answer_wins(page: Page) -> None:
    to_the_pace(page)
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if route.request.method == "POST" and not held:
            held.append(route)
        else:
            route.continue_()

    page.route("**/plan/new/pace", hold_the_first)
    type_the_pace(page)
    eventually(page, lambda: bool(held), "nothing is asked")
    page.fill("[name=percent]", "30")
    expect(page.locator("#preview .plan-row").first).to_contain_text("1,4\u00a0mg")
    held[0].continue_()
    page.wait_for_timeout(700)
    expect(page.locator("#preview .plan-row").first).to_contain_text("1,4\u00a0mg")


@pytest.mark.parametrize("js", [True], indirect=True)
def test_three_forms_side_by_side(page: Page) -> None:
    to_the_pace(page)
    page.click("details:has([name=also_drops]) summary")
    page.check("[name=also_drops]")
    page.fill("[name=drop]", "0,1")
    page.check("[name=also_made]")
    page.click("details:has([name=last_dose]) summary")
    page.fill("[name=last_dose]", "0,2")
    type_the_pace(page)
    expect(page.locator(".side svg.stair")).to_have_count(3)
    page.click('button[value="lay-out:made"]')
    at(page, "/plan")


def test_the_module_holds_no_sentence() -> None:
    folder = Path(__file__).resolve().parents[2] / "static" / "js" / "modules"
    for name in ("live.js", "read-back.js"):
        code = re.sub(r"//.*", "", (folder / name).read_text(encoding="utf-8"))
        texts = re.findall(r'"([^"\n]*)"|`([^`\n]*)`', code)
        assert not [text for pair in texts for text in pair if len(text.split()) > 2]

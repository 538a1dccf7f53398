"""Issue 2 from beginning to end: a newcomer with a phone, in Dutch and French, with and without JavaScript."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from companion.domain.person import Person
from companion.services.erase_person import find_person
from tests.e2e.conftest import PASSPHRASE, Phones
from tests.e2e.hands import at, choose, do, fill, follow, refused, sign_in
from tests.e2e.server import Clock, Server

pytestmark = pytest.mark.browser

NEW_PASSPHRASE = "maan stoel rivier brood"
FRENCH = {"8 u 10": "8 h 10", "5 u 45": "5 h 45", "7 u 00": "7 h 00", "9 u 00": "9 h 00", "22:50": "22 h 50"}
FRENCH |= {
    "00:40": "0 h 40",
    "70,4%": "70,4 %",
    "1 november 2026": "1er novembre 2026",
    "26 april 2026": "26 avril 2026",
}


def said(text: str, language: str) -> str:
    """A duration, time, date or percentage as it stands on a page in this language, its no-break spaces as spaces."""
    return FRENCH[text] if language == "fr" else text


def told(page: Page) -> str:
    """What the page says, with plain spaces."""
    return page.locator("main").inner_text().replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("js", [True, False], ids=["js", "no-js"])
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_newcomer_joins_lays_out_a_plan_lives_days_with_it_and_leaves(
    language: str, js: bool, new_phone: Phones, server: Server, clock: Clock, tmp_path: Path
) -> None:
    page = new_phone(language, js=js)
    name = f"lente {uuid4().hex[:10]}"
    clock.brussels("2026-01-05 21:30")

    reads_what_this_is_and_finds_help(page, language)
    codes = joins(page, name)
    says_yes_to_what_may_be_kept(page)
    lays_out_the_programme(page, language)
    confirms_it(page)
    takes_a_dose_and_undoes_it(page, language, clock)
    notes_another_amount_and_something_extra(page, clock, js)
    logs_the_night(page, language, clock)
    fills_in_the_symptoms(page, language)
    looks_back(page)
    changes_the_passphrase_and_signs_out_everywhere(page, name)
    comes_back_with_a_recovery_code(page, name, codes)
    takes_everything_along(page, name, tmp_path)
    erases_everything(page, name, server)


def reads_what_this_is_and_finds_help(page: Page, language: str) -> None:
    page.goto("/")
    html = page.locator("html")
    expect(html).to_have_attribute("lang", language)
    expect(page.locator("h1")).to_be_in_viewport()
    expect(page.locator('main a[href="/join"]')).to_be_in_viewport()
    expect(page.locator('link[rel="manifest"]')).to_have_attribute("href", f"/manifest.webmanifest?language={language}")

    other = {"nl": "fr", "fr": "nl"}[language]
    page.click(f'header button[name="language"][value="{other}"]')
    expect(html).to_have_attribute("lang", other)
    page.goto("/about")
    expect(html).to_have_attribute("lang", other)
    page.click(f'header button[name="language"][value="{language}"]')
    expect(html).to_have_attribute("lang", language)
    at(page, "/about")

    follow(page, "/help", within="header")
    numbers = {"nl": ("112", "1813", "106"), "fr": ("112", "080032123", "107")}[language]
    for number in (*numbers, "070245245"):
        expect(page.locator(f'main a[href="tel:{number}"]').first).to_be_visible()
    expect(page.locator('main a[href="tel:112"]').first).to_be_in_viewport()


def joins(page: Page, name: str) -> list[str]:
    page.goto("/")
    follow(page, "/join")
    expect(page.locator("main")).to_contain_text("Huis van de Voorbeelden vzw")
    expect(page.locator("input[type=email]")).to_have_count(0)
    expect(page.locator("[name=adult]")).not_to_be_checked()
    fill(page, {"name": name, "passphrase": PASSPHRASE})
    do(page, "/join")
    refused(page, "adult")
    expect(page.locator("[name=name]")).to_have_value(name)
    fill(page, {"passphrase": PASSPHRASE})
    page.check("[name=adult]")
    do(page, "/join/codes")
    codes = page.locator(".codes li").all_inner_texts()
    assert len(set(codes)) == 8
    page.reload()
    assert page.locator(".codes li").all_inner_texts() == codes
    do(page, "/consent")
    page.goto("/join/codes")  # put away: shown once
    at(page, "/today")
    return codes


def says_yes_to_what_may_be_kept(page: Page) -> None:

    page.click('main a[href="/plan/new"]')
    at(page, "/consent")  # nothing is kept before a yes
    for purpose in ("plan", "diary"):
        expect(page.locator(f'[name="purpose"][value="{purpose}"]')).not_to_be_checked()
        choose(page, "purpose", purpose)
    do(page, "/plan/new/medicine")


def lays_out_the_programme(page: Page, language: str) -> None:
    page.fill("[name=medicine]", "Loramet")
    do(page, "/plan/new/products")
    page.check("[name=made]")
    do(page, "/plan/new/dose")
    page.fill("[name=bedtime]", "twee pillen")
    do(page, "/plan/new/dose")
    refused(page, "bedtime")
    expect(page.locator("[name=bedtime]")).to_have_value("twee pillen")
    page.fill("[name=bedtime]", "2")
    do(page, "/plan/new/goal")
    choose(page, "goal", "stop")
    do(page, "/plan/new/how")
    choose(page, "how", "programme")
    do(page, "/plan/new/doctor-first")
    for question in page.locator("fieldset.symptom").all():
        question.locator('[value="no"]').check()
    do(page, "/plan/new/doctor-first")  # twice the usual daily dose: the prescriber knows
    page.check("[name=knows]")
    do(page, "/plan/new/programme")
    choose(page, "steps", "10")
    choose(page, "days", "30")
    page.fill("[name=start]", "2026-01-05")
    do(page, "/plan/new/percents")
    shown = [field.input_value() for field in page.locator('main input[name^="p"]').all()]
    assert shown == ["100", "90", "80", "70", "60", "50", "40", "30", "20", "10"]
    do(page, "/plan")

    rows = page.locator(".plan-row strong").all_inner_texts()
    amounts = ("2", "1,8", "1,6", "1,4", "1,2", "1", "0,8", "0,6", "0,4", "0,2")
    assert [row.replace("\u00a0", " ") for row in rows] == [f"{mg} mg" for mg in amounts]
    assert said("1 november 2026", language) in told(page)


def confirms_it(page: Page) -> None:
    page.goto("/today")
    expect(page.locator('form[action="/today/taken"]')).to_have_count(0)  # a sketch is not a dose
    page.goto("/plan")
    for n in range(1, 10):
        choose(page, "rows", str(n))
    choose(page, "agreed_with", "not_yet")
    do(page, "/plan", page.locator('form[action$="/confirm"] .button-do'))
    expect(page.locator(".tag-done")).to_have_count(9)
    expect(page.locator('[name="rows"]')).to_have_count(1)


def takes_a_dose_and_undoes_it(page: Page, language: str, clock: Clock) -> None:
    clock.brussels("2026-01-05 22:50")
    page.goto("/today")
    day = page.locator(".top-date").inner_text()
    expect(page.locator(".dose-words")).to_contain_text("2\u00a0mg")
    expect(page.locator('header a[href="/help"]')).to_be_in_viewport()
    do(page, "/today")
    expect(page.locator(".taken:visible")).to_contain_text(said("22:50", language))

    clock.brussels("2026-01-06 00:40")
    page.goto("/today")
    assert page.locator(".top-date").inner_text() == day
    expect(page.locator(".taken:visible")).to_contain_text(said("22:50", language))
    expect(page.locator('form[action="/today/taken"]')).to_have_count(0)

    page.click('form[action="/today/undo"] button')
    expect(page.locator(".taken:visible")).to_have_count(0)
    do(page, "/today")
    expect(page.locator(".taken:visible")).to_contain_text(said("00:40", language))


def notes_another_amount_and_something_extra(page: Page, clock: Clock, js: bool) -> None:
    clock.brussels("2026-01-06 22:15")
    page.goto("/today")
    expect(page.locator(".taken:visible")).to_have_count(0)  # a new day
    page.click('main a[href^="/today/dose/"]')
    expect(page.locator('main a[href="tel:070245245"]')).to_be_visible()
    expect(page.locator('main a[href="tel:112"]')).to_be_visible()
    fill(page, {"mg": "veel", "taken_at": "22:05"})
    page.click("main .button-do")
    refused(page, "mg")
    expect(page.locator("[name=mg]")).to_have_value("veel")
    expect(page.locator("[name=taken_at]")).to_have_value("22:05")
    page.fill("[name=mg]", "1 1/2")
    reads_it_back(page, js)
    do(page, "/today")
    expect(page.locator(".taken:visible")).to_contain_text("1,5\u00a0mg")

    follow(page, "/today/extra")
    fill(page, {"mg": "0,5", "taken_at": "22:10"})
    reads_it_back(page, js)
    do(page, "/today")
    expect(page.locator("main")).to_contain_text("0,5\u00a0mg")


def reads_it_back(page: Page, js: bool) -> None:
    """The amount in words: beside the field at once, or after one press without JavaScript."""
    if not js:
        page.click("main .button-do")
    expect(page.locator(".read-back")).to_contain_text("=")


def logs_the_night(page: Page, language: str, clock: Clock) -> None:
    clock.brussels("2026-01-07 08:15")
    page.goto("/today")
    follow(page, "/diary/2026-01-07")
    fill(page, {"in_bed": "22:30", "lights_out": "23:00", "sol_min": "een half uur", "awakenings": "3"})
    do(page, "/diary/2026-01-07")
    refused(page, "sol_min")
    expect(page.locator("[name=in_bed]")).to_have_value("22:30")
    fill(page, {"sol_min": "30", "waso_min": "45", "final_wake": "06:00", "still_trying_min": "15", "up": "06:40"})
    choose(page, "quality", "3")
    choose(page, "rested", "2")
    page.fill("[name=note]", "De buren waren laat wakker.")
    do(page, "/diary/2026-01-07")
    expect(page.locator("dd.big")).to_have_count(3)
    for figure in ("8 u 10", "5 u 45", "70,4%"):
        assert said(figure, language) in told(page)


def fills_in_the_symptoms(page: Page, language: str) -> None:
    follow(page, "/today")
    follow(page, "/symptoms/new")
    for item in range(1, 20):
        choose(page, f"answers[{item}]", {1: "2", 5: "1"}.get(item, "0"))
    page.fill("[name=new]", "Koude handen")
    do(page, "/symptoms/<id>")
    expect(page.locator("main .lead")).to_have_count(0)  # one open: no sum
    page.goto("/symptoms/new")
    for item in range(1, 21):
        choose(page, f"answers[{item}]", {1: "2", 5: "1"}.get(item, "0"))
    for question in ("seizure", "suicide"):
        choose(page, f"safety[{question}]", "no")
    do(page, "/symptoms/<id>")
    sum_of_it = page.locator("main .lead").inner_text()
    assert "3" in sum_of_it
    assert "40" in sum_of_it
    expect(page.locator(".urgent")).to_have_count(0)


def looks_back(page: Page) -> None:
    follow(page, "/today") if page.locator('main a[href="/history"]').count() == 0 else None
    follow(page, "/history")
    picture = page.locator("figure svg[role=img]")
    expect(picture).to_be_visible()
    for window in ("day", "week", "month", "all"):
        page.click(f'main nav a[href^="/history?window={window}"]')
        expect(page.locator('main nav [aria-current="true"]')).to_have_attribute("href", f"/history?window={window}")
        expect(picture).to_be_visible()
        expect(page.locator("figure figcaption")).not_to_be_empty()
    page.click("main nav a[href^='/history?window=week']")
    page.click("figure summary")
    rows = page.locator("figure tbody tr")
    expect(rows.last).to_be_visible()
    expect(rows.filter(has_text="70,4")).to_have_count(1)


def changes_the_passphrase_and_signs_out_everywhere(page: Page, name: str) -> None:
    follow(page, "/account", within=".tabs")
    follow(page, "/account/access")
    follow(page, "/account/passphrase")
    fill(page, {"old": "dat was het niet", "passphrase": NEW_PASSPHRASE})
    do(page, "/account/passphrase")
    refused(page, "old")
    fill(page, {"old": PASSPHRASE, "passphrase": NEW_PASSPHRASE})
    do(page, "/account/access")
    follow(page, "/account", within=".tabs")
    page.click('form[action="/sign-out"] button[value="everywhere"]')
    at(page, "/")
    page.goto("/today")
    at(page, "/sign-in")
    fill(page, {"name": name, "passphrase": PASSPHRASE})
    do(page, "/sign-in")
    refused(page, "passphrase")
    expect(page.locator("[name=name]")).to_have_value(name)
    page.fill("[name=passphrase]", NEW_PASSPHRASE)
    do(page, "/today")
    follow(page, "/account", within=".tabs")
    page.click('form[action="/sign-out"] button[value="here"]')
    at(page, "/")


def comes_back_with_a_recovery_code(page: Page, name: str, codes: list[str]) -> None:
    for code, works in ((codes[2].lower(), True), (codes[2], False), (codes[5], True)):
        page.goto("/sign-in")
        follow(page, "/recover")
        fill(page, {"name": name, "code": code, "passphrase": PASSPHRASE})
        if not works:  # each code once
            do(page, "/recover")
            refused(page, "code")
            continue
        do(page, "/account/access")
        follow(page, "/account", within=".tabs")
        page.click('form[action="/sign-out"] button[value="here"]')
        at(page, "/")
    sign_in(page, name, PASSPHRASE)
    page.goto("/diary/2026-01-07")
    expect(page.locator("main")).to_contain_text("De buren waren laat wakker.")  # nothing was lost


def takes_everything_along(page: Page, name: str, folder: Path) -> None:
    page.goto("/account")
    with page.expect_download() as waiting:
        page.click('main a[href="/account/export"]')
    waiting.value.save_as(folder / "andante.json")
    assert waiting.value.suggested_filename == "andante.json"
    everything = json.loads((folder / "andante.json").read_text())
    assert everything["person"]["name"] == name
    assert everything["nights"][0]["data"]["note"] == "De buren waren laat wakker."
    assert len(everything["plans"]) == 1
    assert {entry["data"]["mg"] for entry in everything["doses"]} == {"2", "1.5", "0.5"}
    assert [entry["superseded"] for entry in everything["doses"]].count(True) == 1


def erases_everything(page: Page, name: str, server: Server) -> None:
    follow(page, "/account/erase")
    page.fill("[name=passphrase]", PASSPHRASE)
    do(page, "/account/erase")
    refused(page, "sure")
    page.check("[name=sure]")
    page.fill("[name=passphrase]", PASSPHRASE)
    do(page, "/")
    assert find_person(server.house.store, name) is None
    page.goto("/sign-in")
    fill(page, {"name": name, "passphrase": PASSPHRASE})
    do(page, "/sign-in")
    refused(page, "passphrase")


@pytest.mark.parametrize(("language", "js"), [("nl", False), ("fr", True)])
def test_typed_rows_use_halves_only_after_the_pharmacist_said_so(
    language: str, js: bool, new_phone: Phones, someone: Callable[[str], Person]
) -> None:
    page = new_phone(language, js=js)
    sign_in(page, someone(language).name, PASSPHRASE)
    page.goto("/plan/new")
    page.fill("[name=medicine]", "diazepam" if language == "nl" else "diazépam")
    do(page, "/plan/new/products")
    for product in ("0", "1", "2"):
        choose(page, "have", product)
    do(page, "/plan/new/dose")
    page.fill("[name=bedtime]", "10")
    do(page, "/plan/new/goal")
    choose(page, "goal", "reduce")
    page.fill("[name=target]", "7,5")
    do(page, "/plan/new/how")
    choose(page, "how", "rows")
    do(page, "/plan/new/how")
    refused(page, "target")  # whole tablets cannot make it: said before anyone types steps
    expect(page.locator("[name=target]")).to_have_value("7,5")

    page.goto("/plan/new/products")
    for product in ("0", "1", "2"):
        choose(page, "have", product)
        page.select_option(f'[name="split{product}"]', "halves")
    do(page, "/plan/new/dose")
    do(page, "/plan/new/goal")
    do(page, "/plan/new/how")
    do(page, "/plan/new/rows")
    typed = {"start": "2026-11-23", "r0-bedtime": "9", "r0-days": "x", "r1-bedtime": "7,5"}
    fill(page, typed)
    lay_out = page.locator('main button[value="lay-out"]')
    do(page, "/plan/new/rows", lay_out)
    refused(page, "r0-days")
    for name, value in typed.items():
        expect(page.locator(f'[name="{name}"]')).to_have_value(value)  # nothing is lost
    page.goto("/plan/new/products")
    page.goto("/plan/new/rows")
    for name, value in typed.items():
        expect(page.locator(f'[name="{name}"]')).to_have_value(value)  # nor by a look at another page
    page.fill('[name="r0-days"]', "14")
    do(page, "/plan", lay_out)
    rows = page.locator(".plan-row")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("9\u00a0mg")
    expect(rows.nth(1)).to_contain_text("7,5\u00a0mg")
    half = {"nl": "anderhalve tablet van 5\u00a0mg", "fr": "un comprimé et demi de 5\u00a0mg"}[language]
    expect(rows.nth(1)).to_contain_text(half)


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_nights_on_which_the_clock_changes(
    language: str, new_phone: Phones, someone: Callable[[str], Person]
) -> None:
    page = new_phone(language)
    sign_in(page, someone(language).name, PASSPHRASE)
    for morning, lasted in (("2026-03-29", "7 u 00"), ("2026-10-25", "9 u 00")):
        page.goto(f"/diary/{morning}")
        fill(page, {"in_bed": "23:00", "up": "07:00"})
        do(page, f"/diary/{morning}")
        expect(page.locator("dd.big")).to_have_count(3)
        assert said(lasted, language) in told(page)


def test_withdrawing_consent_works_at_once_and_keeps_what_is_there_readable(
    new_phone: Phones, someone: Callable[[str], Person]
) -> None:
    page = new_phone("nl")
    sign_in(page, someone("nl").name, PASSPHRASE)
    page.goto("/diary/2026-11-20")
    page.fill("[name=in_bed]", "23:00")
    do(page, "/diary/2026-11-20")
    page.goto("/account")
    follow(page, "/consent")
    page.uncheck('[name=purpose][value="diary"]')
    do(page, "/today")
    page.goto("/diary/2026-11-21")
    at(page, "/consent")
    page.goto("/diary")
    expect(page.locator("tbody tr")).to_have_count(14)

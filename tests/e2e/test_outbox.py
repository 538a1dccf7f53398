"""What is written without network is kept, sent once, and never lost: the server is stopped and the browser killed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from companion.domain.amount import read_amount, to_text
from companion.domain.codes import Refused
from companion.domain.consent import Purpose
from companion.domain.person import Person
from companion.services import consent
from companion.services.join import Joined, Joining, join
from companion.services.log_night import log_night
from tests.e2e.browser import shut
from tests.e2e.hands import do, sign_in
from tests.e2e.kept import Pages, eventually, kept, settled
from tests.e2e.phones import PASSPHRASE, entries, kill, last_night, opened, waits, write_night
from tests.e2e.server import Server, serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("outbox"), by_day=True) as server:
        yield server


def test_written_killed_reopened_reconnected_gives_one_copy(
    site: Server, browser: Browser, person: Person, tmp_path: Path
) -> None:
    context = opened(site, browser, tmp_path / "profile")
    page = context.new_page()
    sign_in(page, person.name, PASSPHRASE)
    kept(page)
    with site.away():
        write_night(page, last_night(site, person), "geschreven zonder netwerk")
        expect(page.locator("[data-waiting]")).to_contain_text("Bewaard op deze telefoon")
        kill(str(tmp_path / "profile"))
        context = opened(site, browser, tmp_path / "profile")
        page = context.new_page()
        page.goto("/diary")
        expect(page.locator("[data-waiting]")).to_be_visible()
        expect(page.locator("[data-slot-kept]:visible")).to_have_count(1)
        assert entries(site, person) == []
    page.goto("/diary")
    if page.locator("[name=passphrase]").count():  # a killed browser may have lost the newest cookie
        sign_in(page, person.name, PASSPHRASE)
    eventually(page, lambda: len(entries(site, person)) == 1, "the night did not arrive")
    eventually(page, lambda: waits(page) == 0, "the phone still holds it")
    settled(page)
    page.goto("/diary")
    [night] = entries(site, person)
    assert night["data"]["note"] == "geschreven zonder netwerk"
    context.close()


def test_saved_and_closed_within_a_second_is_not_lost(site: Server, page: Page, person: Person) -> None:
    write_night(page, last_night(site, person), "meteen dicht", wait=False)
    other = page.context.new_page()
    shut(page)
    settled(other)
    eventually(other, lambda: len(entries(site, person)) == 1, "the night is lost")


def test_with_network_the_page_that_follows_is_the_usual_one(site: Server, page: Page, person: Person) -> None:
    write_night(page, last_night(site, person), "gewoon")
    expect(page).to_have_url(f"{site.address}{last_night(site, person)}")
    expect(page.locator("[data-waiting]")).to_contain_text("Verstuurd")
    expect(page.locator("main")).to_contain_text("gewoon")
    assert len(entries(site, person)) == 1


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 500, "body": "stuk"},
        {"status": 401, "body": '{"error": "x"}'},
        {"status": 413, "body": ""},
        {"status": 429, "body": "", "headers": {"Retry-After": "1"}},
        {"status": 200, "body": "<html>geen json"},
        {"status": 200, "body": '{"results": []}'},
        {"status": 200, "body": '{"results": [{"id": null, "status": "stored"}]}'},
        {"status": 302, "headers": {"Location": "/today"}},
    ],
    ids=str,
)
def test_no_clear_answer_takes_nothing_away(site: Server, page: Page, person: Person, answer: Any) -> None:
    def answered(route: Route) -> None:
        route.fulfill(**answer)

    page.context.route("**/sync", answered)
    write_night(page, last_night(site, person), "blijft")
    expect(page.locator("[data-waiting]")).to_contain_text("1 notitie wacht")
    eventually(page, lambda: waits(page) == 1, "the phone does not hold it")
    page.context.unroute("**/sync")
    page.evaluate("dispatchEvent(new Event('online'))")
    eventually(page, lambda: waits(page) == 0, "it was not tried again")
    assert [night["data"]["note"] for night in entries(site, person)] == ["blijft"]


def test_an_answer_that_is_lost_gives_one_copy(site: Server, page: Page, person: Person) -> None:
    def cut(route: Route) -> None:
        route.fetch()  # it arrives, and the answer does not
        route.abort("connectionreset")

    page.context.route("**/sync", cut, times=1)
    write_night(page, last_night(site, person), "een keer")
    eventually(page, lambda: waits(page) == 0, "it was not tried again")
    assert len(entries(site, person)) == 1


def test_what_is_refused_stays_says_why_and_can_be_mended(site: Server, page: Page, person: Person) -> None:
    with site.away():
        write_night(
            page, last_night(site, person), "te veel wakker", lights_out="23:00", final_wake="23:30", waso_min="90"
        )
        expect(page.locator("[data-waiting]")).to_be_visible()
    page.goto("/waiting")
    expect(page.locator("[data-state=refused]:visible")).to_contain_text("90")
    assert entries(site, person) == []
    page.locator("[data-mend]").click()
    expect(page.locator("[name=note]")).to_have_value("te veel wakker")
    expect(page.locator("[name=waso_min]")).to_have_value("90")
    page.fill("[name=waso_min]", "10")
    page.locator("main .button-do").click()
    eventually(page, lambda: len(entries(site, person)) == 1, "the mended night did not arrive")
    eventually(page, lambda: waits(page) == 0, "the refused one is still there")


def test_a_kept_page_filled_in_twice_is_two_versions(site: Server, page: Page, person: Person) -> None:
    for note in ("eerst", "daarna"):
        with site.away():
            write_night(page, last_night(site, person), note)
            expect(page.locator("[data-waiting]")).to_contain_text("Bewaard op deze telefoon")
        page.evaluate("dispatchEvent(new Event('online'))")
        eventually(page, lambda: waits(page) == 0, "it was not sent")
    shown = {night["data"]["note"]: night["superseded"] for night in entries(site, person)}
    assert shown == {"eerst": True, "daarna": False}


FULL = """() => {
  IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
}"""


def test_a_full_phone_sends_the_ordinary_way(site: Server, page: Page, person: Person) -> None:
    page.goto(last_night(site, person))
    page.evaluate(FULL)
    page.fill("[name=note]", "geen plaats")
    with page.expect_navigation():
        page.locator("main .button-do").click()
    expect(page).to_have_url(f"{site.address}{last_night(site, person)}")
    assert [night["data"]["note"] for night in entries(site, person)] == ["geen plaats"]


def test_wrong_with_network_is_said_at_its_field(site: Server, page: Page, person: Person) -> None:
    write_night(page, last_night(site, person), "fout", waso_min="veel")
    expect(page.locator('[name=waso_min][aria-invalid="true"]')).to_have_value("veel")
    eventually(page, lambda: waits(page) == 0, "the phone still holds it")
    assert entries(site, person) == []


def test_a_dose_a_list_and_how_it_is_wait_too(site: Server, page: Page, person: Person) -> None:
    with site.away():
        page.goto("/today/extra")
        page.fill("[name=mg]", "0,5")
        with page.expect_navigation():
            page.locator("main .button-do").click()
        page.goto("/symptoms/new")
        page.check('[name="answers[1]"][value="2"]')
        with page.expect_navigation():
            page.locator("main .button-do").click()
        settled(page)
        with page.expect_navigation():
            page.locator(".step").nth(3).click()
        expect(page.locator("[data-waiting]")).to_contain_text("3 notities")
    settled(page)
    eventually(page, lambda: waits(page) == 0, "not everything was sent")
    [dose], [symptoms], [day] = (entries(site, person, kind) for kind in ("doses", "symptoms", "check_ins"))
    assert (dose["data"]["mg"], dose["data"]["extra"]) == ("0.5", True)
    assert symptoms["data"]["answers"] == {"1": 2}
    assert day["data"]["level"] == 4


def test_a_night_is_drawn_without_network(site: Server, page: Page, person: Person) -> None:
    address = f"{last_night(site, person)}/draw"
    with site.away():
        page.goto(address)
        page.locator(".draw-cell").first.focus()
        for keys in (["ArrowDown"] * 3, ["ArrowRight"] * 8, ["Shift+ArrowRight"] * 27, ["Space"]):  # 23:00 to 06:00
            for key in keys:
                page.keyboard.press(key)
        with page.expect_navigation():
            page.locator("button[value=save]").click()
        expect(page.locator("[data-waiting]")).to_contain_text("Bewaard op deze telefoon")
        assert entries(site, person) == []
    settled(page)
    eventually(page, lambda: len(entries(site, person)) == 1, "the drawing did not arrive")
    [night] = entries(site, person)
    assert night["data"]["drawn"].count("s") == 28
    page.goto(last_night(site, person))
    expect(page.locator("main")).to_contain_text("7 u")


def test_last_night_as_usual_without_network(site: Server, new_page: Pages, person: Person) -> None:
    for back in range(1, 8):
        day = person.day(site.clock.now) - timedelta(days=back)
        fields = {"in_bed": "22:30", "sol_min": "20", "awakenings": "0", "final_wake": "06:30", "up": "06:45"}
        assert log_night(site.house.store, person, day, fields, str(uuid4()), site.clock.now) is None
    page = new_page()
    sign_in(page, person.name, PASSPHRASE)
    kept(page)
    with site.away():
        settled(page)
        with page.expect_navigation():
            page.locator("a[href$='/usual']").click()
        with page.expect_navigation():
            page.locator("main form[data-outbox] .button-do").click()
        expect(page.locator("[data-waiting]")).to_contain_text("Bewaard op deze telefoon")
        assert len(entries(site, person)) == 7
    settled(page)
    eventually(page, lambda: len(entries(site, person)) == 8, "the night did not arrive")
    [night] = [each for each in entries(site, person) if each["day"] == str(person.day(site.clock.now))]
    assert night["data"]["as_usual"] is True
    assert night["data"]["up"] == "06:45"


def test_without_consent_what_was_written_stays_here(site: Server, page: Page, person: Person) -> None:
    page.goto(last_night(site, person))
    consent.choose(site.house.store, person, [], "nl", site.clock.now)
    page.fill("[name=note]", "niet kwijt")
    with page.expect_navigation():
        page.locator("main .button-do").click()
    expect(page).to_have_url(f"{site.address}/waiting")
    expect(page.locator("[data-state=refused]:visible")).to_be_visible()
    consent.choose(site.house.store, person, list(Purpose), "nl", site.clock.now)
    page.locator("[data-mend]").click()
    expect(page.locator("[name=note]")).to_have_value("niet kwijt")
    with page.expect_navigation():
        page.locator("main .button-do").click()
    eventually(page, lambda: len(entries(site, person)) == 1, "the mended night did not arrive")
    eventually(page, lambda: waits(page) == 0, "the refused one is still there")


def test_signing_out_says_first_what_is_not_sent(site: Server, page: Page, person: Person, new_page: Pages) -> None:
    page.context.route("**/sync", lambda route: route.abort())
    write_night(page, last_night(site, person), "nog niet weg")
    expect(page.locator("[data-waiting]")).to_be_visible()
    page.goto("/account")
    leave = page.locator('form[action="/sign-out"] button').first
    leave.click()
    expect(page.locator("[data-unsent]")).to_be_visible()
    do(page, "/", leave)
    page.context.unroute("**/sync")
    other = join(site.house.store, Joining(f"herfst {uuid4().hex[:12]}", PASSPHRASE, True, "nl"), site.clock.now)
    assert isinstance(other, Joined)
    sign_in(page, other.person.name, PASSPHRASE)
    page.goto("/waiting")
    expect(page.locator("[data-waiting-none]")).to_be_visible()
    expect(page.locator("[data-waiting]")).to_be_hidden()
    eventually(page, lambda: waits(page) == 1, "the phone does not hold it")
    assert entries(site, other.person) == []
    page.goto("/account")
    do(page, "/", page.locator('form[action="/sign-out"] button').first)
    sign_in(page, person.name, PASSPHRASE)
    eventually(page, lambda: len(entries(site, person)) == 1, "it was not sent after signing in again")


def test_an_expired_session_is_no_dead_end(site: Server, page: Page, person: Person) -> None:
    page.context.clear_cookies()
    with site.away():
        write_night(page, last_night(site, person), "sessie voorbij")
        expect(page.locator("[data-waiting]")).to_contain_text("Bewaard op deze telefoon")
    settled(page)
    expect(page.locator("[name=passphrase]")).to_be_visible()
    eventually(page, lambda: waits(page) == 1, "the phone does not hold it")
    sign_in(page, person.name, PASSPHRASE)
    eventually(page, lambda: [each["data"]["note"] for each in entries(site, person)] == ["sessie voorbij"], "not sent")


def test_seven_days_on_two_phones_lose_and_double_nothing(site: Server, new_page: Pages, person: Person) -> None:
    phones = [new_page(), new_page()]
    for each in phones:
        sign_in(each, person.name, PASSPHRASE)
        kept(each)
    today = person.day(site.clock.now)
    with site.away():
        for back in range(7):
            for number, each in enumerate(phones):
                write_night(each, f"/diary/{today - timedelta(days=back)}", f"telefoon {number}")
                expect(each.locator("[data-waiting]")).to_be_visible()
    for each in phones:
        settled(each)
    eventually(phones[0], lambda: len(entries(site, person)) == 14, "not everything arrived")
    for each in phones:
        settled(each)
        eventually(each, lambda: waits(each) == 0, "a phone still holds something")  # noqa: B023
    nights = entries(site, person)
    assert len(nights) == 14
    shown = [night for night in nights if not night["superseded"]]
    assert len(shown) == 7
    assert {night["data"]["note"] for night in shown} == {"telefoon 1"}


def test_amounts_are_read_as_on_the_server(page: Page) -> None:
    chance = random.Random(7)  # noqa: S311
    typed = [
        "1,5",
        "1.5",
        ",5",
        "½",
        "1½",
        "1 ½",
        "1/2",
        "1 1/2",
        "1 000",
        "1.000",
        "1,250",
        "0,250",
        "05",
        "0",
        "00",
        "10 mg",
    ]
    typed += [
        "",
        " ",
        "1e3",
        "-1",
        "1,",
        "1..5",
        "0,0000001",
        "999999.999999",
        "1000000",
        "11/2",
        "2/3",
        "1,50 MG",
        "１",
    ]
    typed += ["".join(chance.choices("0123456789.,½¼/ mg\u00a0", k=chance.randint(1, 7))) for _ in range(3000)]
    source = page.evaluate(
        "[...document.scripts].map((each) => each.src).find((each) => each.includes('/modules/once.js'))"
    )
    found = page.evaluate(
        "async ([app, typed]) => { const { readAmount } = await import(app.replace('once.js', 'amount.js'));"
        " return typed.map((each) => readAmount(each)); }",
        [source, typed],
    )
    for text, read in zip(typed, found, strict=True):
        here = read_amount(text)
        if read is not None:
            assert not isinstance(here, Refused), text
            assert read == to_text(here), text
    assert sum(read is not None for read in found) > 300

"""The walks of docs/walks.md through real pages, counted: no more taps, fields and pages than written there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from companion.domain.person import Person
from companion.services.change_plan import confirm_rows, start_plan
from companion.services.log_night import log_night
from companion.services.plan_view import plans_of
from tests.e2e.conftest import PASSPHRASE, Phones
from tests.e2e.hands import sign_in
from tests.e2e.server import Clock, Server
from tests.e2e.walking import Hand, Keyboard
from tests.e2e.ways import link_of
from tests.worked_night import NIGHT

pytestmark = pytest.mark.browser

SMALL_PHONE = {"width": 360, "height": 640}
DESK = {"width": 1280, "height": 800}


def comes_in(hand: Hand) -> None:
    hand.opens("/")
    hand.go("/join", 'main a[href="/join"]')
    hand.type("name", f"lente {uuid4().hex[:4]}")
    hand.type("passphrase", PASSPHRASE)
    hand.choose("adult", "yes")
    hand.go("/join/codes")
    hand.go("/consent")
    hand.choose("purpose", "plan")
    hand.choose("purpose", "diary")
    hand.go("/plan/new/medicine")


def has_two_strengths_in_halves(hand: Hand, medicine: str) -> None:
    hand.type("medicine", medicine)
    hand.go("/plan/new/products")
    hand.choose("have", "0")
    hand.pick("split0", "halves")
    hand.choose("have", "1")


def goes_down_by(hand: Hand, mg: str, days: str) -> None:
    """A fixed amount each so many days; nothing to talk about first, and the prescriber knows the dose."""
    hand.choose("how", "pace")
    hand.go("/plan/new/doctor-first")
    hand.choose("suicide", "no")
    hand.choose("knows", "yes")
    hand.go("/plan/new/pace", 'button[value="rest"]')
    hand.choose("kind", "amount")
    hand.type("mg", mg)
    hand.type("every_days", days)
    hand.go("/plan", 'button[value="lay-out:own"]')
    hand.choose("agreed_with", "doctor")
    hand.go("/plan", 'button[name="all"]')
    expect(hand.page.locator(".plan-row .tag-done").first).to_be_visible()


def tells_the_first_night(hand: Hand, clock: Clock) -> None:
    clock.brussels("2026-11-22 08:15")
    hand.opens("/today")
    hand.go("/diary/2026-11-22", 'main a[href="/diary/2026-11-22"]')
    for name, value in NIGHT.items():
        hand.type(name, value)
    hand.go("/diary/2026-11-22")
    expect(hand.page.locator("dd.big")).to_have_count(3)


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_sleeping_pill_for_eleven_years_on_a_small_phone_with_large_text(
    language: str, new_phone: Phones, clock: Clock
) -> None:
    hand = Hand(new_phone(language, viewport=SMALL_PHONE), text=200)
    comes_in(hand)
    has_two_strengths_in_halves(hand, "lormetazepam")
    hand.type("bedtime", "2")
    hand.go("/plan/new/goal")
    hand.choose("goal", "stop")
    goes_down_by(hand, "0,5", "28")
    assert (hand.taps, hand.fields, hand.pages) <= (29, 6, 11), hand.told()
    tells_the_first_night(hand, clock)
    assert hand.taps <= 38, "\n".join(hand.way)
    assert hand.fields <= 13, "\n".join(hand.way)
    assert hand.pages <= 14, "\n".join(hand.way)


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_tranquilliser_three_times_a_day(language: str, new_phone: Phones, clock: Clock) -> None:
    hand = Hand(new_phone(language))
    comes_in(hand)
    has_two_strengths_in_halves(hand, "Xanax")
    for moment in ("morning", "noon", "bedtime"):
        hand.type(moment, "0,5")
    hand.go("/plan/new/goal")
    hand.choose("goal", "reduce")
    hand.type("target", "1")
    goes_down_by(hand, "0,125", "14")
    tells_the_first_night(hand, clock)
    assert hand.taps <= 41, "\n".join(hand.way)
    assert hand.fields <= 16, "\n".join(hand.way)
    assert hand.pages <= 14, "\n".join(hand.way)


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize(("screen", "swipes"), [(DESK, 7), (SMALL_PHONE, 16)], ids=["desk", "phone"])
def test_a_doctor_sees_plan_nights_and_report_with_one_tap(
    language: str, screen: dict[str, int], swipes: int, server: Server, new_phone: Phones
) -> None:
    hand = Hand(new_phone(language, viewport=screen))
    hand.opens(link_of(server, "alice"))
    hand.tap("main .button-do")
    for section in hand.page.locator(".report section").all():
        hand.sees(section)
    hand.sees(".report-small")
    assert hand.taps == 1
    assert hand.fields == 0
    assert hand.swipes <= swipes, hand.told()


@pytest.fixture
def settled(server: Server, someone: Callable[[str], Person]) -> Callable[[str], Person]:
    """`settled("fr")`: someone with a confirmed dose of today, four nights and no night of this morning."""

    def make(language: str) -> Person:
        person, store, now = someone(language), server.house.store, server.clock.now
        document = {
            "medicine": "lormetazepam",
            "products": [{"strength": "1", "form": "tablet", "split": "whole"}],
            "daily": {"bedtime": "1"},
            "goal": {"kind": "stabilise"},
            "start": "2026-11-01",
        }
        assert not start_plan(store, person, str(uuid4()), document, now)
        [plan] = plans_of(store, person)
        assert not confirm_rows(store, person, plan.id, plan.kept.version, {1}, "", now)
        for back in range(1, 5):
            log_night(store, person, person.day(now) - timedelta(days=back), NIGHT, str(uuid4()), now)
        return person

    return make


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_usual_morning_is_at_most_six_taps(
    language: str, new_phone: Phones, settled: Callable[[str], Person], clock: Clock
) -> None:
    clock.brussels("2026-11-22 08:15")
    page = new_phone(language)
    sign_in(page, settled(language).name, PASSPHRASE)
    hand = Hand(page)
    hand.opens("/today")
    hand.go("/diary/2026-11-22/usual", 'main a[href="/diary/2026-11-22/usual"]')
    hand.go("/diary/2026-11-22")
    hand.go("/today", 'main a[href="/today"]')
    hand.go("/today", ".step >> nth=2")
    assert hand.taps <= 6
    assert hand.fields == 0


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_dose_is_one_tap_and_so_is_undoing_it(
    language: str, new_phone: Phones, settled: Callable[[str], Person]
) -> None:
    page = new_phone(language)
    sign_in(page, settled(language).name, PASSPHRASE)
    hand = Hand(page)
    hand.opens("/today")
    hand.go("/today", 'form[action="/today/taken"] button')
    assert (hand.taps, hand.swipes) == (1, 0)
    expect(page.locator(".taken:visible")).to_have_count(1)
    hand.go("/today", 'form[action="/today/undo"] button')
    assert (hand.taps, hand.fields) == (2, 0)
    expect(page.locator(".taken:visible")).to_have_count(0)


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_by_keyboard_alone_every_stop_in_reading_order(language: str, new_phone: Phones, clock: Clock) -> None:
    page = new_phone(language)
    page.emulate_media(reduced_motion="reduce")  # scrolling is at once: what has the focus is looked for on the screen
    keyboard = Keyboard(page)
    page.goto("/")
    keyboard.go("/join", 'a[href="/join"]')
    keyboard.type("name", f"lente {uuid4().hex[:4]}")
    keyboard.type("passphrase", PASSPHRASE)
    keyboard.tick("adult", "yes")
    keyboard.go("/join/codes")
    keyboard.go("/consent")
    keyboard.tick("purpose", "plan")
    keyboard.tick("purpose", "diary")
    keyboard.go("/plan/new/medicine")
    keyboard.type("medicine", "lormetazepam")
    page.keyboard.press("Escape")  # what the browser proposes
    keyboard.go("/plan/new/products")
    keyboard.tick("have", "0")
    keyboard.to('[name="split0"]')
    page.keyboard.press("ArrowDown")  # in halves
    keyboard.type("bedtime", "2")
    keyboard.go("/plan/new/goal")
    keyboard.choose("goal", "stop")
    keyboard.choose("how", "pace")
    keyboard.go("/plan/new/doctor-first")
    keyboard.choose("suicide", "no")
    keyboard.tick("knows", "yes")
    keyboard.go("/plan/new/pace", 'button[value="rest"]')
    keyboard.choose("kind", "amount")
    keyboard.type("mg", "0,5")
    keyboard.type("every_days", "28")
    page.locator('button[value="lay-out:own"]').wait_for()
    keyboard.go("/plan", 'button[value="lay-out:own"]')
    keyboard.go("/plan", 'button[name="all"]')
    clock.brussels("2026-11-22 08:15")
    page.goto("/today")
    keyboard.go("/diary/2026-11-22", 'main a[href="/diary/2026-11-22"]')
    for name, value in NIGHT.items():
        keyboard.to(f'[name="{name}"]')
        page.fill(f'[name="{name}"]', value)  # in which order a time is typed is the browser's own business
    keyboard.go("/diary/2026-11-22")
    expect(page.locator("dd.big")).to_have_count(3)
    assert not keyboard.wrong, "\n".join(keyboard.wrong)
    assert keyboard.stops <= 130, keyboard.stops

"""Reminders in Debian's real Firefox: subscribed on our page, sent by our clock, decrypted, shown, and answered.

Mozilla's protocol runs against a push service of the tests' own (tests/push_service.py): there is no internet here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from companion.domain.person import Person
from companion.notify.vapid import Vapid, new_private_key
from companion.services.fire_due import Round
from companion.services.forget_device import forget_device
from companion.services.push_key import check_push_key
from tests.build import rows
from tests.e2e.firefox import Firefox, firefox
from tests.e2e.reminded import PASSPHRASE, doses, falls_due, going_round, note_dose, really_now, with_a_dose
from tests.e2e.server import Server, serving
from tests.push_service import PushService, push_service

pytestmark = pytest.mark.browser

OFFERED = "() => document.querySelector('[data-push-subscribe]')?.hidden === false"
"""Whether the button stands there that turns messages on; not on a page that is still coming."""

DISCREET = {"title": "Andante", "text": "Even voor jezelf"}


@pytest.fixture(scope="module")
def service() -> Iterator[PushService]:
    with push_service() as service:
        yield service


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, service: PushService) -> Iterator[Server]:
    """The site, at the time it really is: a browser's clock cannot be set."""
    with serving(tmp_path_factory.mktemp("messages"), push_hosts=(service.host,)) as site:
        really_now(site)
        yield site


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory, service: PushService) -> Iterator[Firefox]:
    with firefox(tmp_path_factory.mktemp("firefox") / "profile", service.port) as browser:
        yield browser


@pytest.fixture(scope="module")
def go(site: Server) -> Iterator[Callable[[], Round]]:
    """One round of the clock."""
    with going_round(site) as go:
        yield go


@pytest.fixture(scope="module")
def person(site: Server, service: PushService, browser: Firefox) -> Person:
    """Signed in here with a plan of one dose at bedtime, and subscribed: a tap on our page, Firefox did the rest."""
    person = with_a_dose(site)
    browser.go(f"{site.address}/sign-in")
    fill = """(name, passphrase) => {
      document.querySelector("[name=name]").value = name;
      document.querySelector("[name=passphrase]").value = passphrase;
      setTimeout(() => document.querySelector("main form").requestSubmit());
    }"""
    browser.run(fill, person.name, PASSPHRASE)
    browser.at("/today")
    browser.go(f"{site.address}/reminders")
    assert rows(site.house, "subscription") == []
    browser.run("() => document.querySelector('[data-push-subscribe]').click()")
    browser.wait(lambda: rows(site.house, "subscription"), "not subscribed")
    offered = "() => Boolean(document.querySelector('form[action=\"/push/test\"]'))"
    browser.wait(lambda: browser.run(offered), "no test offered")
    [there] = service.of_browsers()
    assert there.key.rstrip("=") == site.house.vapid.public
    return person


def acks(service: PushService) -> list[int]:
    return [each["code"] for each in service.acks]


def remind(site: Server, go: Callable[[], Round], person: Person, browser: Firefox) -> None:
    """The dose of bedtime falls due a minute later, and the clock goes round."""
    browser.clear()
    falls_due(site, person)
    told = go()
    assert told.states, told


def arrived(site: Server, browser: Firefox, count: int = 1) -> dict[str, str]:
    """The message on screen, once our worker said that it is shown."""
    last = max(rows(site.house, "delivery"), key=lambda row: row["due_at"])
    shown = browser.wait(browser.shown, "nothing is shown")
    look = lambda: next(row for row in rows(site.house, "delivery") if row["token"] == last["token"])["shown_at"]  # noqa: E731
    browser.wait(look, "the worker did not say so")
    return {name: shown[-1][name] for name in ("title", "text")}


def test_a_test_from_the_page_is_decrypted_shown_and_acknowledged(
    site: Server, service: PushService, browser: Firefox, person: Person
) -> None:
    browser.run("() => setTimeout(() => document.querySelector('form[action=\"/push/test\"] button').click())")
    service.wait(lambda: service.acks, "Firefox acknowledged nothing")
    assert acks(service) == [100]
    assert arrived(site, browser)["title"] == "Andante"
    browser.wait(lambda: rows(site.house, "subscription")[0]["shown_at"], "the device is not said to have shown it")


def test_a_reminder_of_our_clock_is_discreet_and_a_tap_lands_on_today(
    site: Server, service: PushService, browser: Firefox, person: Person, go: Callable[[], Round]
) -> None:
    browser.go(f"{site.address}/learn")
    remind(site, go, person, browser)
    assert arrived(site, browser) == DISCREET
    assert acks(service)[-1] == 100
    before = {tab["context"] for tab in browser.call("browsingContext.getTree")["contexts"]}
    browser.tap()
    look = lambda: [  # noqa: E731
        tab["url"]
        for tab in browser.call("browsingContext.getTree")["contexts"]
        if tab["context"] not in before and tab["url"].startswith(site.address)
    ]
    [opened] = browser.wait(look, "no page opened")
    assert opened.split("#")[0] == f"{site.address}/today"
    assert doses(site, person) == []


def test_later_brings_it_again(
    site: Server, service: PushService, browser: Firefox, person: Person, go: Callable[[], Round]
) -> None:
    remind(site, go, person, browser)
    arrived(site, browser)
    browser.tap("later-10")
    browser.wait(lambda: [row for row in rows(site.house, "delivery") if "+" in row["occurrence"]], "not put off")
    browser.clear()
    site.clock.now += timedelta(minutes=10)
    go()
    assert arrived(site, browser) == DISCREET


def test_done_is_kept_on_the_phone_without_network_and_then_in_the_database(
    site: Server, service: PushService, browser: Firefox, person: Person, go: Callable[[], Round]
) -> None:
    remind(site, go, person, browser)
    arrived(site, browser)
    with site.away():
        browser.tap("done")
        count = """async () => {
          const database = await new Promise((done) => {
            indexedDB.open("andante").onsuccess = (event) => done(event.target.result);
          });
          const asked = database.transaction("entries").objectStore("entries").count();
          return new Promise((done) => (asked.onsuccess = () => { database.close(); done(asked.result); }));
        }"""
        browser.wait(lambda: browser.run(count) == 1, "not kept on the phone")
        assert doses(site, person) == []
    browser.go(f"{site.address}/today")
    [dose] = browser.wait(lambda: doses(site, person), "not in the database")
    assert (dose["data"]["mg"], dose["data"]["moment"], dose["data"]["taken"]) == ("1.5", "bedtime", True)
    assert dose["day"] == person.day(site.clock.now).isoformat()


def test_what_is_noted_already_is_not_reminded(
    site: Server, service: PushService, browser: Firefox, person: Person, go: Callable[[], Round]
) -> None:
    before = len(service.acks)
    note_dose(site, person)
    falls_due(site, person)
    assert not go().states
    assert len(service.acks) == before


def test_taken_away_on_another_device_it_stays_away_until_a_tap(site: Server, browser: Firefox, person: Person) -> None:
    [row] = rows(site.house, "subscription")
    forget_device(site.house.store, person, row["id"])
    browser.go(f"{site.address}/reminders")
    unsubscribed = "async () => !(await (await navigator.serviceWorker.ready).pushManager.getSubscription())"
    browser.wait(lambda: browser.run(unsubscribed), "still subscribed")
    browser.wait(lambda: browser.run(OFFERED), "no tap asked for")
    assert rows(site.house, "subscription") == []
    browser.run("() => document.querySelector('[data-push-subscribe]').click()")
    browser.wait(lambda: rows(site.house, "subscription"), "not subscribed")


def test_with_a_new_key_of_ours_it_subscribes_again_by_itself(
    site: Server, service: PushService, browser: Firefox, person: Person
) -> None:
    """What VAPID_NEW_KEY=yes does at a start, and what Firefox does then."""
    old, kept = rows(site.house, "subscription")[0], site.house
    vapid = Vapid(new_private_key(), kept.vapid.subject)
    with site.away():
        site.house = replace(kept, vapid=vapid)
        assert check_push_key(kept.store, vapid.name, site.clock(), forget=True) == 0
    assert rows(kept, "subscription")[0]["gone_at"]
    browser.go(f"{site.address}/reminders")
    browser.wait(lambda: rows(kept, "subscription")[0]["mark"] != old["mark"], "not subscribed again")
    [row] = rows(kept, "subscription")
    assert (row["id"], row["gone_at"]) == (old["id"], None)
    assert service.of_browsers()[-1].key.rstrip("=") == vapid.public

"""The same messages in Chromium's service worker: sent by our clock, opened with the keys of a browser of the tests'
own, and given to the worker over the DevTools protocol. Its push service is on the internet; all else is real."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from companion.domain.person import Person
from companion.services.forget_device import forget_address
from companion.services.subscribe import Subscribed, subscribe
from tests.build import rows
from tests.e2e.browser import phone, put_away
from tests.e2e.hands import sign_in
from tests.e2e.kept import eventually, in_time, kept, settled
from tests.e2e.reminded import PASSPHRASE, doses, falls_due, going_round, really_now, with_a_dose
from tests.e2e.server import Server, serving
from tests.push_service import PushService, Subscriber, push_service

pytestmark = pytest.mark.browser

COUNTED = """() => {
  globalThis.told = 0;
  registration.showNotification = async (...words) => {
    await ServiceWorkerRegistration.prototype.showNotification.apply(registration, words);
    told += 1;
  };
}"""
"""What was shown is counted in the worker: to ask Chromium for it meanwhile makes it forget what is not shown yet."""
SHOWN = """async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(
  ({title, body, tag, lang, icon, actions}) => ({title, body, tag, lang, icon, actions}))"""
ANSWER = """async (action) => {
  const [{data, ...shown}] = await registration.getNotifications();
  await answered(action, data.navigate, data.andante);
}"""
"""What a tap on a button calls: an event made by a script is not trusted with more time."""
CHANGED = """async ([endpoint, made]) => again(
  {endpoint}, {toJSON: () => made, unsubscribe: async () => (globalThis.ended = true)})"""
"""What `pushsubscriptionchange` calls: the old subscription, and the one that the browser made in its place."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("messages"), push_hosts=("127.0.0.1",)) as site:
        yield site


@pytest.fixture
def service(site: Server) -> Iterator[PushService]:
    with push_service(site.clock) as service:
        yield service


@pytest.fixture
def person(site: Server) -> Person:
    really_now(site)
    return with_a_dose(site)


@pytest.fixture
def subscriber(site: Server, service: PushService, person: Person) -> Subscriber:
    """A browser that this person is reminded in."""
    made = service.subscribe(site.house.vapid.public)
    given = {"phone": "", "device": "", "hosts": ("127.0.0.1",), "key": site.house.vapid.name, "now": site.clock.now}
    assert isinstance(subscribe(site.house.store, person, made.json(), **given), Subscribed)  # type: ignore[arg-type]
    return made


@pytest.fixture
def page(site: Server, browser: Browser, person: Person) -> Iterator[Page]:
    """Signed in, with everything kept and messages allowed."""
    context = phone(browser, site.address, "nl", service_workers="allow")
    context.grant_permissions(["notifications"], origin=site.address)
    page = context.new_page()
    sign_in(page, person.name, PASSPHRASE)
    kept(page)
    yield page
    put_away(context)


def reminded(site: Server, person: Person, subscriber: Subscriber) -> dict[str, Any]:
    """What the clock sends when the dose of bedtime falls due."""
    falls_due(site, person)
    with going_round(site) as go:
        go()
    found: dict[str, Any] = subscriber.texts[-1]
    return found


def deliver(context: BrowserContext, page: Page, site: Server, text: str) -> None:
    """Chromium's own way of giving a message to the worker."""
    context.service_workers[-1].evaluate(COUNTED)
    session = context.new_cdp_session(page)
    found: list[str] = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda said: found.extend(
        each["registrationId"] for each in said["registrations"] if not each["isDeleted"]
    ))  # fmt: skip
    session.send("ServiceWorker.enable")
    eventually(page, lambda: bool(found), "no worker registered")
    message = {"origin": site.address, "registrationId": found[0], "data": text}
    session.send("ServiceWorker.deliverPushMessage", message)
    session.detach()


def shown(page: Page) -> list[dict[str, Any]]:
    worker = page.context.service_workers[-1]
    eventually(page, lambda: worker.evaluate("() => told"), "nothing is shown")
    found: list[dict[str, Any]] = in_time(page, SHOWN)
    return found


def asked_again(site: Server, person: Person) -> list[datetime]:
    """When what was put off comes again."""
    mine = (each for each in rows(site.house, "delivery") if each["person_id"] == person.id)
    return [each["due_at"].replace(tzinfo=UTC) for each in mine if "+" in each["occurrence"]]


def answer(page: Page, action: str) -> None:
    page.context.service_workers[-1].evaluate(ANSWER, action)


def test_a_message_is_shown_discreetly_with_two_buttons_and_said_to_be_shown(
    site: Server, page: Page, person: Person, subscriber: Subscriber
) -> None:
    message = reminded(site, person, subscriber)
    deliver(page.context, page, site, json.dumps(message))
    [seen] = shown(page)
    assert (seen["title"], seen["lang"], seen["tag"]) == ("Andante", "nl", message["notification"]["tag"])
    assert [each["action"] for each in seen["actions"]] == ["done", "later-10"]
    assert not any(word in json.dumps(seen) for word in ("diazepam", "mg", "1,5"))
    eventually(page, lambda: bool(rows(site.house, "delivery")[-1]["shown_at"]), "the worker did not say so")
    answer(page, "done")
    [dose] = doses(site, person)
    assert (dose["data"]["mg"], dose["data"]["taken"]) == ("1.5", True)
    expect(page.locator("[data-slot-open] .taken")).to_be_visible()  # the open page opens again


@pytest.mark.parametrize("text", ["", "no json", "[]", "null", '{"notification": {}}', '{"andante": {"token": "x"}}'])
def test_whatever_arrives_something_is_shown(site: Server, page: Page, person: Person, text: str) -> None:
    deliver(page.context, page, site, text)
    assert [each["title"] for each in shown(page)] == ["Andante"]


def test_a_dose_that_waits_on_this_phone_gets_the_neutral_words(
    site: Server, page: Page, person: Person, subscriber: Subscriber
) -> None:
    message = reminded(site, person, subscriber)
    with site.away():
        deliver(page.context, page, site, json.dumps(message))
        assert shown(page)[0]["body"] == message["notification"]["body"]
        answer(page, "done")
        deliver(page.context, page, site, json.dumps(message))
        [seen] = shown(page)
        assert (seen["body"], seen["actions"]) == (message["andante"]["neutral"]["body"], [])
        assert doses(site, person) == []
    settled(page)
    eventually(page, lambda: [each["data"]["mg"] for each in doses(site, person)] == ["1.5"], "never sent")


@pytest.mark.parametrize("then", ["a page opens", "the network is back"])
def test_later_without_network_is_heard_when_there_is_network_again(
    site: Server, page: Page, person: Person, subscriber: Subscriber, then: str
) -> None:
    message = reminded(site, person, subscriber)
    with site.away():
        deliver(page.context, page, site, json.dumps(message))
        shown(page)
        answer(page, "later-60")
    if then == "a page opens":
        settled(page)
    else:
        page.evaluate("() => { dispatchEvent(new Event('online')); }")
    eventually(page, lambda: bool(asked_again(site, person)), "never heard")
    assert asked_again(site, person) == [site.clock.now + timedelta(hours=1)]
    waits = "async () => (await (await caches.open('later')).keys()).length"
    eventually(page, lambda: page.evaluate(waits) == 0, "it is said again and again")


def test_without_the_key_done_opens_the_page_and_keeps_nothing_for_a_stranger(
    site: Server, page: Page, person: Person, subscriber: Subscriber
) -> None:
    message = reminded(site, person, subscriber)
    message["andante"]["whose"] = "someone else"
    deliver(page.context, page, site, json.dumps(message))
    shown(page)
    page.context.service_workers[-1].evaluate("() => { open = (to) => { self.opened = to; }; }")
    answer(page, "done")
    assert page.context.service_workers[-1].evaluate("() => self.opened") == message["notification"]["navigate"]
    assert doses(site, person) == []


def test_a_changed_address_is_told_by_the_worker_and_the_old_one_is_gone(
    site: Server, page: Page, service: PushService, person: Person, subscriber: Subscriber
) -> None:
    new = service.subscribe(site.house.vapid.public)
    worker = page.context.service_workers[-1]
    worker.evaluate(CHANGED, [subscriber.endpoint, new.json()])
    assert len([row for row in rows(site.house, "subscription") if row["person_id"] == person.id]) == 1
    assert reminded(site, person, new)["andante"]["kind"] == "dose"
    assert subscriber.received == []


def test_a_changed_address_of_a_browser_that_was_taken_away_is_given_up(
    site: Server, page: Page, service: PushService, person: Person, subscriber: Subscriber
) -> None:
    forget_address(site.house.store, person, subscriber.endpoint)
    new = service.subscribe(site.house.vapid.public)
    worker = page.context.service_workers[-1]
    worker.evaluate(CHANGED, [subscriber.endpoint, new.json()])
    assert worker.evaluate("globalThis.ended")
    assert [row for row in rows(site.house, "subscription") if row["person_id"] == person.id] == []

"""Browsers that get messages: subscribed, tested, heard of, forgotten; and who may not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from companion.bootstrap import House
from companion.services.subscribe import MOST_BROWSERS
from companion.services.tidy import tidy
from companion.web.this_phone import COOKIE
from tests.build import Clock, kept, rows
from tests.people import PASSPHRASES, newcomer, signed_in_again
from tests.push_service import Fault, PushService, Subscriber, push_service
from tests.web.fetcher import Browser


@pytest.fixture
def service(app: Flask, house: House, clock: Clock) -> Iterator[PushService]:
    """A push service that this house may send to."""
    with push_service(clock) as service:
        settings = replace(house.settings, push_hosts=(service.host,))
        app.extensions["house"] = replace(house, settings=settings)
        yield service


def post(browser: Browser, address: str, body: object = None, expect: int = 200, **more: Any) -> TestResponse:
    headers = {"Origin": browser.origin, "Accept-Language": browser.accepts}
    sent = {"json": body} if body is not None else {}
    answer = browser.client.post(address, headers=headers, base_url=browser.origin, **sent, **more)
    assert answer.status_code == expect, f"{address}: {answer.status_code} {answer.get_data(as_text=True)}"
    return answer


def key_of(browser: Browser) -> str:
    return str(browser.get("/push/key").get_json()["key"])


def on(browser: Browser, service: PushService, expect: int = 201, *faults: Fault) -> Subscriber:
    """This browser subscribes."""
    to = service.subscribe(key_of(browser), *faults)
    post(browser, "/push/subscriptions", to.json(), expect)
    return to


# Subscribing


def test_the_key_is_for_everyone_and_the_same_each_time(visitor: Browser, alice: Browser, house: House) -> None:
    assert key_of(visitor) == key_of(alice) == house.vapid.public


def test_a_browser_subscribes_and_again_is_harmless(house: House, alice: Browser, service: PushService) -> None:
    to = on(alice, service)
    answer = post(alice, "/push/subscriptions", to.json(), 200).get_json()
    [row] = rows(house, "subscription")
    assert answer == {"device": row["id"], "gone": False}
    assert row["origin"] == service.origin


def test_address_and_keys_are_sealed(house: House, alice: Browser, service: PushService) -> None:
    to = on(alice, service)
    text = str(rows(house, "subscription"))
    assert to.endpoint not in text
    assert to.token not in text
    assert all(key not in text for key in to.json()["keys"].values())


def test_a_new_address_of_the_same_browser_takes_the_place_of_the_old(
    house: House, alice: Browser, service: PushService
) -> None:
    on(alice, service)
    [before] = rows(house, "subscription")
    to = on(alice, service)
    [after] = rows(house, "subscription")
    assert before["id"] == after["id"]
    assert before["mark"] != after["mark"]
    post(alice, "/push/test", expect=202)
    assert len(to.texts) == 1


def test_a_browser_that_lost_its_name_says_which_address_it_had(
    app: Flask, house: House, alice: Browser, service: PushService
) -> None:
    old = on(alice, service)
    alice.client.delete_cookie(COOKIE)
    new = service.subscribe(key_of(alice))
    post(alice, "/push/subscriptions", new.json() | {"replaces": old.endpoint}, 201)
    assert len(rows(house, "subscription")) == 1


def test_what_was_taken_away_elsewhere_stays_away_until_it_is_asked_for_here(
    house: House, app: Flask, alice: Browser, service: PushService
) -> None:
    phone = on(alice, service)
    [row] = rows(house, "subscription")
    other = signed_in_again(app, "alice")
    post(other, "/push/subscriptions/forget", {"device": row["id"]}, expect=204)
    told = post(alice, "/push/subscriptions", phone.json() | {"again": True, "replaces": phone.endpoint})
    assert told.get_json() == {"device": "", "gone": False}
    assert alice.client.get_cookie(COOKIE) is None
    assert rows(house, "subscription") == []
    post(alice, "/push/subscriptions", phone.json(), expect=201)
    assert len(rows(house, "subscription")) == 1


def test_a_browser_that_says_again_where_it_is_is_kept_by_its_name_or_by_its_address(
    house: House, alice: Browser, service: PushService
) -> None:
    phone = on(alice, service)
    moved = service.subscribe(key_of(alice))
    assert post(alice, "/push/subscriptions", moved.json() | {"again": True}, expect=201).get_json()["device"]
    alice.client.delete_cookie(COOKIE)
    third = service.subscribe(key_of(alice))
    again = third.json() | {"again": True, "replaces": moved.endpoint}
    assert post(alice, "/push/subscriptions", again, expect=201).get_json()["device"]
    assert len(rows(house, "subscription")) == 1
    assert phone.received == []


def test_two_browsers_of_one_person_both_get_messages(app: Flask, alice: Browser, service: PushService) -> None:
    one, other = on(alice, service), on(signed_in_again(app, "alice"), service)
    assert post(alice, "/push/test", expect=202).get_json() == {"handed": 2, "gone": 0, "later": 0}
    assert len(one.texts) == len(other.texts) == 1


def test_the_browser_not_seen_for_longest_makes_way(
    app: Flask, house: House, clock: Clock, service: PushService, alice: Browser
) -> None:
    first = on(alice, service)
    tos = []
    for _ in range(MOST_BROWSERS):
        clock.forward(minutes=1)
        tos.append(on(signed_in_again(app, "alice"), service))
    assert len(rows(house, "subscription")) == MOST_BROWSERS
    post(alice, "/push/test", expect=202)
    assert first.texts == []
    assert all(len(to.texts) == 1 for to in tos)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ([], 400),
        ("x", 400),
        ({"endpoint": "http://127.0.0.1/x", "keys": {}}, 422),
        ({"endpoint": "https://fcm.googleapis.com/x", "keys": {"p256dh": "AA", "auth": "AA"}}, 422),
        ({"endpoint": "x" * 9000}, 413),
    ],
)
def test_what_is_no_subscription_is_refused_in_words(house: House, alice: Browser, body: object, status: int) -> None:
    before = kept(house)
    answer = post(alice, "/push/subscriptions", body, status).get_json()
    assert answer["error"]
    assert kept(house) == before


def test_what_is_no_json_is_refused(alice: Browser) -> None:
    post(alice, "/push/subscriptions", expect=400, data="{", content_type="application/json")
    post(alice, "/push/subscriptions", expect=415, data="{}", content_type="text/plain")
    post(alice, "/push/subscriptions", expect=400, data="[" * 5000, content_type="application/json")


# Other people


def test_another_person_in_the_same_browser_takes_its_address_over(
    house: House, alice: Browser, bob: Browser, service: PushService
) -> None:
    to = on(alice, service)
    post(bob, "/push/subscriptions", to.json(), 201)
    [row] = rows(house, "subscription")
    post(alice, "/push/test", expect=409)
    post(bob, "/push/test", expect=202)
    assert [each["notification"]["lang"] for each in to.texts] == ["fr"]
    assert row["person_id"] != ""


def test_who_signs_in_where_someone_else_was_gets_nothing_of_theirs(
    app: Flask, house: House, alice: Browser, bob: Browser, service: PushService
) -> None:
    on(alice, service)
    cookie = alice.client.get_cookie(COOKIE)
    assert cookie
    shared = newcomer(app, "fr")
    shared.client.set_cookie(COOKIE, cookie.value)
    shared.post("/sign-in", {"name": "bob", "passphrase": PASSPHRASES["bob"]})
    assert rows(house, "subscription") == []


def test_a_stranger_can_forget_or_test_no_browser_of_someone_else(
    house: House, alice: Browser, charlie: Browser, service: PushService
) -> None:
    to = on(alice, service)
    [row] = rows(house, "subscription")
    post(charlie, "/push/subscriptions/forget", {"device": row["id"]}, 204)
    post(charlie, "/push/subscriptions/forget", {"endpoint": to.endpoint}, 204)
    post(charlie, "/push/test", {"device": row["id"]}, 409)
    charlie.client.set_cookie(COOKIE, row["id"])
    post(charlie, "/push/subscriptions/forget", {}, 204)
    charlie.post("/sign-out")
    assert rows(house, "subscription") == [row]
    assert to.received == []


# Forgetting


def test_a_browser_forgets_itself_and_an_address(
    app: Flask, house: House, alice: Browser, service: PushService
) -> None:
    other = signed_in_again(app, "alice")
    theirs = on(other, service)
    for body in ({}, None, "endpoint"):
        mine = on(alice, service)
        post(alice, "/push/subscriptions/forget", {"endpoint": mine.endpoint} if body else body, 204)
        assert len(rows(house, "subscription")) == 1
        post(other, "/push/subscriptions", theirs.json(), 200)
    post(other, "/push/subscriptions/forget", {}, 204)
    assert rows(house, "subscription") == []
    assert other.client.get_cookie(COOKIE) is None


def test_signing_out_ends_the_messages_of_this_browser_only(
    app: Flask, house: House, alice: Browser, service: PushService
) -> None:
    here, there = on(alice, service), on(other := signed_in_again(app, "alice"), service)
    alice.post("/sign-out")
    assert alice.client.get_cookie(COOKIE) is None
    post(other, "/push/test", expect=202)
    assert (len(here.texts), len(there.texts)) == (0, 1)
    other.post("/sign-out", {"where": "everywhere"})
    assert rows(house, "subscription") == []


def test_a_new_passphrase_ends_the_messages_of_other_browsers(
    app: Flask, house: House, alice: Browser, service: PushService
) -> None:
    on(alice, service)
    [mine] = rows(house, "subscription")
    on(signed_in_again(app, "alice"), service)
    alice.post("/account/passphrase", {"old": PASSPHRASES["alice"], "passphrase": "a quite different passphrase"})
    assert [row["id"] for row in rows(house, "subscription")] == [mine["id"]]


def test_erasing_ends_messages_at_once(house: House, alice: Browser, service: PushService) -> None:
    on(alice, service)
    alice.open("/account/erase").send({"sure": True, "passphrase": PASSPHRASES["alice"]})
    assert rows(house, "subscription") == []
    assert alice.client.get_cookie(COOKIE) is None


def test_a_browser_in_which_nobody_comes_for_half_a_year_gets_nothing_more(
    house: House, clock: Clock, alice: Browser, service: PushService
) -> None:
    to = on(alice, service)
    clock.forward(days=179)
    alice.open("/today")
    post(alice, "/push/subscriptions", to.json(), 200)
    clock.forward(days=179)
    tidy(house.store, clock())
    assert len(rows(house, "subscription")) == 1
    clock.forward(days=2)
    tidy(house.store, clock())
    assert rows(house, "subscription") == []


# A test, and hearing that it was shown


def test_a_test_arrives_discreetly_and_the_worker_says_it_was_shown(
    app: Flask, house: House, clock: Clock, alice: Browser, service: PushService
) -> None:
    to = on(alice, service)
    assert post(alice, "/push/test", expect=202).get_json() == {"handed": 1, "gone": 0, "later": 0}
    [text] = to.texts
    assert text["web_push"] == 8030
    shown, ours = text["notification"], text["andante"]
    assert shown["title"] == "Andante"
    assert shown["lang"] == "nl"
    assert shown["navigate"] == "/reminders"
    assert (shown["tag"], shown["silent"], ours["kind"]) == ("test", False, "test")
    assert (ours["actions"], ours["entries"]) == ([], [])
    [row] = rows(house, "subscription")
    assert row["handed_at"] == clock().replace(tzinfo=row["handed_at"].tzinfo)
    assert row["shown_at"] is None
    clock.forward(seconds=4)
    worker = newcomer(app)  # nobody has to be signed in any more
    for _ in range(2):
        post(worker, "/push/received", {"token": ours["token"]}, 204)
        clock.forward(seconds=4)
    [row] = rows(house, "subscription")
    [delivery] = rows(house, "delivery")
    assert row["shown_at"] == delivery["shown_at"]
    assert (row["shown_at"] - row["handed_at"]).total_seconds() == 4


@pytest.mark.parametrize("body", [{}, {"token": ""}, {"token": "x" * 500}, {"token": 5}, {"token": "guessed"}])
def test_a_token_that_was_never_given_out_changes_nothing(
    house: House, alice: Browser, service: PushService, body: dict[str, object]
) -> None:
    on(alice, service)
    post(alice, "/push/test", expect=202)
    before = kept(house)
    post(alice, "/push/received", body, 204)
    assert kept(house) == before


def test_a_browser_that_is_gone_is_said_so_and_asked_for_a_new_address(
    house: House, clock: Clock, alice: Browser, service: PushService
) -> None:
    to = on(alice, service, 201, Fault(status=410))
    assert post(alice, "/push/test", expect=202).get_json() == {"handed": 0, "gone": 1, "later": 0}
    assert rows(house, "subscription")[0]["gone_at"] is not None
    post(alice, "/push/test", expect=409)
    assert post(alice, "/push/subscriptions", to.json(), 200).get_json()["gone"] is True
    on(alice, service)
    assert rows(house, "subscription")[0]["gone_at"] is None
    post(alice, "/push/test", expect=202)


def test_a_service_that_cannot_take_it_now_is_said_so(alice: Browser, service: PushService) -> None:
    on(alice, service, 201, Fault(status=503))
    assert post(alice, "/push/test", expect=202).get_json() == {"handed": 0, "gone": 0, "later": 1}


def test_tests_have_an_end(clock: Clock, alice: Browser, service: PushService) -> None:
    to = on(alice, service)
    for _ in range(20):
        post(alice, "/push/test", expect=202)
    assert "tien" in post(alice, "/push/test", expect=429).get_json()["error"]
    assert len(to.texts) == 20
    clock.forward(minutes=11)
    post(alice, "/push/test", expect=202)


# Later


NO_LATER: list[dict[str, object]] = [
    {},
    {"token": "x"},
    {"token": 5, "minutes": 10},
    {"token": "x", "minutes": 11},
    {"token": "x", "minutes": "10"},
    {"token": "x", "minutes": True},
    {"token": "x", "tonight": 1},
]


@pytest.mark.parametrize("body", NO_LATER)
def test_a_later_that_is_none_of_the_three_is_refused(visitor: Browser, body: dict[str, object]) -> None:
    post(visitor, "/push/later", body, 422)


@pytest.mark.parametrize("wish", [{"minutes": 10}, {"minutes": 60}, {"tonight": True}])
def test_later_of_a_test_or_of_a_guessed_token_is_never(
    house: House, alice: Browser, visitor: Browser, service: PushService, wish: dict[str, object]
) -> None:
    to = on(alice, service)
    post(alice, "/push/test", expect=202)
    before = kept(house)
    for token in ("guessed", to.texts[0]["andante"]["token"]):
        assert post(visitor, "/push/later", {"token": token} | wish).get_json() == {"at": None}
    assert kept(house) == before


def test_from_a_form_a_page_follows(house: House, alice: Browser, visitor: Browser, service: PushService) -> None:
    def sent(browser: Browser, address: str, **data: str) -> str:
        headers = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Origin": alice.origin}
        answer = browser.client.post(address, data=data, headers=headers, base_url=alice.origin)
        assert answer.status_code == 303
        return answer.headers["Location"]

    to = on(alice, service, 201)
    [row] = rows(house, "subscription")
    assert sent(alice, "/push/test", device=row["id"]) == "/reminders#devices"
    assert alice.open("/reminders").has("A test is on its way. It comes within a minute.")
    assert len(to.texts) == 1
    sent(alice, "/push/test", device="another")
    assert alice.open("/reminders").has("The test could not be sent. Try again later.")
    sent(alice, "/push/subscriptions/forget", device=row["id"])
    assert alice.open("/reminders").has("No messages come there any more.")
    assert rows(house, "subscription") == []
    assert sent(visitor, "/push/test").startswith("/sign-in")

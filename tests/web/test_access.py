"""Where someone is signed in: each can be ended, and everywhere else in one tap."""

from __future__ import annotations

import pytest
from flask import Flask

from companion.bootstrap import House
from tests.build import Clock, kept, rows
from tests.people import PASSPHRASES, joined, newcomer, signed_in_again
from tests.web.fetcher import Browser, Page

PHONE = "Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0"


def on_a_phone(app: Flask, name: str = "alice") -> Browser:
    """The same person, on a phone that says what it is."""
    browser = newcomer(app)
    browser.client.environ_base["HTTP_USER_AGENT"] = PHONE
    browser.post("/sign-in", {"name": name, "passphrase": PASSPHRASES[name]})
    return browser


def others(page: Page) -> list[str]:
    """The sessions that can be ended here."""
    return [each.get("value", "") for each in page.all("button", name="session")]


def test_each_is_listed_with_its_device_and_its_first_and_last_day(app: Flask, clock: Clock, alice: Browser) -> None:
    phone = on_a_phone(app)
    clock.forward(days=3)
    phone.open("/today")
    clock.forward(days=2)
    page = alice.open("/account/access")
    assert "Firefox · Android" in page.text
    assert page.text.count("sinds 21 november 2026") == 2
    assert "24 november 2026" in page.text
    assert page.has("this device")
    assert len(others(page)) == 1


def test_one_of_them_is_ended_and_the_others_stay(app: Flask, alice: Browser, bob: Browser) -> None:
    phone, third = on_a_phone(app), signed_in_again(app, "alice")
    ids = others(alice.open("/account/access"))
    page = alice.open("/account/access").send(action="/account/sessions/end-others")
    assert others(page) == []
    assert alice.open("/today").status == bob.open("/today").status == 200
    for each in (phone, third):
        assert each.get("/today", expect=303).headers["Location"].startswith("/sign-in")
    alice.post("/account/sessions/end", {"session": ids[0]})  # a double tap is harmless


def test_one_tap_ends_just_that_one(app: Flask, alice: Browser) -> None:
    phone, third = on_a_phone(app), signed_in_again(app, "alice")
    page = alice.open("/account/access")
    mark = next(
        each.get("value", "") for each in page.all("button", name="session") if "Firefox" in "".join(each.itertext())
    )
    alice.post("/account/sessions/end", {"session": mark})
    phone.get("/today", expect=303)
    third.open("/today")
    alice.open("/today")


def test_this_one_is_not_ended_from_the_list_and_that_of_somebody_else_never(
    app: Flask, house: House, alice: Browser, bob: Browser
) -> None:
    before = rows(house, "session")
    for row in before:
        alice.post("/account/sessions/end", {"session": row["digest"]})
    alice.post("/account/sessions/end", {"session": "x"})
    assert rows(house, "session") == before
    alice.open("/today")
    bob.open("/today")


@pytest.mark.parametrize("way", ["this one", "all others"])
def test_messages_stop_where_a_session_was_ended(
    app: Flask, house: House, clock: Clock, alice: Browser, way: str
) -> None:
    phone = on_a_phone(app)
    address = {
        "endpoint": "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "keys": {
            "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "auth": "BTBZMqHH6r4Tts7J_aSIgg",
        },
    }
    answer = phone.client.post("/push/subscriptions", json=address, headers={"Origin": phone.origin})
    assert answer.status_code == 201
    assert rows(house, "subscription")
    page = alice.open("/account/access")
    if way == "this one":
        alice.post("/account/sessions/end", {"session": others(page)[0]})
    else:
        alice.post("/account/sessions/end-others")
    assert rows(house, "subscription") == []


def test_recovering_and_a_new_passphrase_end_all_others(app: Flask, alice: Browser) -> None:
    phone = on_a_phone(app)
    alice.open("/account/passphrase").send({"old": PASSPHRASES["alice"], "passphrase": "a quite different passphrase"})
    phone.get("/today", expect=303)
    assert others(alice.open("/account/access")) == []


def test_the_list_is_of_this_person_only(app: Flask, alice: Browser) -> None:
    joined(app, "charlie")
    assert others(alice.open("/account/access")) == []


def test_asking_for_the_passphrase_again_is_slowed(house: House, clock: Clock, alice: Browser) -> None:
    """Someone who finds a phone open cannot try passphrases on it without end."""
    before = kept(house)
    tries = [alice.open("/account/codes").send({"passphrase": "not the one"}, expect=422) for _ in range(5)]
    assert tries[-1].errors("passphrase")
    waits = alice.open("/account/codes").send({"passphrase": PASSPHRASES["alice"]}, expect=429)
    assert waits.summary()
    alice.open("/account/erase").send({"passphrase": PASSPHRASES["alice"], "sure": True}, expect=429)
    alice.open("/account/passphrase").send({"old": PASSPHRASES["alice"], "passphrase": "x" * 12}, expect=429)
    assert kept(house) == before
    clock.forward(seconds=31)
    assert alice.open("/account/codes").send({"passphrase": PASSPHRASES["alice"]}).address == "/join/codes"

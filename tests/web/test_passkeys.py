"""Passkeys: added by who said who they are, good for coming in, and useless to everybody else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.bootstrap import House
from companion.services.passkeys import MOST
from tests.authenticator import PRESENT, Authenticator, raw, text
from tests.build import Clock, kept, rows
from tests.people import PASSPHRASES, newcomer, signed_in_again
from tests.web.fetcher import Browser, Page


def asked(browser: Browser, passphrase: str = "") -> str:
    """What the page asks the browser for a new passkey."""
    page = browser.open("/account/passkeys/new")
    if passphrase:
        page = page.send({"passphrase": passphrase})
    [form] = [each for each in page.root.iter("form") if each.get("data-passkey-new")]
    return form.get("data-passkey-new", "")


def added(browser: Browser, name: str = "mijn telefoon") -> Authenticator:
    phone = Authenticator()
    browser.post("/account/passkeys/new", {"credential": phone.make(asked(browser)), "name": name})
    return phone


def challenge(browser: Browser) -> str:
    return browser.get("/sign-in/passkey").get_data(as_text=True)


def comes_in(browser: Browser, answer: str) -> bool:
    """Whether an answer lets someone in; else the page comes back and says so."""
    headers = {"Origin": browser.origin, "Accept-Language": "nl"}
    response = browser.client.post("/sign-in/passkey", data={"credential": answer}, headers=headers)
    if response.status_code == 303:
        return True
    page = browser.follow(response, "/sign-in/passkey", expect=422)
    assert page.summary()
    browser.get("/today", expect=303)
    return False


# The way it goes


def test_made_once_and_then_the_way_in_without_a_name(app: Flask, clock: Clock, alice: Browser) -> None:
    phone = added(alice)
    page = alice.open("/account/access")
    assert "mijn telefoon" in page.text
    assert page.has("not used yet")
    clock.forward(days=2)
    other = newcomer(app)
    assert comes_in(other, phone.sign(challenge(other)))
    assert other.get("/account/export").get_json()["person"]["name"] == "alice"
    assert "23 november 2026" in other.open("/account/access").text


def test_after_coming_in_someone_arrives_where_they_were_going(app: Flask, alice: Browser) -> None:
    phone = added(alice)
    other = newcomer(app)
    page = other.open("/history?window=week")
    [form] = [each for each in page.root.iter("form") if each.get("action") == "/sign-in/passkey"]
    [going] = [each.get("value") for each in form.iter("input") if each.get("name") == "next"]
    answer = {"credential": phone.sign(challenge(other)), "next": going}
    assert other.post("/sign-in/passkey", answer).headers["Location"] == "/history?window=week"
    evil = newcomer(app)
    answer = {"credential": phone.sign(challenge(evil)), "next": "https://evil.example"}
    assert evil.post("/sign-in/passkey", answer).headers["Location"] == "/today"


def test_several_and_each_can_be_taken_away(app: Flask, alice: Browser) -> None:
    first, second = added(alice, "telefoon"), added(alice, "laptop")
    page = alice.open("/account/access")
    names = [each.text for each in page.all("h3")][:2]
    assert sorted(str(name) for name in names) == ["laptop", "telefoon"]
    gone = page.all("button", name="passkey")[names.index("telefoon")].get("value", "")
    for _ in range(2):
        alice.post("/account/passkeys/remove", {"passkey": gone})
    assert "telefoon" not in [each.text for each in alice.open("/account/access").all("h3")]
    assert not comes_in(newcomer(app), first.sign(challenge(alice)))
    assert comes_in(newcomer(app), second.sign(challenge(alice)))


def test_the_passphrase_stays_beside_it(app: Flask, alice: Browser) -> None:
    added(alice)
    signed_in_again(app, "alice").open("/today")


def test_it_is_never_slowed_by_what_others_try(app: Flask, alice: Browser) -> None:
    phone = added(alice)
    thief = newcomer(app)
    for n in range(30):
        thief.client.post(
            "/sign-in", data={"name": "alice", "passphrase": f"guess {n} guess"}, headers={"Origin": thief.origin}
        )
    assert comes_in(newcomer(app), phone.sign(challenge(thief)))


def test_what_is_kept_of_it_is_sealed_and_nothing_of_it_is_exported(house: House, alice: Browser) -> None:
    phone = added(alice, "de telefoon van Alice")
    [row] = rows(house, "passkey")
    for secret in ("de telefoon van Alice", text(phone.id)):
        assert secret not in str(row)
    export = alice.get("/account/export")
    [told] = export.get_json()["passkeys"]
    assert told["name"] == "de telefoon van Alice"
    assert set(told) == {"id", "name", "site", "signs", "made_at", "used_at"}
    assert text(phone.id) not in export.get_data(as_text=True)


def test_erasing_takes_them_along(app: Flask, house: House, alice: Browser) -> None:
    phone = added(alice)
    assert comes_in(newcomer(app), phone.sign(challenge(alice)))
    alice.open("/account/erase").send({"sure": True, "passphrase": PASSPHRASES["alice"]})
    assert rows(house, "passkey") == rows(house, "spent_challenge") == []
    assert not comes_in(newcomer(app), phone.sign(challenge(newcomer(app))))


# Adding one asks who it is


def test_the_passphrase_is_asked_first_unless_it_was_given_a_moment_ago(
    house: House, clock: Clock, alice: Browser
) -> None:
    assert asked(alice)
    clock.forward(minutes=11)
    page = alice.open("/account/passkeys/new")
    assert not [each for each in page.root.iter("form") if each.get("data-passkey-new")]
    assert page.send({"passphrase": "not the right one"}, expect=422).errors("passphrase")
    before = kept(house)
    alice.post("/account/passkeys/new", {"credential": Authenticator().make(_options(alice))}, expect=422)
    assert kept(house) == before
    assert asked(alice, PASSPHRASES["alice"])


def _options(browser: Browser) -> str:
    return json.dumps({"challenge": json.loads(challenge(browser))["challenge"], "user": {"id": "AAAA"}})


@pytest.mark.parametrize(
    ("name", "wrong"), [("x" * 61, True), ("a\u202eb", True), ("", False), ("  mijn  gsm ", False)]
)
def test_its_name_can_be_read_and_need_not_be_there(alice: Browser, name: str, wrong: bool) -> None:
    answer = {"credential": Authenticator().make(asked(alice)), "name": name}
    response = alice.post("/account/passkeys/new", answer, expect=422 if wrong else 303)
    page = alice.follow(response, "/account/passkeys/new", expect=422 if wrong else 200)
    assert bool(page.errors("name")) is wrong


def test_there_is_an_end_to_how_many(house: House, alice: Browser) -> None:
    for _ in range(MOST):
        added(alice)
    answer = {"credential": Authenticator().make(asked(alice)), "name": "nog een"}
    page = alice.follow(alice.post("/account/passkeys/new", answer, expect=422), "/account/passkeys/new", 422)
    assert str(MOST) in page.summary()[0]
    assert len(rows(house, "passkey")) == MOST


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://localhost:8000"},
        {"host": "evil.example"},
        {"flags": PRESENT},
        {"flags": 0},
    ],
)
def test_what_was_made_elsewhere_or_without_looking_who_it_is_is_not_kept(
    house: House, alice: Browser, wrong: dict[str, Any]
) -> None:
    page = alice.open("/account/passkeys/new")
    before = kept(house)
    answer = {"credential": Authenticator(**wrong).make(asked(alice)), "name": "x"}
    back = alice.follow(alice.post("/account/passkeys/new", answer, expect=422), page.address, 422)
    assert back.summary()
    assert kept(house) == before


def test_a_challenge_for_a_new_one_is_good_once_and_in_one_session(
    app: Flask, house: House, clock: Clock, alice: Browser, charlie: Browser
) -> None:
    question = asked(alice)
    phone = Authenticator()
    answer = {"credential": phone.make(question), "name": "x"}
    other = signed_in_again(app, "alice")
    for thief in (charlie, other):
        thief.post("/account/passkeys/new", answer, expect=422)
    alice.post("/account/passkeys/new", answer)
    alice.post("/account/passkeys/new", answer, expect=422)
    alice.post("/account/passkeys/new", {"credential": Authenticator().make(question), "name": "y"}, expect=422)
    late = asked(alice)
    clock.forward(minutes=9)
    late_too = asked(alice)
    clock.forward(minutes=2)
    alice.open("/account/passkeys/new").send({"passphrase": PASSPHRASES["alice"]})
    alice.post("/account/passkeys/new", {"credential": Authenticator().make(late), "name": "y"}, expect=422)
    alice.post("/account/passkeys/new", {"credential": Authenticator().make(late_too), "name": "y"})
    assert len(rows(house, "passkey")) == 2


def test_a_passkey_of_somebody_else_is_not_added(house: House, alice: Browser, charlie: Browser) -> None:
    phone = added(alice)
    answer = {"credential": phone.make(asked(charlie)), "name": "x"}
    charlie.post("/account/passkeys/new", answer, expect=422)
    [row] = rows(house, "passkey")
    assert row["person_id"] == alice.get("/account/export").get_json()["person"]["id"]


# Coming in with one


def hostile(phone: Authenticator, **change: Any) -> Authenticator:
    return Authenticator(**(phone.__dict__ | change))


@pytest.mark.parametrize(
    "change",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://localhost.evil.example"},
        {"origin": "https://localhost"},
        {"host": "evil.example"},
        {"flags": PRESENT},
        {"flags": 0},
        {"handle": b""},
        {"handle": b"somebody else"},
        {"id": b"\x00" * 32},
        {"id": b""},
    ],
)
def test_what_does_not_fit_lets_nobody_in(app: Flask, house: House, alice: Browser, change: dict[str, Any]) -> None:
    phone = added(alice)
    sessions = rows(house, "session")
    other = newcomer(app)
    assert not comes_in(other, hostile(phone, **change).sign(challenge(other)))
    assert rows(house, "session") == sessions
    assert comes_in(newcomer(app), phone.sign(challenge(other)))


def test_signed_with_another_key_lets_nobody_in(app: Flask, alice: Browser) -> None:
    phone = added(alice)
    thief = hostile(phone, key=Authenticator().key)
    assert not comes_in(newcomer(app), thief.sign(challenge(alice)))


def test_a_challenge_is_answered_once(app: Flask, alice: Browser) -> None:
    phone = added(alice)
    question = challenge(alice)
    answer = phone.sign(question)
    assert comes_in(newcomer(app), answer)
    assert not comes_in(newcomer(app), answer)
    assert not comes_in(newcomer(app), phone.sign(question))


def test_a_challenge_is_good_for_ten_minutes_and_only_when_it_is_ours(app: Flask, clock: Clock, alice: Browser) -> None:
    phone = added(alice)
    late, question = challenge(alice), asked(alice)
    clock.forward(minutes=10, seconds=1)
    for said in (late, question, json.dumps({"challenge": text(b"x" * 56)}), json.dumps({"challenge": ""})):
        assert not comes_in(newcomer(app), phone.sign(said))
    fresh = json.loads(challenge(alice))["challenge"]
    for place in (0, 20, 40):
        forged = bytearray(raw(fresh))
        forged[place] ^= 1
        assert not comes_in(newcomer(app), phone.sign(json.dumps({"challenge": text(bytes(forged))})))


def test_a_copied_key_is_noticed_by_its_counter(app: Flask, alice: Browser) -> None:
    phone = added(alice)
    copy = hostile(phone)
    assert comes_in(newcomer(app), phone.sign(challenge(alice)))
    assert comes_in(newcomer(app), phone.sign(challenge(alice)))
    assert not comes_in(newcomer(app), copy.sign(challenge(alice)))
    assert comes_in(newcomer(app), phone.sign(challenge(alice)))


def test_an_answer_of_making_one_is_no_answer_of_coming_in(app: Flask, alice: Browser) -> None:
    phone = added(alice)
    assert not comes_in(newcomer(app), phone.sign(challenge(alice), type="webauthn.create"))


def test_what_is_asked_is_the_same_for_everyone_and_sets_no_cookie(
    app: Flask, alice: Browser, visitor: Browser
) -> None:
    def without(browser: Browser) -> dict[str, Any]:
        return {key: value for key, value in json.loads(challenge(browser)).items() if key != "challenge"}

    before = without(visitor)
    added(alice)
    assert without(visitor) == without(alice) == before
    assert before.get("allowCredentials", []) == []
    assert before["userVerification"] == "required"
    assert "Set-Cookie" not in visitor.get("/sign-in/passkey").headers


@pytest.mark.parametrize("host", ["127.0.0.1", "192.0.2.4:8000", "[::1]:8000", "andante.lan"])
def test_where_browsers_know_no_passkeys_nothing_of_them_is_offered(app: Flask, host: str) -> None:
    browser = Browser(app, "nl", origin=f"http://{host}")
    page = browser.open("/sign-in")
    assert "passkey" not in page.text
    browser.get("/sign-in/passkey", expect=404)
    browser.post("/sign-in/passkey", expect=404)


def test_without_a_script_the_button_is_not_there_and_the_page_is_whole(visitor: Browser) -> None:
    page: Page = visitor.open("/sign-in")
    [form] = [each for each in page.root.iter("form") if each.get("action") == "/sign-in/passkey"]
    assert "hidden" in form.attrib
    assert set(page.values()) == {"next", "name", "passphrase"}


SMALL = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.binary(max_size=40).map(text),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


@given(
    part=st.sampled_from(["id", "rawId", "type", "response"]),
    inside=st.sampled_from(["", "clientDataJSON", "authenticatorData", "signature", "userHandle"]),
    value=SMALL,
    whole=st.text(max_size=60) | st.just("[" * 10000) | st.just('{"rawId": "' + "A" * 20000 + '"}'),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_the_answer_is_the_same_page(
    app: Flask, house: House, alice: Browser, part: str, inside: str, value: object, whole: str
) -> None:
    phone = _PHONES.setdefault(id(house), None) or added(alice)
    _PHONES[id(house)] = phone
    browser = newcomer(app)
    answer = json.loads(phone.sign(challenge(browser)))
    where = answer["response"] if part == "response" and inside else answer
    name = inside if part == "response" and inside else part
    if where.get(name) != value:
        where[name] = value
        assert not comes_in(browser, json.dumps(answer))
    assert not comes_in(browser, whole)


_PHONES: dict[int, Any] = {}

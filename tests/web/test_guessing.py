"""Guessing is slowed; nobody is locked out by someone else, and nobody learns who has a name here."""

from __future__ import annotations

import itertools

import pytest
from argon2 import PasswordHasher
from flask import Flask

from companion.bootstrap import House
from companion.services.slow_down import FIRST_TRIES, network
from tests.build import Clock, rows
from tests.people import PASSPHRASES, newcomer
from tests.web.fetcher import Browser
from tests.web.test_join import codes_on

CODE = {"code": "AAAA-BBBB-CCCC-DDDD", "passphrase": "a new start of mine"}


def at(app: Flask, address: str) -> Browser:
    """A browser that nobody used here yet, in another network."""
    browser = newcomer(app)
    browser.client.environ_base["REMOTE_ADDR"] = address
    return browser


def tried(browser: Browser, name: str = "alice", said: str = "wrong wrong wrong") -> int:
    headers = {"Origin": browser.origin, "Accept-Language": "nl"}
    return browser.client.post("/sign-in", data={"name": name, "passphrase": said}, headers=headers).status_code


def besieged(app: Flask, clock: Clock, tries: int = 12) -> Browser:
    """Someone who tries a name from one network as often as it lets them."""
    thief = at(app, "203.0.113.9")
    for _ in range(tries):
        while tried(thief) == 429:
            clock.forward(seconds=1)
    return thief


# Nobody is locked out


def test_where_she_was_signed_in_before_nobody_can_make_her_wait(app: Flask, clock: Clock, alice: Browser) -> None:
    alice.post("/sign-out")
    thief = besieged(app, clock)
    assert tried(thief) == 429
    assert tried(alice, said=PASSPHRASES["alice"]) == 303


def test_in_the_same_network_too(app: Flask, clock: Clock, alice: Browser) -> None:
    alice.post("/sign-out")
    thief = newcomer(app)
    for n in range(30):
        tried(thief, f"name {n}")
        tried(thief)
    assert tried(newcomer(app), said=PASSPHRASES["alice"]) == 429
    assert tried(alice, said=PASSPHRASES["alice"]) == 303


def test_in_a_network_where_nothing_failed_the_first_try_never_waits(app: Flask, clock: Clock, alice: Browser) -> None:
    besieged(app, clock)
    assert tried(at(app, "198.51.100.7"), said=PASSPHRASES["alice"]) == 303


def test_a_recovery_code_goes_whatever_others_try(app: Flask, clock: Clock, visitor: Browser) -> None:
    joined = visitor.open("/join").send({"name": "alice", "passphrase": PASSPHRASES["alice"], "adult": True})
    code = codes_on(joined)[0]
    thief = besieged(app, clock)
    headers = {"Origin": thief.origin}
    answers = [thief.client.post("/recover", data={"name": "alice"} | CODE, headers=headers) for _ in range(8)]
    assert answers[-1].status_code == 429
    elsewhere = at(app, "198.51.100.7").open("/recover")
    assert elsewhere.send({"name": "alice"} | CODE | {"code": code}).address == "/account/access"


def test_every_wait_ends_within_half_a_minute(app: Flask, clock: Clock, alice: Browser) -> None:
    thief = besieged(app, clock, tries=40)
    assert tried(thief) == 429
    clock.forward(seconds=31)
    assert tried(thief, said=PASSPHRASES["alice"]) == 303


# But guessing is slow everywhere


def test_what_a_known_browser_tries_is_slowed_too(app: Flask, clock: Clock, alice: Browser) -> None:
    alice.post("/sign-out")
    assert [tried(alice) for _ in range(6)] == [422] * 5 + [429]
    assert tried(alice, said=PASSPHRASES["alice"]) == 429
    clock.forward(seconds=31)
    assert tried(alice, said=PASSPHRASES["alice"]) == 303


def test_a_browser_of_somebody_else_is_not_known(app: Flask, alice: Browser, charlie: Browser) -> None:
    charlie.post("/sign-out")
    for _ in range(5):
        tried(newcomer(app))
    assert tried(charlie, said=PASSPHRASES["alice"]) == 429


@pytest.mark.parametrize("known", ["", ".", "x.y", "x" * 5000, "é.é", "\x00"])
def test_what_a_browser_says_of_itself_counts_only_when_we_gave_it(app: Flask, alice: Browser, known: str) -> None:
    thief = newcomer(app)
    for _ in range(5):
        tried(thief)
    with thief.client.session_transaction() as session:
        session["known"] = known
    assert tried(thief, said=PASSPHRASES["alice"]) == 429


def test_first_tries_from_very_many_networks_wait_as_well(app: Flask, clock: Clock, alice: Browser) -> None:
    addresses = (f"10.{n // 250}.{n % 250}.1" for n in itertools.count())
    first = [tried(at(app, next(addresses))) for _ in range(FIRST_TRIES + 20)]
    assert first[:FIRST_TRIES] == [422] * FIRST_TRIES
    assert 429 in first[FIRST_TRIES:]


def test_many_tries_at_once_are_no_way_around(app: Flask, house: House, alice: Browser) -> None:
    """A try counts before it is known to be wrong."""
    tried(newcomer(app), said=PASSPHRASES["alice"])
    assert rows(house, "attempt") == []  # what was right is taken back


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("unix:", "unix:"),
        ("", ""),
    ],
)
def test_a_household_is_one_address(address: str, counted: str) -> None:
    assert network(address) == counted


# Nobody learns who is here


def work(monkeypatch: pytest.MonkeyPatch, browser: Browser, address: str, data: dict[str, str]) -> tuple[int, int, str]:
    """What an answer cost in argon2, its status and its page."""
    done: list[str] = []
    for name in ("hash", "verify"):
        real = getattr(PasswordHasher, name)

        def counted(self: PasswordHasher, *given: object, real: object = real, name: str = name) -> object:
            done.append(name)
            return real(self, *given)  # type: ignore[operator]

        monkeypatch.setattr(PasswordHasher, name, counted)
    headers = {"Origin": browser.origin, "Accept-Language": "nl-BE,nl"}
    answer = browser.client.post(address, data=data, headers=headers)
    monkeypatch.undo()
    return len(done), answer.status_code, answer.get_data(as_text=True).replace(f'value="{data["name"]}"', "")


@pytest.mark.parametrize(("address", "more"), [("/sign-in", {"passphrase": "wrong wrong wrong"}), ("/recover", CODE)])
def test_a_name_nobody_has_costs_the_same_work_and_gets_the_same_answer(
    app: Flask, monkeypatch: pytest.MonkeyPatch, alice: Browser, address: str, more: dict[str, str]
) -> None:
    for _ in range(7):  # also once both are slowed
        there = work(monkeypatch, at(app, "192.0.2.1"), address, {"name": "alice"} | more)
        nobody = work(monkeypatch, at(app, "192.0.2.2"), address, {"name": "niemand"} | more)
        assert there == nobody
        assert there[0] == (1 if there[1] == 422 else there[0])
    assert there[1] == 429


def test_joining_costs_the_same_whether_a_name_is_taken_or_not(
    app: Flask, monkeypatch: pytest.MonkeyPatch, alice: Browser
) -> None:
    typed = {"passphrase": "vier woorden zonder zin", "adult": "yes"}
    taken = work(monkeypatch, newcomer(app), "/join", {"name": "alice"} | typed)
    free = work(monkeypatch, newcomer(app), "/join", {"name": "nog niemand"} | typed)
    assert taken[0] == free[0] == 1


def test_looking_for_names_by_joining_is_slowed_and_joining_is_not(app: Flask, clock: Clock, alice: Browser) -> None:
    """A name can be had once: that it is taken has to be said. It is made up, and says nothing of who has it."""
    typed = {"passphrase": "vier woorden zonder zin", "adult": "yes", "name": "alice"}
    looking = newcomer(app)
    headers = {"Origin": looking.origin}
    answers = [looking.client.post("/join", data=typed, headers=headers).status_code for _ in range(12)]
    assert answers == [422] * 10 + [429] * 2
    clock.forward(seconds=31)
    newcomer(app).post("/join", typed | {"name": "een vrije naam"})
    at(app, "198.51.100.7").post("/join", typed | {"name": "nog een"})

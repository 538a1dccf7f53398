"""Joining with a made-up name, and the recovery codes."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from companion.bootstrap import House
from tests.build import Clock, kept, rows
from tests.people import PASSPHRASES, newcomer, signed_in_again
from tests.web.fetcher import Browser, Page

GOOD = {"name": "Wolk 7", "passphrase": "vier woorden zonder zin", "adult": True}


def codes_on(page: Page) -> list[str]:
    return re.findall(r"\b[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3}\b", page.text)


def test_joining_asks_a_name_a_passphrase_and_an_age_and_no_e_mail(visitor: Browser) -> None:
    page = visitor.open("/join")
    assert set(page.values()) == {"name", "passphrase"}
    assert "adult" not in page.values()
    assert not page.all("input", type="email")
    assert "Lena’s test bench" in page.text


def test_someone_joins_and_ends_at_the_question_of_consent(visitor: Browser) -> None:
    codes = visitor.open("/join").send(GOOD)
    assert codes.address == "/join/codes"
    assert len(codes_on(codes)) == len(set(codes_on(codes))) == 8
    consent = codes.send(button=visitor.say("I have kept them"))
    assert consent.address == "/consent"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x"}, "name"),
        ({"name": "x" * 41}, "name"),
        ({"name": "wolk\u200babc"}, "name"),
        ({"name": "wolk\u202eabc"}, "name"),
        ({"passphrase": ""}, "passphrase"),
        ({"passphrase": "too short"}, "passphrase"),
        ({"passphrase": "x" * 201}, "passphrase"),
        ({"passphrase": "aaaaaaaaaaaa"}, "passphrase"),
        ({"name": "vier woorden", "passphrase": "Vier  Woorden"}, "passphrase"),
        ({"adult": False}, "adult"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    house: House, visitor: Browser, change: dict[str, str | bool], field: str
) -> None:
    before = kept(house)
    typed = GOOD | change
    page = visitor.open("/join").send(typed, expect=422)
    assert page.errors(field)
    assert [each for each in ("name", "passphrase", "adult") if page.errors(each)] == [field]
    assert page.summary() == [page.errors(field)]
    values = page.values()
    assert values["name"] == [typed["name"]]
    assert values["passphrase"] == [""]
    assert ("adult" in values) == (typed["adult"] is True)
    assert kept(house) == before


def test_everything_wrong_is_said_at_once(visitor: Browser) -> None:
    page = visitor.open("/join").send({"name": "x", "passphrase": "y"}, expect=422)
    assert len(page.summary()) == 3


def test_a_passphrase_never_comes_back_in_a_page(visitor: Browser) -> None:
    page = visitor.open("/join").send(GOOD | {"adult": False}, expect=422)
    assert str(GOOD["passphrase"]) not in page.markup


@pytest.mark.parametrize("name", ["alice", "ALICE", " Alice ", "ａｌｉｃｅ"])
def test_a_name_that_looks_the_same_is_taken(house: House, alice: Browser, visitor: Browser, name: str) -> None:
    before = kept(house)
    page = visitor.open("/join").send(GOOD | {"name": name}, expect=422)
    assert page.errors("name")
    assert kept(house) == before


def test_the_passphrase_is_not_in_the_database(house: House, alice: Browser) -> None:
    [person] = rows(house, "person")
    assert person["passphrase_hash"].startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert PASSPHRASES["alice"] not in str(kept(house))


def test_codes_are_shown_until_they_are_put_away_and_never_again(house: House, visitor: Browser) -> None:
    first = codes_on(visitor.open("/join").send(GOOD))
    assert codes_on(visitor.open("/join/codes")) == first
    visitor.open("/join/codes").send()
    assert visitor.get("/join/codes", expect=303).headers["Location"] == "/today"
    assert all(code not in str(kept(house)) + str(rows(house, "session")) for code in first)


def test_another_browser_of_the_same_person_does_not_see_the_codes(app: Flask, visitor: Browser) -> None:
    visitor.open("/join").send({"name": "alice", "passphrase": PASSPHRASES["alice"], "adult": True})
    assert signed_in_again(app, "alice").get("/join/codes", expect=303).headers["Location"] == "/today"


def test_a_code_lets_someone_back_in_once_with_a_new_passphrase(app: Flask, clock: Clock, visitor: Browser) -> None:
    code = codes_on(visitor.open("/join").send(GOOD))[3]
    other = newcomer(app)
    typed = {"name": "wolk 7", "code": code.lower().replace("-", " "), "passphrase": "a wholly new start"}
    page = other.open("/recover").send(typed)
    assert page.address.startswith("/account")
    assert visitor.get("/today", expect=303).headers["Location"].startswith("/sign-in")
    third = newcomer(app)
    refused = third.open("/recover").send(typed | {"passphrase": "yet another start"}, expect=422)
    assert refused.errors("code")
    assert refused.values() == {"name": ["wolk 7"], "code": [typed["code"]], "passphrase": [""]}
    third.open("/sign-in").send({"name": "Wolk 7", "passphrase": "a wholly new start"})
    newcomer(app).open("/sign-in").send({"name": "Wolk 7", "passphrase": str(GOOD["passphrase"])}, expect=422)


def test_a_weak_new_passphrase_does_not_use_up_the_code(app: Flask, visitor: Browser) -> None:
    code = codes_on(visitor.open("/join").send(GOOD))[0]
    page = newcomer(app).open("/recover").send({"name": "Wolk 7", "code": code, "passphrase": "short"}, expect=422)
    assert page.errors("passphrase")
    page.send({"passphrase": "long enough this time"})


def test_the_code_of_someone_else_opens_nothing(app: Flask, alice: Browser, visitor: Browser) -> None:
    code = codes_on(visitor.open("/join").send(GOOD))[0]
    typed = {"name": "alice", "code": code, "passphrase": "a wholly new start"}
    assert newcomer(app).open("/recover").send(typed, expect=422).errors("code")


def test_new_codes_end_the_old_ones(app: Flask, visitor: Browser) -> None:
    old = codes_on(visitor.open("/join").send(GOOD))
    wrong = visitor.open("/account/codes").send({"passphrase": "not my passphrase"}, expect=422)
    assert wrong.errors("passphrase")
    new = codes_on(visitor.open("/account/codes").send({"passphrase": str(GOOD["passphrase"])}))
    assert len(set(new) - set(old)) == 8
    typed = {"name": "Wolk 7", "passphrase": "a wholly new start"}
    newcomer(app).open("/recover").send(typed | {"code": old[0]}, expect=422)
    newcomer(app).open("/recover").send(typed | {"code": new[0]})


def test_someone_who_has_joined_is_not_asked_to_join_again(alice: Browser) -> None:
    assert alice.get("/join", expect=303).headers["Location"] == "/today"

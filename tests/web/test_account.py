"""Me: passphrase, devices, everything as JSON, everything erased."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask

from companion.bootstrap import House
from companion.storage.tables import Base
from tests.build import Clock, kept, rows
from tests.people import PASSPHRASES, newcomer, signed_in_again
from tests.web.fetcher import Browser
from tests.web.plans import confirm, have, plan_id, typed_rows, until_goal
from tests.web.read_back import note

NEW = "a quite different passphrase"
ENTRY = {"id", "day", "recorded_at", "data", "superseded", "stored_at"}


def lived(browser: Browser, clock: Clock) -> None:
    """A bit of everything that can be kept."""
    typed_rows(browser, [({"bedtime": "7"}, "14"), ({"bedtime": "5"}, "14")], start="2026-11-21")
    confirm(browser, [1], "doctor")
    plan = plan_id(browser)
    day = browser.open("/today").values("/today/taken")["day"][0]
    browser.post("/today/taken", {"plan": plan, "moment": "bedtime", "day": day})
    note(browser.open("/today/extra"), {"mg": "1,5"})
    browser.open("/plan/supply").send({f"have-{plan}-tablet-5": "12,5"}, containing="counted_on")
    browser.open("/diary/2026-11-21").send({"up": "06:40", "note": "een rustige nacht"})
    browser.open("/symptoms/new").send({"answers[1]": "1", "new": "iets nieuws"})
    clock.forward(minutes=10)
    browser.open("/diary/2026-11-21?edit=1").send({"up": "07:00"})
    browser.open(f"/plan/{plan}/rows/2").send({"bedtime": "4"}, containing="days", button="change")
    until_goal(browser, "lormetazepam", {"made": True}, {"bedtime": "2"})


# Passphrase and devices


def test_a_new_passphrase_replaces_the_old_and_ends_other_sessions(app: Flask, alice: Browser) -> None:
    other = signed_in_again(app, "alice")
    page = alice.open("/account/passphrase").send({"old": PASSPHRASES["alice"], "passphrase": NEW})
    assert page.address == "/account/access"
    alice.open("/today")
    assert other.get("/today", expect=303).headers["Location"].startswith("/sign-in")
    newcomer(app).post("/sign-in", {"name": "alice", "passphrase": PASSPHRASES["alice"]}, expect=422)
    newcomer(app).post("/sign-in", {"name": "alice", "passphrase": NEW}, expect=303)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"old": "wrong wrong wrong", "passphrase": NEW}, "old"),
        ({"old": "", "passphrase": NEW}, "old"),
        ({"old": PASSPHRASES["alice"], "passphrase": "short"}, "passphrase"),
        ({"old": PASSPHRASES["alice"], "passphrase": "ababababababab"}, "passphrase"),
    ],
)
def test_a_passphrase_that_cannot_be_is_refused(
    house: House, alice: Browser, typed: dict[str, str], field: str
) -> None:
    before = kept(house)
    page = alice.open("/account/passphrase").send(typed, expect=422)
    assert page.errors(field)
    assert page.values()["old"] == page.values()["passphrase"] == [""]
    assert kept(house) == before


def test_signing_out_ends_this_session_only(app: Flask, alice: Browser) -> None:
    other = signed_in_again(app, "alice")
    alice.open("/account").send(action="/sign-out", button="here")
    alice.get("/today", expect=303)
    other.open("/today")


def test_signing_out_everywhere_ends_every_session_of_this_person_only(
    app: Flask, alice: Browser, bob: Browser
) -> None:
    other = signed_in_again(app, "alice")
    assert alice.open("/account").send(action="/sign-out", button="everywhere").address == "/"
    alice.get("/today", expect=303)
    other.get("/today", expect=303)
    bob.open("/today")


def test_a_cookie_from_before_signing_out_opens_nothing(app: Flask, alice: Browser) -> None:
    cookie = alice.client.get_cookie("andante")
    assert cookie is not None
    alice.post("/sign-out")
    thief = newcomer(app)
    thief.client.set_cookie("andante", cookie.value)
    assert thief.get("/today", expect=303).headers["Location"].startswith("/sign-in")


def test_a_session_that_is_not_used_ends_after_half_a_year(clock: Clock, alice: Browser) -> None:
    for _ in range(2):
        clock.forward(days=179)
        alice.open("/today")
    clock.forward(days=181)
    alice.get("/today", expect=303)


def test_the_page_names_the_devices_and_how_many_codes_are_left(app: Flask, alice: Browser) -> None:
    signed_in_again(app, "alice")
    page = alice.open("/account")
    assert "2" in page.text
    assert "8" in page.text
    assert alice.open("/account/access").text.count("sinds 21 november 2026") == 2


# Export


def test_the_export_holds_everything_in_the_shape_of_the_contract(clock: Clock, alice: Browser) -> None:
    lived(alice, clock)
    answer = alice.get("/account/export")
    assert answer.mimetype == "application/json"
    assert "attachment" in answer.headers["Content-Disposition"]
    export: dict[str, Any] = answer.get_json()
    lines = answer.get_data(as_text=True).splitlines()
    assert all(json.loads(line.rstrip(",")) for line in lines if line.startswith('{"'))
    assert {
        "format",
        "version",
        "person",
        "plans",
        "doses",
        "nights",
        "symptoms",
        "check_ins",
        "supplies",
        "reminders",
        "shares",
    } <= set(export)
    for name in ("doses", "nights", "symptoms", "check_ins"):
        assert all(set(entry) == ENTRY for entry in export[name])
    assert set(export["plans"][0]) >= ENTRY - {"stored_at"}
    assert export["person"]["name"] == "alice"
    assert len(export["person"]["consents"]) == 2
    assert sorted(each["data"]["mg"] for each in export["doses"]) == ["1.5", "7"]
    assert [each["superseded"] for each in export["nights"]] == [True, False]
    assert [each["data"]["up"] for each in export["nights"]] == ["06:40", "07:00"]
    assert {each["data"]["note"] for each in export["nights"]} == {"een rustige nacht"}
    assert export["symptoms"][0]["data"] == {
        "instrument": "bwsq",
        "answers": {"1": 1},
        "new": "iets nieuws",
        "safety": {},
    }
    assert [each["version"] for each in export["plans"][0]["versions"]] == [1, 2]
    assert export["plans"][0]["versions"][0]["confirmed_until"] == {"1": "2026-12-04"}
    assert export["plan_draft"]["data"]["medicine"] == "lormetazepam"
    [supply] = export["supplies"]
    assert supply["plan"] == export["plans"][0]["id"]
    assert (supply["form"], supply["strength"], supply["count"]) == ("tablet", "5", "12.5")
    assert supply["counted_on"] == "2026-11-21"
    assert all(entry["recorded_at"].endswith("Z") for entry in export["nights"] + export["doses"])


def test_the_export_holds_no_secret_and_nothing_of_others(clock: Clock, alice: Browser, bob: Browser) -> None:
    lived(bob, clock)
    text = alice.get("/account/export").get_data(as_text=True)
    assert "argon2" not in text
    assert "rustige nacht" not in text
    assert "bob" not in text


# Erase


def test_erasing_says_what_it_means_and_asks_twice(house: House, clock: Clock, alice: Browser) -> None:
    lived(alice, clock)
    before = kept(house)
    page = alice.open("/account/erase")
    assert "/account/export" in page.links()
    assert page.send({"passphrase": PASSPHRASES["alice"]}, expect=422).errors("sure")
    wrong = page.send({"sure": True, "passphrase": "not mine at all"}, expect=422)
    assert wrong.errors("passphrase")
    assert wrong.values()["sure"] == ["yes"]
    assert kept(house) == before


def test_erasing_leaves_no_row_of_the_person_in_any_table(
    app: Flask, house: House, clock: Clock, alice: Browser, bob: Browser
) -> None:
    bob.open("/diary/2026-11-20").send({"note": "de Bob"})
    [bob_id] = [each["id"] for each in rows(house, "person") if each["name"] == "bob"]
    lived(alice, clock)
    filled = [name for name, table in Base.metadata.tables.items() if "person_id" in table.c and rows(house, name)]
    assert {
        "entry",
        "plan",
        "plan_version",
        "confirmation",
        "plan_draft",
        "consent",
        "session",
        "recovery_code",
        "supply",
    } <= set(filled)
    page = alice.open("/account/erase").send({"sure": True, "passphrase": PASSPHRASES["alice"]})
    assert page.address == "/"
    assert page.has("Everything is erased. Take good care of yourself.")
    for name, table in Base.metadata.tables.items():
        if "person_id" in table.c:
            assert {row["person_id"] for row in rows(house, name)} <= {bob_id}, name
    assert [each["name"] for each in rows(house, "person")] == ["bob"]
    bob.open("/diary/2026-11-20")
    alice.get("/today", expect=303)
    newcomer(app).post("/sign-in", {"name": "alice", "passphrase": PASSPHRASES["alice"]}, expect=422)


def test_the_name_is_free_again_after_erasing(app: Flask, alice: Browser) -> None:
    alice.open("/account/erase").send({"sure": True, "passphrase": PASSPHRASES["alice"]})
    typed = {"name": "alice", "passphrase": NEW, "adult": "yes"}
    again = newcomer(app)
    again.post("/join", typed)
    assert again.get("/account/export").get_json()["nights"] == []


def test_two_products_of_one_medicine_are_exported_as_they_were_given(alice: Browser) -> None:
    page = until_goal(alice, "diazepam", have("diazepam", "5", "2", split="halves"), {"bedtime": "7"})
    page.send({"goal": "stabilise"})
    [plan] = alice.get("/account/export").get_json()["plans"]
    assert {each["strength"] for each in plan["data"]["products"]} == {"2", "5"}

"""Your notes, to take along: tables for a spreadsheet, and a file from here that is read again."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from companion.bootstrap import House
from companion.web.portable import LARGEST
from companion.web.spreadsheets import TABLES
from tests.build import Clock, kept
from tests.people import joined
from tests.web.fetcher import Browser, Page
from tests.web.test_account import lived

ADDRESS = "/account/data"
HOSTILE = '=HYPERLINK("https://evil.example";"klik")'


def hand_in(browser: Browser, content: bytes, expect: int = 200, **fields: str) -> Page:
    data: dict[str, Any] = {"how": "merge", **fields}
    data["file"] = FileStorage(io.BytesIO(content), "andante.json", content_type="application/json")
    headers = {"Accept-Language": browser.accepts, "Origin": browser.origin}
    answer = browser.client.post(ADDRESS, data=data, headers=headers, base_url=browser.origin)
    answer.request.input_stream.close()  # a large one is a file of the test client
    return browser.follow(answer, ADDRESS, expect)


def exported(browser: Browser) -> bytes:
    return browser.get("/account/export").data


def table(browser: Browser, kind: str) -> list[list[str]]:
    answer = browser.get(f"/account/export/{kind}.csv")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="andante-{kind}.csv"'
    text = answer.data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


# Tables


def test_every_kind_is_a_table_in_the_language_of_the_person(app: Flask, clock: Clock) -> None:
    for name in ("alice", "bob"):
        browser = joined(app, name)
        lived(browser, clock)
        browser.post("/today/check-in", {"level": "3", "words": HOSTILE})
        links = browser.open(ADDRESS).links()
        for kind in TABLES:
            assert f"/account/export/{kind}.csv" in links
            headings, *rows = table(browser, kind)
            assert rows, kind
            assert all(len(row) == len(headings) for row in rows)
        assert table(browser, "nights")[0][1] == browser.say("Into bed")
        assert sorted(row[3] for row in table(browser, "doses")[1:]) == ["1,5", "7"]
        assert table(browser, "check-ins")[1][2] == "'" + HOSTILE


def test_a_table_that_does_not_exist_is_404(alice: Browser) -> None:
    alice.get("/account/export/passphrases.csv", expect=404)


def test_only_what_stands_is_in_a_table(clock: Clock, alice: Browser) -> None:
    lived(alice, clock)
    [_, night] = table(alice, "nights")
    assert "07:00" in night
    assert "06:40" not in night


# In again


def test_a_file_is_read_again_by_who_made_it_and_by_a_new_account(
    app: Flask, house: House, clock: Clock, alice: Browser
) -> None:
    lived(alice, clock)
    content = exported(alice)
    before = kept(house)
    assert hand_in(alice, content).has("The file is read. Everything in it is here now.")
    assert kept(house) == before
    bob = joined(app, "bob")
    hand_in(bob, content)
    was, now = json.loads(content), json.loads(exported(bob))
    for section in ("plans", "nights", "doses", "symptoms", "supplies", "plan_draft"):
        assert now[section] == was[section]
    bob.open("/today")
    bob.open("/history")
    bob.open("/plan")


def test_in_place_of_everything_is_asked_twice(app: Flask, house: House, clock: Clock, alice: Browser) -> None:
    lived(alice, clock)
    content = exported(alice)
    bob = joined(app, "bob")
    bob.open("/diary/2026-11-20").send({"up": "09:09"})
    before = kept(house)
    page = hand_in(bob, content, expect=422, how="replace")
    assert page.errors("sure")
    assert page.values(containing="how")["how"] == ["replace"]
    assert kept(house) == before
    hand_in(bob, content, how="replace", sure="yes")
    assert json.loads(exported(bob))["nights"] == json.loads(content)["nights"]
    assert json.loads(exported(bob))["person"]["name"] == "bob"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe not text",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"format": "andante-export", "version": 1}',
        b"PK\x03\x04 a zip",
    ],
)
def test_a_foreign_or_damaged_file_is_refused_whole(house: House, clock: Clock, alice: Browser, content: bytes) -> None:
    lived(alice, clock)
    before = kept(house)
    for how in ("merge", "replace"):
        assert hand_in(alice, content, expect=422, how=how, sure="yes").errors("file")
    assert kept(house) == before


def test_the_place_of_the_damage_is_told(clock: Clock, alice: Browser) -> None:
    lived(alice, clock)
    document = json.loads(exported(alice))
    document["nights"][0]["data"]["up"] = "25:00"
    page = hand_in(alice, json.dumps(document).encode(), expect=422)
    assert "nights[0].data" in page.errors("file")


def test_a_file_that_is_too_large_is_said_so(house: House, alice: Browser) -> None:
    before = kept(house)
    assert hand_in(alice, b" " * (LARGEST + 1), expect=422).errors("file")
    assert kept(house) == before


def test_without_a_file_or_a_choice_nothing_happens(house: House, alice: Browser) -> None:
    before = kept(house)
    assert alice.follow(alice.post(ADDRESS, {"how": "merge"}, expect=422), ADDRESS, 422).errors("file")
    assert hand_in(alice, b"{}", expect=422, how="burn").errors("how")
    assert kept(house) == before

"""Bodies and texts made to do harm: too large, too deep, too many, or with a line that pretends to be another.

Whatever comes back is an answer, soon, with nothing kept; and what is handed out (calendar, tables, pages, files) stays
what it is, whatever stands in it. PDF: tests/web/test_report_pdf.py. Mail: tests/notify/test_mail.py.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import time
import zipfile
from typing import Final
from uuid import uuid4

import pytest
from flask import Flask
from icalendar import Calendar
from werkzeug.datastructures import FileStorage

from companion.bootstrap import House
from companion.web.assets import lock_first_here
from companion.web.spreadsheets import TABLES
from tests.build import kept
from tests.sent import post, sent
from tests.web.fetcher import Browser
from tests.web.page_checks import parse
from tests.web.test_security import every_address, rules

SOON: Final = 10.0
"""Seconds for an answer, on a slow machine."""


def zipped() -> bytes:
    """A megabyte that unpacks to a gigabyte."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("andante.json", b"0" * 50_000_000)
    return file.getvalue()


def entries_of(inner: str) -> bytes:
    return f'{{"entries": [{inner}]}}'.encode()


BOMBS: Final = {
    "lists in lists": b"[" * 400_000,
    "lists in lists, closed": b"[" * 50_000 + b"]" * 50_000,
    "objects in objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "a number of a million digits": b"1" * 1_000_000,
    "a number too large": b'{"entries": 1e999999}',
    "not a number": b'{"entries": NaN}',
    "a hundred thousand keys": json.dumps({f"k{n}": 0 for n in range(60_000)}).encode(),
    "one key, again and again": b"{" + b",".join([b'"a":1'] * 100_000) + b"}",
    "half a pair": b'"\\ud800"',
    "nothing but spaces": b" " * 900_000,
    "no text": b"\xff\xfe" + "{}".encode("utf-16-le"),
    "packed": gzip.compress(b"0" * 50_000_000),
    "an archive": zipped(),
    "an empty archive": b"PK\x05\x06" + b"\x00" * 18,
    "nothing": b"",
    "null": b"null",
}
"""What no phone and no export ever sent."""


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_sent_by_a_phone_is_refused_soon_and_leaves_nothing(house: House, alice: Browser, bomb: str) -> None:
    before, began = kept(house), time.monotonic()
    answer = post(alice, BOMBS[bomb])
    assert answer.status_code in {400, 413}
    for address in ("/push/subscriptions", "/push/test", "/push/received", "/push/later"):
        headers = {"Origin": alice.origin, "Content-Type": "application/json"}
        status = alice.client.post(address, data=BOMBS[bomb], headers=headers).status_code
        assert status in {204, 400, 409, 413, 422}, (address, status)
    assert time.monotonic() - began < SOON
    assert kept(house) == before


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_instead_of_an_export_is_refused_soon_and_leaves_nothing(
    house: House, alice: Browser, bomb: str
) -> None:
    before, began = kept(house), time.monotonic()
    for how in ("merge", "replace"):
        file = FileStorage(io.BytesIO(BOMBS[bomb]), "../../andante.json", content_type="text/html")
        data = {"how": how, "sure": "yes", "file": file}
        answer = alice.client.post("/account/data", data=data, headers={"Origin": alice.origin})
        answer.request.input_stream.close()
        assert answer.status_code == 422
    assert time.monotonic() - began < SOON
    assert kept(house) == before


@pytest.mark.parametrize(
    "inner",
    [
        json.dumps(sent("night", {"note": "x" * 900_000})),
        json.dumps(sent("night", {"sol_min": 10**400})),
        json.dumps(sent("night", {f"k{n}": n for n in range(30_000)})),
        json.dumps(sent("dose", {"plan": None, "moment": "bedtime", "mg": "9" * 500_000, "taken": True})),
        json.dumps(sent("symptoms", {"instrument": "bwsq", "answers": {str(n): 1 for n in range(30_000)}, "new": ""})),
        json.dumps(sent("night") | {"id": "x" * 500_000}),
        json.dumps(sent("night") | {"recorded_at": "9" * 100_000}),
        '{"id": ' + "[" * 900 + "]" * 900 + "}",
        '{"day": ' + '{"a":' * 300 + "1" + "}" * 300 + "}",
    ],
)
def test_an_entry_that_is_far_too_much_is_refused_alone(house: House, alice: Browser, inner: str) -> None:
    before, began = kept(house), time.monotonic()
    answer = post(alice, entries_of(inner))
    assert answer.status_code in {200, 400}
    if answer.status_code == 200:
        assert [each["status"] for each in answer.get_json()["results"]] == ["refused"]
        assert len(answer.data) < 20_000
    assert time.monotonic() - began < SOON
    assert kept(house) == before


def test_a_packed_body_is_not_unpacked(house: House, alice: Browser) -> None:
    before = kept(house)
    packed = gzip.compress(json.dumps({"entries": [sent()]}).encode())
    assert post(alice, packed, **{"Content-Encoding": "gzip"}).status_code == 400
    assert kept(house) == before


def test_every_form_has_a_limit(app: Flask, house: House, alice: Browser) -> None:
    """One mebibyte, but for a file that is read again: more is 413 where it is read, and never kept."""
    body = b"note=" + b"x" * (1024 * 1024 + 1)
    asked = 0
    for rule in rules(app, "POST"):
        for address in every_address(rule)[:1]:
            if address in {"/account/data", "/sign-out"}:
                continue
            before = kept(house)
            headers = {"Origin": alice.origin, "Content-Type": "application/x-www-form-urlencoded"}
            status = alice.client.post(address, data=body, headers=headers).status_code
            assert status in {303, 401, 404, 405, 409, 413, 415}, (address, status)
            asked += status == 413
            assert status == 413 or kept(house) == before, address
    assert asked >= 20


# What is handed out

LINES: Final = (
    "x\r\nATTENDEE:mailto:evil@example.org",
    "x\nBEGIN:VEVENT\nSUMMARY:evil\nEND:VEVENT",
    'x\\nEND:VCALENDAR\\n;,:"',
    "x\u2028BEGIN:VALARM\u2028ACTION:AUDIO",
    '=HYPERLINK("https://evil.example";"klik")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    'a";"b\r\n=1+1;"c',
    '"><svg onload=alert(1)><script>alert(1)</script>',
    "</text><script>alert(1)</script>",
    "x\r\nSet-Cookie: andante=evil",
)


@pytest.mark.parametrize("words", LINES)
def test_what_is_handed_out_stays_what_it_is(app: Flask, alice: Browser, words: str) -> None:
    typed = {"entry_id": str(uuid4()), "what": words, "day": "2026-11-26", "time": "14:00", "before": "two-hours"}
    taken = alice.client.post("/reminders/appointments/new", data=typed, headers={"Origin": alice.origin})
    assert taken.status_code in {303, 422}
    alice.client.post("/reminders/how", data={"fuller": "yes"}, headers={"Origin": alice.origin})
    alice.client.post("/today/check-in", data={"level": "3", "words": words}, headers={"Origin": alice.origin})
    alice.client.post("/diary/2026-11-20", data={"up": "06:00", "note": words}, headers={"Origin": alice.origin})
    for address in ("/reminders/calendar/file", "/account/export", "/account/export/diary.pdf"):
        answer = alice.get(address)
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="andante')
        assert "evil" not in str(answer.headers)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    _calendar(alice.get("/reminders/calendar/file").get_data(), appointments=taken.status_code == 303)
    for table in TABLES:
        _table(alice.get(f"/account/export/{table}.csv").get_data())
    for address in ("/history", "/diary", "/today", "/calendar", "/reminders"):
        root, _ = parse(alice.get(address).get_data(as_text=True).replace(lock_first_here(), "", 1))  # the one of ours
        scripts = [each for each in root.iter() if str(each.tag).split("}")[-1] == "script" and not each.get("src")]
        running = [each for each in root.iter() if any(name.startswith("on") for name in each.attrib)]
        assert scripts == running == []


def _calendar(body: bytes, *, appointments: int) -> None:
    calendar = Calendar.from_ical(body)
    assert len(calendar.walk("VEVENT")) == int(appointments)
    assert {each.name for each in calendar.walk()} <= {
        "VCALENDAR",
        "VTIMEZONE",
        "STANDARD",
        "DAYLIGHT",
        "VEVENT",
        "VALARM",
    }
    assert not [each for each in calendar.walk() if "ATTENDEE" in each]
    assert {str(each["ACTION"]) for each in calendar.walk("VALARM")} <= {"DISPLAY"}


def _table(body: bytes) -> None:
    lines = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert {len(line) for line in lines} == {len(lines[0])}
    for cell in (cell for line in lines for cell in line):
        assert not cell.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_every_answer_says_what_it_is(app: Flask, alice: Browser) -> None:
    """A type with its characters, nothing guessed from it, and nothing of which server this is."""
    for rule in rules(app, "GET"):
        for address in every_address(rule):
            answer = alice.client.get(address, headers={"Accept-Language": "nl"})
            kind = answer.headers["Content-Type"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff", address
            if kind.startswith("text/"):
                assert "charset=utf-8" in kind.lower(), (address, kind)
            assert "Server" not in answer.headers, address
            assert "Access-Control-Allow-Origin" not in answer.headers, address
            assert "X-Powered-By" not in answer.headers, address

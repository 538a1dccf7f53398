"""POST /sync: what a phone kept is stored once, judged entry by entry, and said in the person's language."""

from __future__ import annotations

import io
import json
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from companion.bootstrap import House
from tests.build import Clock, kept, rows
from tests.people import joined, newcomer
from tests.sent import DATA, NIGHT, exported, post, refusal, results, sent, statuses
from tests.web.fetcher import Browser
from tests.web.plans import confirm, plan_id, typed_rows

MOST = 1024 * 1024
"""Bytes in one request."""


def test_every_kind_is_stored_and_in_the_export(alice: Browser) -> None:
    entries = [sent(kind) for kind in DATA]
    assert statuses(alice, *entries) == ["stored"] * 4
    found = exported(alice)
    for entry in entries:
        there = found[entry["id"]]
        assert (there["day"], there["recorded_at"], there["superseded"]) == (entry["day"], entry["recorded_at"], False)
        assert there["data"] == there["data"] | entry["data"]


def test_sending_again_changes_nothing(house: House, alice: Browser) -> None:
    entries = [sent(kind) for kind in DATA]
    statuses(alice, *entries)
    before = kept(house)
    assert statuses(alice, *entries, *entries) == ["already_stored"] * 8
    other = [entry | {"data": DATA[entry["kind"]] | {"nonsense": 1}, "day": "2026-11-19"} for entry in entries]
    assert statuses(alice, *other) == ["already_stored"] * 4
    assert kept(house) == before


def test_one_id_twice_in_a_request_is_one_entry(alice: Browser) -> None:
    entry = sent()
    assert statuses(alice, entry, entry, entry | {"id": entry["id"].upper()}) == ["stored"] + ["already_stored"] * 2
    assert len(exported(alice)) == 1


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_newer_of_two_versions_is_shown_and_the_other_kept(
    alice: Browser, order: tuple[int, int], together: bool
) -> None:
    old, new = sent(data=NIGHT | {"up": "06:50"}), sent(recorded_at="2026-11-20T08:00:01.250Z")
    made = [(old, new)[place] for place in order]
    if together:
        assert sorted(statuses(alice, *made)) == ["stored", "superseded"]
    else:
        late = "superseded" if made[1] is old else "stored"
        assert [*statuses(alice, made[0]), *statuses(alice, made[1])] == ["stored", late]
    found = exported(alice)
    assert (found[old["id"]]["superseded"], found[new["id"]]["superseded"]) == (True, False)
    assert "06:40" in alice.open("/diary/2026-11-20").text


def test_the_same_moment_twice_shows_the_same_one_whatever_came_first(clock: Clock, alice: Browser) -> None:
    for day in ("2026-11-18", "2026-11-19"):
        pair = [
            sent(day=day, id=f"00000000-0000-4000-8000-{n}{day[-2:]}000000000", data=NIGHT | {"naps_min": n})
            for n in (1, 2)
        ]
        for entry in pair if day.endswith("18") else pair[::-1]:
            statuses(alice, entry)
    shown = [each for each in exported(alice).values() if not each["superseded"]]
    assert [each["data"]["naps_min"] for each in shown] == [2, 2]


def test_a_clock_that_is_ahead_does_not_win_for_ever(clock: Clock, alice: Browser) -> None:
    ahead = sent(recorded_at="2031-01-01T00:00:00Z", data=NIGHT | {"up": "06:50"})
    assert statuses(alice, ahead) == ["stored"]
    clock.forward(minutes=1)
    right = sent(recorded_at=clock().isoformat().replace("+00:00", "Z"))
    assert statuses(alice, right) == ["stored"]
    found = exported(alice)
    assert found[ahead["id"]]["superseded"]
    assert found[ahead["id"]]["recorded_at"] == "2031-01-01T00:00:00Z"
    clock.forward(minutes=1)
    alice.open("/diary/2026-11-20?edit=1").send({"up": "07:00"})
    assert "07:00" in alice.open("/diary/2026-11-20").text


def test_a_page_written_after_a_phone_that_is_a_little_ahead_is_newer(clock: Clock, alice: Browser) -> None:
    statuses(alice, sent(recorded_at="2026-11-21T21:04:00Z"))
    alice.open("/diary/2026-11-20?edit=1").send({"up": "07:00"})
    assert "07:00" in alice.open("/diary/2026-11-20").text


# Each entry on its own


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"id": "x"}, "id"),
    ({"id": None}, "id"),
    ({"id": 7}, "id"),
    ({"id": "{00000000-0000-4000-8000-000000000000}"}, "id"),
    ({"kind": "doctor_first"}, "kind"),
    ({"kind": ["night"]}, "kind"),
    ({"kind": None}, "kind"),
    ({"day": "2026-11-22"}, "day"),
    ({"day": "2026-02-30"}, "day"),
    ({"day": "20261120"}, "day"),
    ({"day": 20261120}, "day"),
    ({"day": "1899-12-31"}, "day"),
    ({"recorded_at": "2026-11-20T08:00:00"}, "recorded_at"),
    ({"recorded_at": "2026-11-20T08:00:00+01:00"}, "recorded_at"),
    ({"recorded_at": "2026-11-20T25:00:00Z"}, "recorded_at"),
    ({"recorded_at": 1795161600}, "recorded_at"),
    ({"recorded_at": True}, "recorded_at"),
    ({"recorded_at": "0001-01-01T00:00:00Z"}, "recorded_at"),
    ({"data": []}, "data"),
    ({"data": None}, "data"),
    ({"device": "phone"}, "device"),
    ({"data": NIGHT | {"in_bed": "25:00"}}, "in_bed"),
    ({"data": NIGHT | {"in_bed": "23:30"}}, "in_bed"),
    ({"data": NIGHT | {"wake_date": "2026-11-20"}}, "wake_date"),
    ({"data": NIGHT | {"sol_min": 10**400}}, "sol_min"),
    ({"data": NIGHT | {"sol_min": 12.5}}, "sol_min"),
    ({"data": NIGHT | {"note": "\ud800"}}, "note"),
    ({"data": NIGHT | {"note": "a\x00b"}}, "note"),
    ({"data": NIGHT | {"note": ["x"]}}, "note"),
    ({"data": NIGHT | {"\ud800": 1}}, "\ud800"),
    ({"kind": "dose", "data": {}}, "plan"),
    ({"kind": "dose", "data": DATA["dose"] | {"mg": 2}}, "mg"),
    ({"kind": "dose", "data": DATA["dose"] | {"mg": "2,5"}}, "mg"),
    ({"kind": "dose", "data": DATA["dose"] | {"mg": "1e3"}}, "mg"),
    ({"kind": "dose", "data": DATA["dose"] | {"mg": "0"}}, "mg"),
    ({"kind": "dose", "data": DATA["dose"] | {"mg": "-1"}}, "mg"),
    ({"kind": "dose", "data": DATA["dose"] | {"taken": 1}}, "taken"),
    ({"kind": "dose", "data": DATA["dose"] | {"taken": "yes"}}, "taken"),
    ({"kind": "dose", "data": DATA["dose"] | {"moment": "midnight"}}, "moment"),
    ({"kind": "dose", "data": DATA["dose"] | {"plan": "x"}}, "plan"),
    ({"kind": "dose", "data": DATA["dose"] | {"plan": str(uuid4())}}, "plan"),
    ({"kind": "dose", "data": DATA["dose"] | {"extra": "yes"}}, "extra"),
    ({"kind": "dose", "data": DATA["dose"] | {"taken_at": "22:50"}}, "taken_at"),
    ({"kind": "dose", "data": DATA["dose"] | {"taken_at": "2026-11-21T21:06:00Z"}}, "taken_at"),
    ({"kind": "dose", "data": DATA["dose"] | {"why": ""}}, "why"),
    ({"kind": "dose", "day": "2026-11-22"}, "day"),
    ({"kind": "symptoms", "data": {}}, "instrument"),
    ({"kind": "symptoms", "data": DATA["symptoms"] | {"answers": {"1": 3}}}, "answers[1]"),
    ({"kind": "symptoms", "data": DATA["symptoms"] | {"answers": {"1": True}}}, "answers[1]"),
    ({"kind": "symptoms", "data": DATA["symptoms"] | {"answers": {"9" * 50: 1}}}, f"answers[{'9' * 50}]"),
    ({"kind": "symptoms", "data": DATA["symptoms"] | {"instrument": "phq9"}}, "instrument"),
    ({"kind": "symptoms", "data": DATA["symptoms"] | {"total": 1}}, "total"),
    ({"kind": "check_in", "data": {}}, "level"),
    ({"kind": "check_in", "data": {"level": 6}}, "level"),
    ({"kind": "check_in", "data": {"level": True}}, "level"),
    ({"kind": "check_in", "data": {"level": 3, "words": 1}}, "words"),
    ({"kind": "check_in", "data": {"level": 3, "words": "x" * 4001}}, "words"),
    ({"kind": "check_in", "data": {"level": 3, "mood": 1}}, "mood"),
]


@pytest.mark.parametrize(("wrong", "field"), WRONG)
def test_what_is_wrong_is_refused_by_its_field_and_refuses_nothing_else(
    house: House, alice: Browser, wrong: dict[str, Any], field: str
) -> None:
    data = DATA.get(str(wrong.get("kind")), NIGHT)
    bad = sent(data=data) | wrong
    assert field in refusal(alice, bad)
    assert rows(house, "entry") == []
    first, second = sent(day="2026-11-18"), sent(day="2026-11-19")
    assert statuses(alice, first, bad, second) == ["stored", "refused", "stored"]


@pytest.mark.parametrize("value", [None, 7, "night", [], [sent()], True, 1.5])
def test_an_entry_that_is_no_object_is_refused_alone(alice: Browser, value: object) -> None:
    answer = post(alice, {"entries": [value, sent()]})
    assert [(each["id"] is None, each["status"]) for each in answer.get_json()["results"]] == [
        (True, "refused"),
        (False, "stored"),
    ]


def test_a_refused_entry_can_be_mended_under_the_same_id(alice: Browser) -> None:
    entry = sent(data=NIGHT | {"up": "soon"})
    assert statuses(alice, entry, entry | {"data": NIGHT}) == ["refused", "stored"]


def test_refusals_are_worded_in_the_language_of_the_person(alice: Browser, bob: Browser) -> None:
    for browser in (alice, bob):
        words = refusal(browser, sent("check_in", {"level": 9}))
        assert words == {"level": browser.say("Choose one of the five steps, from hard to light.")}


def test_without_consent_an_entry_is_refused_and_the_others_are_not(app: Flask) -> None:
    half = joined(app, "charlie", purposes=("diary",))
    dose, night = results(half, sent("dose"), sent("night"))
    assert (dose["status"], night["status"]) == ("refused", "stored")
    assert dose["errors"] == [{"field": "", "text": half.say("First say yes to keeping your plan and what you took.")}]
    half.post("/consent", {"purpose": []})
    assert statuses(half, *(sent(kind) for kind in DATA)) == ["refused"] * 4


def test_the_day_of_a_dose_is_that_of_the_person_and_of_a_night_that_of_the_calendar(
    clock: Clock, alice: Browser
) -> None:
    clock.set("2026-11-22 00:40")
    assert statuses(alice, sent("dose", day="2026-11-22"), sent("night", day="2026-11-22")) == ["refused", "stored"]
    assert statuses(alice, sent("dose", day="2026-11-21"), sent("night", day="2026-11-23")) == ["stored", "refused"]


def test_doses_as_the_contract_says(alice: Browser) -> None:
    typed_rows(alice, [({"bedtime": "7"}, "14")], start="2026-11-20")
    plan = plan_id(alice)
    confirm(alice)
    base = {"plan": plan.upper(), "moment": "bedtime"}
    not_taken = sent("dose", base | {"mg": "7.0", "taken": False}, day="2026-11-21")
    extras = [sent("dose", base | {"mg": "0.50", "taken": True, "extra": True}) for _ in range(2)]
    no_moment = sent("dose", {"plan": None, "moment": None, "mg": "1", "taken": True, "extra": False})
    timed = sent("dose", base | {"mg": "7", "taken": True, "taken_at": "2026-11-20T22:50:00.000Z"})
    assert statuses(alice, not_taken, *extras, no_moment, timed) == ["stored"] * 5
    found = exported(alice)
    assert found[not_taken["id"]]["data"] == {"plan": plan, "moment": "bedtime", "mg": "7", "taken": False}
    assert found[extras[0]["id"]]["data"]["mg"] == "0.5"
    assert "extra" not in found[no_moment["id"]]["data"]
    assert found[timed["id"]]["data"]["taken_at"] == "2026-11-20T22:50:00Z"
    assert alice.open("/today").text.count("7 mg") >= 1


def test_a_dose_on_a_plan_of_somebody_else_is_refused(alice: Browser, charlie: Browser) -> None:
    typed_rows(alice, [({"bedtime": "7"}, "14")], start="2026-11-20")
    entry = sent("dose", DATA["dose"] | {"plan": plan_id(alice)})
    assert "plan" in refusal(charlie, entry)
    assert statuses(alice, entry) == ["stored"]


# The request as a whole


def test_nobody_signed_in_is_401_in_json_and_keeps_nothing(house: House, visitor: Browser) -> None:
    answer = post(visitor, {"entries": [sent()]})
    assert (answer.status_code, answer.mimetype) == (401, "application/json")
    assert answer.get_json() == {"error": visitor.say("Sign in first. What you wrote is still on this phone.")}
    assert rows(house, "entry") == []


def test_from_another_site_is_403(house: House, alice: Browser) -> None:
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = post(alice, {"entries": [sent()]}, **headers)
        assert (answer.status_code, answer.mimetype) == (403, "application/json")
    assert rows(house, "entry") == []


@pytest.mark.parametrize("media", ["text/plain", "", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_another_media_type_is_415(alice: Browser, media: str) -> None:
    assert post(alice, {"entries": []}, **{"Content-Type": media}).status_code == 415


@pytest.mark.parametrize("media", ["application/json; charset=utf-8", "Application/JSON"])
def test_json_with_a_charset_is_json(alice: Browser, media: str) -> None:
    assert post(alice, {"entries": []}, **{"Content-Type": media}).get_json() == {"results": []}


NOT_READABLE: list[str | bytes] = [
    b"", b"\xff\xfe", "{", "null", "[]", "7", '"entries"', "{}", '{"entries": {}}', '{"entries": null}',
    '{"entries": [], "more": 1}', '{"entries": [], "entries": []}', '{"entries": [NaN]}', '{"entries": [Infinity]}',
    '{"entries": [' + "9" * 5000 + "]}", "[" * 100_000, '{"entries": ' + "[" * 100_000 + "]" * 100_000 + "}",
    '{"entries": []}'.encode("utf-16"), "\ufeff" + '{"entries": []}',
    '{"entries": [{"id": "a", "id": "b"}]}',
]  # fmt: skip


@pytest.mark.parametrize("body", NOT_READABLE)
def test_what_is_not_the_json_asked_for_is_400(house: House, alice: Browser, body: str | bytes) -> None:
    answer = post(alice, body)
    assert (answer.status_code, answer.mimetype) == (400, "application/json")
    assert answer.get_json()["error"]
    assert rows(house, "entry") == []


def test_five_hundred_are_taken_and_one_more_is_413(house: House, alice: Browser) -> None:
    many = [sent("dose", DATA["dose"] | {"extra": True}) for _ in range(500)]
    answer = post(alice, {"entries": [*many, sent()]})
    assert (answer.status_code, answer.mimetype) == (413, "application/json")
    assert rows(house, "entry") == []
    assert statuses(alice, *many) == ["stored"] * 500


def test_one_mebibyte_is_taken_and_one_byte_more_is_413(house: House, alice: Browser) -> None:
    body = json.dumps({"entries": [sent()]})
    most = body + " " * (MOST - len(body))
    answer = post(alice, most + " ")
    assert (answer.status_code, answer.mimetype) == (413, "application/json")
    assert rows(house, "entry") == []
    assert post(alice, most).status_code == 200


def test_a_body_without_a_length_is_measured_too(house: House, alice: Browser) -> None:
    entry = json.dumps({"entries": [sent()]}).encode()
    for body, expect in ((entry.ljust(MOST + 1), 413), (entry.ljust(MOST), 200), (entry, 200)):
        answer = alice.client.post(
            "/sync",
            input_stream=io.BytesIO(body),
            content_type="application/json",
            headers={"Origin": alice.origin, "Transfer-Encoding": "chunked"},
            environ_overrides={"wsgi.input_terminated": True},
            base_url=alice.origin,
        )
        assert answer.status_code == expect


def test_only_post_is_known(alice: Browser) -> None:
    assert alice.client.get("/sync").status_code == 405


def test_someone_erased_in_the_meantime_is_signed_out(
    app: Flask, house: House, alice: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("companion.services.record_sync.people.is_there", lambda *_: False)
    assert post(alice, {"entries": [sent()]}).status_code == 401
    assert rows(house, "entry") == []


def test_what_went_wrong_here_is_500_in_json(app: Flask, alice: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("companion.web.sync.record_sync", fall)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    answer = post(alice, {"entries": [sent()]})
    assert (answer.status_code, answer.mimetype) == (500, "application/json")


def test_words_are_sealed(house: House, alice: Browser) -> None:
    statuses(alice, sent(data=NIGHT | {"note": "Wind en regen"}), sent("check_in", {"level": 2, "words": "Zwaar"}))
    assert "Wind" not in str(rows(house, "entry"))
    assert "Zwaar" not in str(rows(house, "entry"))


def test_the_same_id_of_two_people_are_two_entries(app: Flask, alice: Browser, charlie: Browser) -> None:
    entry = sent()
    assert statuses(alice, entry) == statuses(charlie, entry) == ["stored"]
    assert newcomer(app).get("/account/export", expect=303)


def test_what_someone_else_wrote_on_this_phone_is_not_theirs(alice: Browser, bob: Browser) -> None:
    entry = sent()
    told = {each: each.client.get("/sync/key", base_url=each.origin).get_json()["person"] for each in (alice, bob)}
    assert post(alice, {"entries": [entry]}, **{"Written-By": told[bob]}).status_code == 401
    assert exported(alice) == {}
    assert post(alice, {"entries": [entry]}, **{"Written-By": told[alice]}).status_code == 200
    assert list(exported(alice)) == [entry["id"]]


def test_a_form_made_for_someone_else_changes_nothing(alice: Browser, bob: Browser) -> None:
    told = {each: each.client.get("/sync/key", base_url=each.origin).get_json()["person"] for each in (alice, bob)}
    alice.post("/diary/2026-11-20", {"note": "x", "of": told[bob]}, expect=409)
    assert exported(alice) == {}
    alice.post("/diary/2026-11-20", {"note": "x", "of": told[alice]})
    assert len(exported(alice)) == 1

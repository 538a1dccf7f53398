"""Whatever arrives at /sync: never our fault (5xx), and what is not stored leaves no trace (tests/hostile.py)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.bootstrap import House
from companion.web.app import create_app
from tests.build import Clock, open_house, rows
from tests.engines import Given
from tests.hostile import many
from tests.people import joined
from tests.sent import DATA, post, sent
from tests.web.fetcher import Browser
from tests.web.plans import confirm, plan_id, typed_rows

ODD = st.sampled_from(
    ["", " ", "0", "-1", "\x00", "\ud800", "é", "none", "yes", "2026-11-20", "22:30", "9" * 50, "%s", "%(name)s", "½"]
)
NUMBERS = st.integers(-3, 70) | st.integers() | st.just(10**400) | st.floats(allow_nan=False)
LEAVES = st.none() | st.booleans() | NUMBERS | ODD | st.text(max_size=8)
ANY = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ODD, inner, max_size=3))
PLAN_EVENT = {"kind": "stay", "on": "2026-11-21", "days": 3, "plan": "", "version": 1, "rows": [], "mg": "1"}


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory, new_database: Given) -> Iterator[tuple[House, Browser, str]]:
    """Alice with a confirmed plan."""
    with new_database() as given, open_house(tmp_path_factory.mktemp("lived-in"), Clock(), **given) as house:
        alice = joined(create_app(house), "alice")
        typed_rows(alice, [({"bedtime": "7"}, "14"), ({"bedtime": "5"}, "14")], start="2026-11-20")
        plan = plan_id(alice)
        confirm(alice)
        yield house, alice, plan


def changed(value: dict[str, Any], draw: st.DataObject) -> dict[str, Any]:
    """Some keys with something else in them, some gone, some added."""
    value = dict(value)
    for key in draw.draw(st.lists(st.sampled_from([*value, "\ud800", "x"]), max_size=3)):
        if draw.draw(st.booleans()):
            value[key] = draw.draw(ANY)
        else:
            value.pop(key, None)
    return value


def checked(house: House, browser: Browser, body: str, size: int | None) -> None:
    before = rows(house, "entry")
    answer = post(browser, body)
    assert answer.status_code < 500
    found = answer.get_json()
    if answer.status_code != 200:
        assert found["error"]
        assert rows(house, "entry") == before
        return
    assert len(found["results"]) == size
    for each in found["results"]:
        assert (each["status"] == "refused") == bool(each["errors"])
        assert all(error["text"] and isinstance(error["field"], str) for error in each["errors"])
    if all(each["status"] in {"refused", "already_stored"} for each in found["results"]):
        assert rows(house, "entry") == before


@many(0.1)
@given(st.data())
def test_almost_right_entries(lived_in: tuple[House, Browser, str], draw: st.DataObject) -> None:
    house, alice, plan = lived_in
    made = []
    for kind in draw.draw(st.lists(st.sampled_from([*DATA, "plan_event"]), min_size=1, max_size=4)):
        data = DATA.get(
            kind, PLAN_EVENT | {"plan": plan, "kind": draw.draw(st.sampled_from(["stay", "rows", "extra"]))}
        )
        made.append(changed(sent(kind, changed(data, draw)), draw))
    checked(house, alice, json.dumps({"entries": made}), len(made))


@many(0.1)
@given(ANY | st.lists(ANY, max_size=4).map(lambda entries: {"entries": entries}))
def test_any_json(lived_in: tuple[House, Browser, str], value: Any) -> None:
    house, alice, _ = lived_in
    entries = value.get("entries") if isinstance(value, dict) else None
    checked(house, alice, json.dumps(value), len(entries) if isinstance(entries, list) else None)


@many(0.1)
@given(st.binary(max_size=200))
def test_any_bytes(lived_in: tuple[House, Browser, str], body: bytes) -> None:
    house, alice, _ = lived_in
    before = rows(house, "entry")
    assert post(alice, body).status_code == 400
    assert rows(house, "entry") == before


def test_the_pages_still_open_after_all_of_that(lived_in: tuple[House, Browser, str]) -> None:
    _, alice, _ = lived_in
    alice.get("/account/export")
    for address in ("/today", "/diary", "/history", "/plan", "/plan/supply", "/plan/paper/2026-11"):
        alice.open(address)

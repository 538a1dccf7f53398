"""What a monitor may read: how the house does, and nothing about anyone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from companion import clock as clockwork
from companion.bootstrap import House
from companion.web.app import create_app
from companion.web.counters import Counters
from companion.web.metrics_text import Family, Sample, gauge, histogram, text_of
from companion.web.watch import BOUNDS, GROUPS, group_of
from tests.build import Clock, rows
from tests.people import joined, newcomer
from tests.web.fetcher import Browser

TOKEN = "a token of the monitor"
SHOWN = {"Authorization": f"Bearer {TOKEN}"}
LINE = re.compile(r'(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[^"\\]*"(,\w+="[^"\\]*")*\})? (\d+(\.\d+)?(e-?\d+)?))')


@pytest.fixture
def watched(house: House) -> Iterator[Flask]:
    """The app of a house with a monitor."""
    app = create_app(replace(house, settings=replace(house.settings, metrics_token=TOKEN)))
    yield app
    app.extensions["counters"].close()


def read(app: Flask) -> str:
    answer = app.test_client().get("/metrics", headers=SHOWN)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    return answer.get_data(as_text=True)


def number(text: str, name: str) -> float:
    [found] = [line for line in text.splitlines() if line.startswith(f"{name} ")]
    return float(found.rsplit(" ", 1)[1])


def test_there_is_no_such_page_without_a_token_in_the_settings(visitor: Browser, house: House) -> None:
    visitor.get("/metrics", expect=404)
    assert visitor.client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
    assert not (house.settings.instance / "metrics").exists()


@pytest.mark.parametrize("shown", [{}, {"Authorization": TOKEN}, {"Authorization": "Bearer é"}, {"Cookie": TOKEN}])
def test_nobody_reads_it_without_the_token(watched: Flask, shown: dict[str, str]) -> None:
    for address in ("/metrics", f"/metrics?token={TOKEN}"):
        answer = watched.test_client().get(address, headers=shown)
        assert (answer.status_code, answer.data, answer.headers["WWW-Authenticate"]) == (401, b"", "Bearer")


def test_each_line_can_be_read_and_names_nobody(watched: Flask, house: House) -> None:
    alice = joined(watched, "alice")
    alice.open("/today")
    alice.post("/diary/2026-11-20", {"up": "06:00", "note": "de winterkoning zong"})
    newcomer(watched).get("/s/abcdefghijklmnop", expect=404)
    newcomer(watched).get("/calendar.ics?token=abcdefghijklmnop", expect=404)
    text = read(watched)
    assert [line for line in text.splitlines() if not LINE.fullmatch(line)] == []
    assert 'andante_requests_total{endpoint="today.page",status="2xx"} 1\n' in text
    assert 'andante_requests_total{endpoint="shared.page",status="4xx"} 1\n' in text
    [person] = rows(house, "person")
    for each in ("alice", "winterkoning", "abcdefghijklmnop", "2026-11-20", person["id"], "/s/", "127.0.0.1", "token"):
        assert each not in text, each


def test_an_address_that_nobody_knows_is_counted_without_its_words(watched: Flask) -> None:
    newcomer(watched).get("/wp-admin/alice", expect=404)
    text = read(watched)
    assert 'andante_requests_total{endpoint="none",status="4xx"} 1\n' in text
    assert "wp-admin" not in text


def test_every_answer_falls_in_one_bucket(watched: Flask) -> None:
    for _ in range(3):
        newcomer(watched).get("/today", expect=303)
    text = read(watched)
    assert 'andante_request_seconds_bucket{group="today",le="+Inf"} 3\n' in text
    assert 'andante_request_seconds_count{group="today"} 3\n' in text
    for group in GROUPS:
        found = re.findall(rf'_bucket{{group="{group}",le="[^"]+"}} (\d+)', text)
        assert len(found) == len(BOUNDS) + 1
        assert found == sorted(found, key=int)


def test_every_endpoint_has_a_group(app: Flask) -> None:
    groups = {group_of(rule.endpoint) for rule in app.url_map.iter_rules()}
    assert groups == set(GROUPS)


def test_it_says_when_a_clock_went_round_and_what_is_late(
    watched: Flask, house: House, clock: Clock, alice: Browser
) -> None:
    assert "andante_clock_round_timestamp_seconds" not in read(watched)
    alice.post("/reminders/switch", {"name": "diary", "do": "on"})
    clockwork.round_now(house)
    text = read(watched)
    assert number(text, "andante_clock_round_timestamp_seconds") == clock().timestamp()
    assert number(text, "andante_reminders_late") == 0
    clock.forward(days=1)
    assert number(read(watched), "andante_reminders_late") == sum(
        each["next_due"] is not None and each["next_due"] < clock() - timedelta(minutes=1)
        for each in rows(house, "reminder")
    )
    assert number(read(watched), "andante_database_bytes") > 10_000
    assert number(read(watched), "andante_web_memory_bytes") > 1_000_000


def test_a_database_that_is_away_is_told_and_the_rest_too(watched: Flask, house: House) -> None:
    newcomer(watched).get("/help")
    path = house.settings.instance / "companion.db"
    house.store.engine.dispose()
    path.rename(path.with_suffix(".away"))
    path.mkdir()
    text = read(watched)
    assert number(text, "andante_database_up") == 0
    assert 'andante_requests_total{endpoint="help_now.page",status="2xx"} 1\n' in text
    assert "andante_messages" not in text
    path.rmdir()
    path.with_suffix(".away").rename(path)


def test_processes_are_added_up_and_what_one_counted_stays_when_it_ends(tmp_path: object) -> None:
    folder, names = tmp_path / "metrics", ["a", "b"]  # type: ignore[operator]
    one, two = Counters(folder, names), Counters(folder, names)
    one.add(("a", 1), ("b", 0.5))
    two.add(("a", 2))
    assert one.all() == two.all() == {"a": 3.0, "b": 0.5}
    assert len(two.processes()) == 2
    one.close()
    assert two.all() == {"a": 3.0, "b": 0.5}
    assert len(two.processes()) == 1
    three = Counters(folder, names)
    two.close()
    four = Counters(folder, names)
    four.add(("b", 1))
    assert three.all() == four.all() == {"a": 3.0, "b": 1.5}
    assert len(list(folder.glob("*.counts"))) == 3
    other = Counters(folder, ["c"])
    other.add(("c", 7))
    assert other.all() == {"c": 7.0}
    for each in (three, four, other):
        each.close()
    last = Counters(folder, ["c"])
    assert last.all() == {"c": 7.0}
    assert len(list(folder.glob("*.counts"))) == 2
    last.close()


def test_the_format_as_its_manual_shows_it() -> None:
    asked = Family("requests_total", "counter", 'What was "asked".\nHere.', (Sample(3, (("path", 'a"\\\nb'),)),))
    took = histogram("seconds", "Time.", "room", (0.1, 1), {"all": ([2, 1, 1], 3.5)})
    assert text_of([asked, gauge("nothing", "Not known.", None), gauge("one", "One.", 1), took]) == (
        '# HELP requests_total What was "asked".\\nHere.\n'
        "# TYPE requests_total counter\n"
        'requests_total{path="a\\"\\\\\\nb"} 3\n'
        "# HELP one One.\n"
        "# TYPE one gauge\n"
        "one 1\n"
        "# HELP seconds Time.\n"
        "# TYPE seconds histogram\n"
        'seconds_bucket{room="all",le="0.1"} 2\n'
        'seconds_bucket{room="all",le="1"} 3\n'
        'seconds_bucket{room="all",le="+Inf"} 4\n'
        'seconds_sum{room="all"} 3.5\n'
        'seconds_count{room="all"} 4\n'
    )

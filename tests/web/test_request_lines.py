"""One line a request: the name of its endpoint, never its address; and what gunicorn says, without what it quotes."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from companion import logs
from tests.logs import Reader
from tests.web.fetcher import Browser


@contextmanager
def written(name: str) -> Iterator[io.StringIO]:
    """Everything of the house as it is written in this format."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(logs.formatter(name))
    logger = logging.getLogger("companion")
    logger.addHandler(handler)
    try:
        yield out
    finally:
        logger.removeHandler(handler)


def record(said: str, *given: object, error: BaseException | None = None, name: str = "gunicorn.error") -> Any:
    where = (type(error), error, error.__traceback__) if error else None
    return logging.makeLogRecord(
        {"name": name, "levelno": 40, "levelname": "ERROR", "msg": said, "args": given, "exc_info": where}
    )


def test_a_request_is_one_object_without_an_address(visitor: Browser) -> None:
    with written("json") as out:
        visitor.get("/help?from=alice")
        visitor.get("/s/abcdefghijklmnop", expect=404)
        visitor.get("/nobody/knows/this", expect=404)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    lines = [line for line in lines if line["logger"] == logs.REQUESTS]
    assert [(each["method"], each["endpoint"], each["status"]) for each in lines] == [
        ("GET", "help_now.page", 200),
        ("GET", "shared.page", 404),
        ("GET", "none", 404),
    ]
    assert all(each["ms"] >= 0 and each["at"].endswith("Z") and each["level"] == "info" for each in lines)
    assert len({each["request"] for each in lines}) == 3
    allowed = {"at", "level", "logger", "message", "request", "endpoint", "method", "status", "ms"}
    assert {key for each in lines for key in each} == allowed
    for secret in ("alice", "abcdefghijklmnop", "/s/", "127.0.0.1", "knows"):
        assert secret not in out.getvalue(), secret


def test_no_line_of_a_night_that_was_written_holds_anything_of_it(alice: Browser) -> None:
    reader = Reader()
    with written("json") as out:
        alice.open("/diary/2026-11-20").send({"note": "een zin die nergens anders staat"})
        alice.post("/sign-out")
        alice.post("/sign-in", {"name": "alice", "passphrase": "seven quiet yellow boats"})
    reader.secrets.add("een zin die nergens anders staat")
    reader.lines.update(out.getvalue().splitlines())
    assert len(reader.lines) >= 4
    assert reader.found() == []


def test_the_proxy_may_name_a_request_and_nobody_may_write_in_the_log(visitor: Browser) -> None:
    named = "0123456789abcdef" * 2
    with written("json") as out:
        for given in (named, named.upper(), "alice", 'x", "level": "none'):
            visitor.client.get("/help", headers={"X-Request-Id": given})
        visitor.client.open("/help", method="ALICE")
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [each["request"] == named for each in lines] == [True, False, False, False, False]
    assert lines[-1]["method"] == "OTHER"
    assert "alice" not in out.getvalue().lower()


def test_an_error_carries_the_name_of_its_request_and_no_words(
    visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = " ".join(("a", "line", "of", "theirs"))

    def breaks() -> None:
        raise ValueError(words)

    monkeypatch.setitem(visitor.app.view_functions, "help_now.page", breaks)
    monkeypatch.setitem(visitor.app.config, "PROPAGATE_EXCEPTIONS", False)
    with written("json") as out:
        visitor.get("/help", expect=500)
    error, line = [json.loads(each) for each in out.getvalue().splitlines()]
    assert (error["level"], line["status"]) == ("error", 500)
    assert error["request"] == line["request"]
    assert words not in out.getvalue()


@pytest.mark.parametrize("name", logs.FORMATS)
def test_what_gunicorn_quotes_of_a_request_is_left_out(name: str) -> None:
    address = "GET /s/" + "abcdefghijklmnop"
    try:
        raise ValueError(address)
    except ValueError as caught:
        error = caught
    lines = [
        logs.formatter(name).format(each)
        for each in (
            record("Invalid request from ip=10.1.2.3: Invalid HTTP request line: 'GET /s/abcdefghijklmnop'"),
            record("Error handling request %s %s", "GET", "/s/abcdefghijklmnop", error=error),
            record("Socket error processing request.", error=error),
        )
    ]
    for line in lines:
        assert "abcdefghijklmnop" not in line
        assert "10.1.2.3" not in line
    assert "Invalid request" in lines[0]
    assert "ValueError" in lines[1]
    assert "test_request_lines" in lines[2]


@pytest.mark.parametrize("name", logs.FORMATS)
def test_a_worker_that_cannot_begin_says_why(name: str) -> None:
    line = logs.formatter(name).format(record("Exception in worker process", error=ValueError("DATA_KEY is not it")))
    assert "ValueError: DATA_KEY is not it" in line


def test_json_is_one_line_whatever_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    text = logs.formatter("json").format(record('two\nlines and "quotes" %s', "é"))
    assert text.count("\n") == 0
    assert json.loads(text)["message"] == 'two\nlines and "quotes" é'


def test_beginning_twice_is_once_and_plain_has_no_line_a_request(
    visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stderr", out)
    root, kept = logging.getLogger(), logging.getLogger("companion").level
    try:
        for name in ("plain", "plain", "json", "json"):
            logs.begin(name)
            visitor.get("/help")
        assert len([each for each in root.handlers if isinstance(each, logs.Handler)]) == 1
        assert [json.loads(line)["endpoint"] for line in out.getvalue().splitlines()] == ["help_now.page"] * 2
    finally:
        for each in [each for each in root.handlers if isinstance(each, logs.Handler)]:
            root.removeHandler(each)
        logging.getLogger("companion").setLevel(kept)
        logging.getLogger(logs.REQUESTS).setLevel(logging.NOTSET)

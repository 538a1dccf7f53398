"""The real `companion web`: what it says on standard error, and how it stops."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from companion.bootstrap import House
from tests.e2e.server import ports

PROGRAM = Path(sys.executable).with_name("companion")
PATIENCE = 60
"""Seconds until a test gives up; nothing waits that long."""


@contextmanager
def web(house: House, **more: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """One worker on a port of its own, which answers when the block begins."""
    port = next(ports)
    given = {
        "INSTANCE": str(house.settings.instance),
        "DATA_KEY": house.settings.data_key,
        "SECRET_KEY": house.settings.secret_key,
        "DATABASE_URL": house.settings.database_url,
        "PORT": str(port),
        "WEB_CONCURRENCY": "1",
        "LOG_FORMAT": "json",
    }
    environment = {name: value for name, value in os.environ.items() if name not in {"BASE_URL", "BIND"}}
    process = subprocess.Popen(
        [PROGRAM, "web"], env=environment | given | more, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        ask(port, b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        yield process, port
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def connected(port: int) -> socket.socket:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), PATIENCE)
        except ConnectionRefusedError:
            assert time.monotonic() < end, "nothing listens"
            time.sleep(0.05)


def ask(port: int, request: bytes) -> bytes:
    with closing(connected(port)) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def until_said(process: subprocess.Popen[str], what: str) -> None:
    assert process.stderr
    for line in process.stderr:
        if what in line:
            return
    raise AssertionError(f"it ended without saying {what}")


def test_told_to_stop_it_finishes_what_runs(house: House) -> None:
    """The request runs, because it is being read, when the server is told to stop; the rest comes afterwards."""
    body = b"language=fr&next=/help"
    head = (
        f"POST /language HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nExpect: 100-continue\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    with web(house) as (process, port), closing(connected(port)) as slow:
        slow.sendall(head)
        assert slow.recv(1024).startswith(b"HTTP/1.1 100 Continue")
        process.send_signal(signal.SIGTERM)
        until_said(process, "Handling signal: term")
        assert process.poll() is None
        slow.sendall(body)
        answer = b"".join(iter(lambda: slow.recv(65536), b""))
        assert answer.startswith(b"HTTP/1.1 303")
        assert b"Location: /help" in answer
        assert process.wait(PATIENCE) == 0


def test_every_line_of_it_is_json_and_quotes_no_request(house: House) -> None:
    with web(house) as (process, port):
        close = b"Host: localhost\r\nConnection: close\r\n\r\n"
        assert b" 404 " in ask(port, b"GET /s/abcdefghijklmnop?pin=1234 HTTP/1.1\r\n" + close)
        assert b" 400 " in ask(port, b"GET /s/abcdefghijklmnop HTTP/9.9\r\n" + close)
        assert b" 400 " in ask(port, b"GET /s/abcdefghijklmnop and more HTTP/1.1\r\n" + close)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=PATIENCE)
    lines = [json.loads(line) for line in said.splitlines()]
    assert [each["status"] for each in lines if each.get("endpoint") == "shared.page"] == [404]
    assert [each for each in lines if each["message"] == "Invalid request"]
    assert {"gunicorn.error", "companion.requests"} <= {each["logger"] for each in lines}
    for secret in ("abcdefghijklmnop", "1234", "pin"):
        assert secret not in said, secret
    assert not [line for line in lines if "127.0.0.1" in line["message"] and "Listening" not in line["message"]]


@pytest.mark.parametrize(("name", "value"), [("LOG_FORMAT", "xml"), ("METRICS_TOKEN", "short"), ("PORT", "x")])
def test_a_setting_that_cannot_be_used_is_named(house: House, name: str, value: str) -> None:
    environment = os.environ | {"INSTANCE": str(house.settings.instance), name: value}
    ran = subprocess.run([PROGRAM, "web"], env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert ran.stderr.startswith(name)
    assert ran.stderr.count("\n") == 1


def test_two_workers_are_counted_together(house: House) -> None:
    token = "a token of the monitor"
    with web(house, WEB_CONCURRENCY="2", METRICS_TOKEN=token) as (_, port):
        close = b"Host: localhost\r\nConnection: close\r\n\r\n"
        for _ in range(20):
            ask(port, b"GET /help HTTP/1.1\r\n" + close)
        shown = f"Authorization: Bearer {token}\r\n".encode()
        text = ask(port, b"GET /metrics HTTP/1.1\r\n" + shown + close).decode()
    assert 'andante_requests_total{endpoint="help_now.page",status="2xx"} 20' in text
    assert "andante_web_processes " in text

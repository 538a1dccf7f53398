"""The real server is killed with SIGKILL while phones send: what was answered `stored` is there, once.

Nothing waits for a while and hopes: the server is killed when so many entries were answered, and phones send on until
every entry they made was answered.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.engines import SQLITE, Databases
from tests.house.reading import ROOT
from tests.sent import DATA, NIGHT, sent

PHONES = 4
PARTS = 300
"""Requests each phone sends, one entry in each."""

KILLS = (300, 800)
"""The server is killed when so many entries were answered."""

PATIENCE = 150
"""Seconds until something that does not come is given up; a busy machine takes a while to start three processes."""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Server:
    """`companion serve` on one instance folder: gunicorn with its workers, and the clock beside it."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.port = free_port()
        self._environment = {key: value for key, value in os.environ.items() if not key.startswith("COV")} | {
            "INSTANCE": str(folder),
            "PORT": str(self.port),
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": database_url,
        }
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Ready when gunicorn says that it listens: connections wait from then on."""
        command = [sys.executable, "-c", "from companion.cli import main; main(['serve'])"]
        self._process = subprocess.Popen(
            command, env=self._environment, stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        assert self._process.stderr
        said = []
        for line in self._process.stderr:
            said.append(line)
            if "Listening at" in line:
                self._reader = Thread(target=self._process.stderr.read)  # nobody waits on a full pipe
                self._reader.start()
                return
        raise AssertionError("".join(said))

    def kill(self) -> None:
        """Every process of it at once, without a word."""
        if self._process:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._reader.join()
            if self._process.stderr:
                self._process.stderr.close()
            self._process = None


@contextmanager
def server(folder: Path, database_url: str = "") -> Iterator[Server]:
    made = Server(folder, database_url)
    made.start()
    try:
        yield made
    finally:
        made.kill()


class Person:
    """Somebody signed in on several phones: one cookie."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.cookie = ""

    def ask(self, method: str, path: str, body: str = "", media: str = "application/json") -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        headers = {"Origin": f"http://127.0.0.1:{self._port}", "Content-Type": media, "Cookie": self.cookie}
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            found = answer.read()
        finally:
            connection.close()
        if path != "/sync" and answer.getheader("Set-Cookie"):
            self.cookie = str(answer.getheader("Set-Cookie")).split(";")[0]
        return answer.status, found

    def join(self) -> None:
        for path, fields in (
            ("/join", {"name": "alice", "passphrase": "seven quiet yellow boats", "adult": "yes"}),
            ("/join/codes", {}),
            ("/consent", {"purpose": ["plan", "diary"]}),
        ):
            form = urlencode(fields, doseq=True)
            status, _ = self.ask("POST", path, form, "application/x-www-form-urlencoded")
            assert status == 303, path


class Sending:
    """Phones that send until everything was answered, and count what was."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.answered: dict[str, str] = {}
        self.made: dict[str, dict[str, Any]] = {}
        self.wrong: list[object] = []
        self._lock = Lock()
        self.up = Event()
        self.over = Event()
        self._reached = {count: Event() for count in (*KILLS, PHONES * PARTS)}

    @contextmanager
    def all_phones(self) -> Iterator[None]:
        """They send until the block ends, however it ends: none goes on under the next test."""
        phones = [Thread(target=self.run, args=(phone,)) for phone in range(PHONES)]
        for phone in phones:
            phone.start()
        try:
            yield
        finally:
            self.over.set()
            self.up.set()
            for phone in phones:
                phone.join(PATIENCE)

    def wait_until(self, count: int) -> None:
        assert self._reached[count].wait(PATIENCE), f"{len(self.answered)} answered, {self.wrong}"

    def run(self, phone: int) -> None:
        for part in range(PARTS):
            entry = made(phone, part)
            with self._lock:
                self.made[entry["id"]] = entry
            while not self.over.is_set() and not self._send([entry]):
                self.over.wait(0.05)
                self.up.wait(PATIENCE)
            if self.over.is_set():
                return

    def _send(self, entries: list[dict[str, Any]]) -> bool:
        try:
            status, body = self.person.ask("POST", "/sync", json.dumps({"entries": entries}))
        except (OSError, HTTPException):
            return False
        if status != 200:
            self.wrong.append((status, body))
            return True
        with self._lock:
            for result in json.loads(body)["results"]:
                self.answered.setdefault(result["id"], result["status"])
            for count, event in self._reached.items():
                if len(self.answered) >= count:
                    event.set()
        return True


def made(phone: int, part: int) -> dict[str, Any]:
    """In turn a night of its own, an extra dose, and a night that all phones write."""
    day = (date(2015, 1, 1) + timedelta(days=phone * PARTS + part)).isoformat()
    if part % 3 == 0:
        return sent(day=day, data=NIGHT | {"note": f"{phone} {part}"})
    if part % 3 == 1:
        return sent("dose", DATA["dose"] | {"extra": True}, day=day)
    return sent(day="2025-01-01", data=NIGHT | {"naps_min": part}, recorded_at=shared(phone, part))


def shared(phone: int, part: int) -> str:
    """When the night that all phones write was written on this one."""
    return f"2025-01-01T00:00:{phone:02}.{part:03}000Z"


@pytest.fixture
def database_url(engine: str, request: pytest.FixtureRequest) -> str:
    """Where the server keeps everything; "" is SQLite in its instance folder."""
    if engine == SQLITE:
        return ""
    databases: Databases = request.getfixturevalue("databases")
    return databases.server.url(databases.server.database())


def test_what_was_answered_stored_survives_sigkill_exactly_once(tmp_path: Path, database_url: str) -> None:
    with server(tmp_path, database_url) as serving:
        person = Person(serving.port)
        person.join()
        sending = Sending(person)
        with sending.all_phones():
            for count in KILLS:
                sending.wait_until(count)
                sending.up.clear()
                serving.kill()
                serving.start()
                answered = dict(sending.answered)
                assert set(answered) <= set(exported(person)), "what was answered is gone"
                sending.up.set()
            sending.wait_until(PHONES * PARTS)
        assert sending.wrong == []
        assert set(sending.answered) == set(sending.made)
        found = exported(person)
        assert set(found) == set(sending.made)
        assert {each["data"]["note"] for each in found.values() if each["data"].get("note")} == {
            f"{phone} {part}" for phone in range(PHONES) for part in range(0, PARTS, 3)
        }
        shown = [each for each in found.values() if each["day"] == "2025-01-01" and not each["superseded"]]
        assert [each["recorded_at"] for each in shown] == [shared(PHONES - 1, max(range(2, PARTS, 3)))]


def exported(person: Person) -> Mapping[str, Any]:
    """Every entry in the export by its id; none is there twice."""
    status, body = person.ask("GET", "/account/export")
    assert status == 200
    export = json.loads(body)
    found = [*export["nights"], *export["doses"]]
    assert len({each["id"] for each in found}) == len(found)
    return {each["id"]: each for each in found}

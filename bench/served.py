"""The app of someone with a month behind them, and a bare page with one query, each on the web server of production.

Processor time of the worker is counted, so that whatever else the machine does changes little; the two take turns. The
bare page reads twenty rows in one query and shows them with Jinja: what is left when everything of ours is taken away.
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from flask import Flask

from bench.ten_years import NAME, NOW, PASSPHRASE, fill
from companion.bootstrap import build, migrate
from companion.settings import Settings
from companion.web.app import create_app
from companion.web.counters import resident
from companion.web.offline import version

NIGHTS = 30
TURNS, EACH = 5, 40
TICK = os.sysconf("SC_CLK_TCK")
AS_BROWSER = {
    "Accept-Encoding": "gzip, deflate, br",
    "Accept-Language": "nl",
    "Connection": "keep-alive",
    "Kept-Version": version(),
}
"""Of a phone that was here before: its worker has our files."""


@dataclass(frozen=True)
class Measured:
    """Requests for each second of the worker's processor time, and its resident bytes afterwards."""

    speed: float
    memory: int


@lru_cache
def measured() -> tuple[Measured, Measured]:
    """Ours and the bare one."""
    with TemporaryDirectory() as folder, ExitStack() as ends:
        month(Path(folder))
        ours = ends.enter_context(served("bench.served:ours()", Path(folder)))
        bare = ends.enter_context(served("bench.bare_page:bare()", Path(folder)))
        sign_in(ours)
        addresses = {ours: "/today", bare: "/"}
        for one, address in addresses.items():
            one.ask(address, EACH)
        spent = dict.fromkeys(addresses, 0.0)
        for _ in range(TURNS):
            for one, address in addresses.items():
                before = one.busy()
                one.ask(address, EACH)
                spent[one] += one.busy() - before
        return tuple(Measured(TURNS * EACH / spent[one], resident(one.worker)) for one in (ours, bare))  # type: ignore[return-value]


def month(folder: Path) -> None:
    """A database of someone with a month behind them."""
    house = build(_settings(folder), lambda: NOW)
    migrate(house)
    fill(house, NIGHTS)
    house.store.engine.dispose()


def _settings(folder: Path) -> Settings:
    return Settings(instance=folder, database_url=f"sqlite:///{folder / 'companion.db'}", host_name="bench")


class Served:
    """A server with one worker, and a browser that keeps its connection and its cookie."""

    def __init__(self, master: int, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = dict(AS_BROWSER) | {"Host": "localhost"}
        self.worker = int(Path(f"/proc/{master}/task/{master}/children").read_text().split()[0])

    def busy(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.worker}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def ask(self, address: str, times: int) -> None:
        for _ in range(times):
            self.connection.request("GET", address, headers=self.headers)
            answer = self.connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise SystemExit(f"{address} answered {answer.status}")

    def text(self, address: str) -> str:
        """What stands at an address, not compressed."""
        self.connection.request("GET", address, headers=self.headers | {"Accept-Encoding": "identity"})
        return self.connection.getresponse().read().decode()

    def post(self, address: str, form: Mapping[str, str]) -> http.client.HTTPResponse:
        more = {"Origin": "http://localhost", "Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request("POST", address, urlencode(form), self.headers | more)
        answer = self.connection.getresponse()
        answer.read()
        return answer


def sign_in(ours: Served) -> None:
    answer = ours.post("/sign-in", {"name": NAME, "passphrase": PASSPHRASE})
    ours.headers["Cookie"] = (answer.getheader("Set-Cookie") or "").partition(";")[0]


@contextmanager
def served(app: str, folder: Path) -> Iterator[Served]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "2"]
    words += ["--keep-alive", "75", "--no-control-socket"]
    program = [sys.executable, "-m", "gunicorn", *words, "--log-level", "error", app]
    process = subprocess.Popen(program, env=os.environ | {"BENCH_FOLDER": str(folder)})  # noqa: S603  # our own words
    try:
        _until_open(port)
        yield Served(process.pid, port)
    finally:
        process.terminate()
        process.wait()


def _until_open(port: int) -> None:
    """The worker answers."""
    for _ in range(600):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", "/static/none", headers={"Host": "localhost"})
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise SystemExit("the server of the benchmark does not begin")


def ours() -> Flask:
    """For gunicorn."""
    return create_app(build(_settings(Path(os.environ["BENCH_FOLDER"])), lambda: NOW))

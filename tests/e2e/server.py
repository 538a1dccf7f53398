"""The real site for a browser: a migrated SQLite database, a server in a thread, and a clock that tests set."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from unittest.mock import patch
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment
from zoneinfo import ZoneInfo

from werkzeug.serving import WSGIRequestHandler, make_server

from companion.bootstrap import House, build, migrate
from companion.domain.person import DEFAULTS
from companion.services.demo import make_demo
from companion.settings import Settings
from companion.web.app import create_app

BRUSSELS = ZoneInfo("Europe/Brussels")
EVENING = datetime(2026, 11, 21, 21, 0, tzinfo=UTC)
"""Saturday 21 November 2026, 22:00 in Brussels: where every test begins."""


class Clock:
    """The time of the house: stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = EVENING

    def __call__(self) -> datetime:
        return self.now

    def brussels(self, wall: str) -> None:
        """Set the clock to a wall time in Brussels, such as "2026-11-22 00:40"."""
        self.now = datetime.fromisoformat(wall).replace(tzinfo=BRUSSELS).astimezone(UTC)

    def reset(self) -> None:
        self.now = EVENING


class RealClock(Clock):
    """The time of the machine, for what phones do: the clock of a browser cannot be set for its service worker."""

    @property  # type: ignore[override]
    def now(self) -> datetime:
        return datetime.now(UTC).replace(microsecond=0)

    @now.setter
    def now(self, value: datetime) -> None:
        """It goes by itself."""


class Quiet(WSGIRequestHandler):
    """Keep-alive, and no line on standard error for each request."""

    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        open_connections.setdefault(self.server.server_port, []).append(self.connection)  # type: ignore[attr-defined]

    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing."""


def free_ports() -> Iterator[int]:
    """Ports of this worker, below those that the system hands out: while a server is away nobody else gets its port."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    for port in count(16000 + 500 * worker):
        with socket.socket() as probe:
            taken = probe.connect_ex(("127.0.0.1", port)) == 0
        if not taken:
            yield port


ports = free_ports()
open_connections: dict[int, list[socket.socket]] = {}
"""Every connection a server took, by its port: cut when it goes away."""


def closing(app: WSGIApplication) -> WSGIApplication:
    """`app` whose answers are closed however they end: the server forgets to when a phone hangs up halfway."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
        parts = app(environ, start_response)

        def sent() -> Iterator[bytes]:
            try:
                yield from parts
            finally:
                parts.close()  # type: ignore[attr-defined]

        return sent()

    return answer


class Server:
    """An address that a browser can open, the house behind it and its clock."""

    def __init__(self, house: House, clock: Clock, zone: ZoneInfo = BRUSSELS) -> None:
        self.house = house
        self.clock = clock
        self.zone = zone
        self.port = next(ports)
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Answer on a port of its own; after `stop`, on the same one."""
        site = closing(create_app(self.house).wsgi_app)
        self._http = make_server("127.0.0.1", self.port, site, threaded=True, request_handler=Quiet)
        self._http.daemon_threads = True  # type: ignore[attr-defined]  # an idle connection does not hold up the end
        self.port = self._http.server_port
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Gone, as for a phone without network: nothing listens, and open connections are cut."""
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()
        for connection in open_connections.pop(self.port, []):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    @contextmanager
    def away(self) -> Iterator[None]:
        self.stop()
        try:
            yield
        finally:
            self.start()


def afternoon(now: datetime) -> ZoneInfo:
    """Where it is between two and three in the afternoon."""
    return ZoneInfo(f"Etc/GMT{now.hour - 14:+}")


@contextmanager
def serving(
    folder: Path, *, demo: bool = False, by_day: bool = False, push_hosts: tuple[str, ...] = ()
) -> Iterator[Server]:
    """A server on a free port over a new database in `folder`, with the demo people when asked. `by_day`: the house has
    the time of the machine and goes on with it, as a phone with a service worker does, and people live where it is
    afternoon, so that last night is over and no part of the day ends meanwhile, at whatever hour a test runs."""
    clock = RealClock() if by_day else Clock()
    zone = afternoon(clock.now) if by_day else BRUSSELS
    settings = Settings(
        instance=folder,
        database_url=f"sqlite:///{folder / 'companion.db'}",
        host_name="Huis van de Voorbeelden vzw",
        host_contact="hallo@example.org",
        push_hosts=push_hosts,
    )
    house = build(settings, clock)
    migrate(house)
    if demo:
        with patch.dict(DEFAULTS, zone=zone.key):
            make_demo(house.store, 0, 0, force=False, now=clock.now)
    server = Server(house, clock, zone)
    try:
        yield server
    finally:
        server.stop()
        house.store.engine.dispose()

"""A PostgreSQL of the tests' own: Debian's server on a socket in a folder of its own, gone when they end.

Its durability is on, as at home with people. Its words are sorted as in Dutch (ICU), so that nothing leans on the order
of bytes.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Thread

import psycopg

DEBIAN = Path("/usr/lib/postgresql")
OWNER = "postgres"


def programs() -> Path:
    """The folder with `initdb` and `postgres`: the newest of Debian's, else the one on the path."""
    found = [each.parent for each in DEBIAN.glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda folder: int(folder.parent.name))
    on_path = shutil.which("initdb")
    assert on_path, "Install Debian's postgresql package first: apt-get install postgresql"
    return Path(on_path).parent


class Cluster:
    """A running server in a folder, and a new database for whoever asks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = count(1)
        self._who = {"user": OWNER, "group": OWNER, "extra_groups": []} if os.getuid() == 0 else {}
        if self._who:
            shutil.chown(folder, OWNER, OWNER)
        words = ["--username", OWNER, "--auth", "trust", "--encoding", "UTF8", "--no-instructions"]
        sorting = ["--locale", "C.UTF-8", "--locale-provider", "icu", "--icu-locale", "nl-BE"]
        self._run("initdb", "--pgdata", str(folder / "data"), *words, *sorting)
        self.start()

    def _run(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [programs() / program, *words], capture_output=True, text=True, cwd=self.folder, **self._who, check=False
        )
        assert done.returncode == 0, done.stderr

    def start(self) -> None:
        """Ready when the server says that it takes connections."""
        settings = ("listen_addresses=", f"unix_socket_directories={self.folder}", "lc_messages=C")
        words = [word for each in settings for word in ("-c", each)]
        self._server = subprocess.Popen(
            [programs() / "postgres", "-D", self.folder / "data", *words],
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.folder,
            **self._who,
        )
        assert self._server.stderr
        said = []
        for line in self._server.stderr:
            said.append(line)
            if "ready to accept connections" in line:
                self._reader = Thread(target=self._server.stderr.read)  # nobody waits on a full pipe
                self._reader.start()
                return
        raise AssertionError("".join(said))

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """SIGQUIT: at once, without a checkpoint, as in a power cut. SIGINT: connections are ended first."""
        self._server.send_signal(how)
        self._server.wait()
        self._reader.join()
        if self._server.stderr:
            self._server.stderr.close()

    def database(self, template: str = "template1") -> str:
        """The name of a new database, made as a copy."""
        name = f"test_{next(self._numbers)}"
        with psycopg.connect(host=str(self.folder), user=OWNER, dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")  # type: ignore[call-overload]
        return name

    def url(self, database: str) -> str:
        """Its address for DATABASE_URL."""
        return f"postgresql+psycopg://{OWNER}@/{database}?host={self.folder}"


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A server until the block ends.

    Its folder has a short name, because that of a socket must fit in 107 characters, where its owner can reach it.
    """
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        made = Cluster(Path(folder))
        try:
            yield made
        finally:
            made.stop()

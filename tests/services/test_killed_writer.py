"""Processes that write are killed with SIGKILL at random moments: of all writes that were acknowledged, each
is there once, its words can be read, and the database is whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import text

from companion.bootstrap import House
from companion.domain.entry import Kind
from companion.services.join import Joined, Joining, join
from companion.storage import entries
from tests.build import Clock
from tests.engines import SQLITE
from tests.house.reading import ROOT

ALL = int(os.environ.get("KILLED_WRITES", "300"))
"""`KILLED_WRITES=10000` for the long run: each waits for the disk."""

WRITER = """
import os, sys
from datetime import UTC, date, datetime
from uuid import uuid4
from companion.bootstrap import build
from companion.domain.entry import Entry, Kind
from companion.settings import read_settings
from companion.storage import entries
store = build(read_settings(os.environ)).store
person = sys.argv[1]
out = os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
while True:
    name, now = str(uuid4()), datetime.now(UTC)
    with store.write(person) as unit:
        data = {"level": 3, "words": "woorden " + name}
        entries.add(unit, person, [Entry(name, Kind.CHECK_IN, date(2026, 5, 5), now, data)], now)
    os.write(out, (name + "\\n").encode())
"""
"""What is in the file was acknowledged: it is written after the commit."""


def acknowledged(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def test_nothing_acknowledged_is_lost(house: House, clock: Clock, tmp_path: Path, engine: str) -> None:
    joined = join(house.store, Joining("Ann", "a long passphrase", True, "nl"), clock())
    assert isinstance(joined, Joined)
    person, said = joined.person.id, tmp_path / "said"
    with house.store.engine.begin() as connection:
        connection.execute(text("DELETE FROM person_key"))  # the first words make the key, whoever is killed then
    environment = {key: value for key, value in os.environ.items() if not key.startswith("COV")} | {
        "INSTANCE": str(house.settings.instance),
        "DATA_KEY": house.settings.data_key,
        "SECRET_KEY": house.settings.secret_key,
        "DATABASE_URL": house.settings.database_url,
        "PYTHONPATH": str(ROOT),
    }
    chance, kills, before = random.Random(9), 0, 0  # noqa: S311  # moments to kill at
    give_up = time.monotonic() + max(400, ALL / 4)
    while len(acknowledged(said)) < ALL:
        writers = [subprocess.Popen([sys.executable, "-c", WRITER, person, str(said)], env=environment) for _ in "ab"]
        until = before + chance.randint(1, ALL // 3)
        try:
            while len(acknowledged(said)) < until:
                assert time.monotonic() < give_up, f"{len(acknowledged(said))} writes"
                time.sleep(0.05 + chance.random() / 5)
        finally:
            for each in writers:
                each.send_signal(signal.SIGKILL)
            for each in writers:
                each.wait()
        kills += 1
        before = len(acknowledged(said))
    wanted = set(acknowledged(said))
    with house.store.read() as unit:
        found = entries.everything(unit, person, Kind.CHECK_IN)
    assert kills > 1
    assert len({each.id for each in found}) == len(found)
    assert wanted <= {each.id for each in found}
    assert len(found) - len(wanted) <= 2 * kills  # committed, and killed before it was said
    assert all(each.data["words"] == f"woorden {each.id}" for each in found)
    if engine == SQLITE:
        with house.store.engine.connect() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"

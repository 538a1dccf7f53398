"""Entries a second that a phone hands over after days without network, five hundred at once, each checked, its words
sealed and answered after the commit; against as many rows in one transaction of SQLite and nothing else."""

from __future__ import annotations

import json
import random
import sqlite3
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import UUID

from bench.measure import Line
from bench.ten_years import NOW, ORIGIN, ten_years

AT_ONCE = 500
TURNS = 4


def bench() -> Line:
    ours, bare = [], []
    seed = random.Random("sync")  # noqa: S311  # made-up data
    with ten_years(30) as someone, TemporaryDirectory() as folder:
        database = sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)
        for said in ("journal_mode=WAL", "synchronous=FULL"):
            database.execute(f"PRAGMA {said}")
        database.execute("CREATE TABLE entry (person TEXT, id TEXT, day TEXT, data TEXT, PRIMARY KEY (person, id))")
        for turn in range(TURNS):
            given = [_entry(turn * AT_ONCE + number, seed) for number in range(AT_ONCE)]
            body = json.dumps({"entries": given})
            began = perf_counter()
            headers = {"Origin": ORIGIN}
            answer = someone.client.post(
                "/sync", data=body, content_type="application/json", base_url=ORIGIN, headers=headers
            )
            ours.append(perf_counter() - began)
            if {each["status"] for each in answer.get_json()["results"]} != {"stored"}:
                raise SystemExit("an entry of the benchmark was not stored")
            began = perf_counter()
            database.execute("BEGIN IMMEDIATE")
            rows = [("one", each["id"], each["day"], json.dumps(each["data"])) for each in given]
            database.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", rows)
            database.execute("COMMIT")
            bare.append(perf_counter() - began)
        database.close()
    return Line("sync_entries", AT_ONCE / min(ours), "/s", AT_ONCE / min(bare))


def _entry(number: int, seed: random.Random) -> dict[str, object]:
    at = NOW - timedelta(days=60 + number)
    return {
        "id": str(UUID(int=seed.getrandbits(128), version=4)),
        "kind": "check_in",
        "day": at.date().isoformat(),
        "recorded_at": at.isoformat().replace("+00:00", "Z"),
        "data": {"level": seed.randint(1, 5), "words": "Made up: a day like any other."},
    }

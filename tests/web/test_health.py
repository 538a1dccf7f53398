"""Whether the house stands, whether requests may come, and when the last backup was made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flask import Flask
from sqlalchemy import text

from companion.bootstrap import House
from companion.services.scheduled_backup import back_up_when_due
from companion.storage.migrate import newest
from tests.build import Clock
from tests.people import newcomer
from tests.web.fetcher import Browser


def with_backups(house: House, folder: Path) -> House:
    return replace(house, settings=replace(house.settings, backup_dir=folder))


def test_it_says_when_the_last_backup_was_made_where_there_are_any(
    visitor: Browser, app: Flask, house: House, clock: Clock, tmp_path: Path
) -> None:
    assert "backup" not in visitor.get("/healthz").get_json()
    app.extensions["house"] = with_backups(house, tmp_path / "backups")
    assert visitor.get("/healthz").get_json()["backup"] is None
    assert back_up_when_due(house.store, tmp_path / "backups", clock())
    clock.forward(hours=3)
    assert visitor.get("/healthz").get_json()["backup"] == "2026-11-21T21:00:00Z"


def test_a_house_with_the_newest_schema_is_ready(visitor: Browser) -> None:
    assert visitor.get("/readyz").get_json() == {"status": "ready"}
    assert len(newest()) == 1


def test_an_older_schema_is_not_ready_and_says_what_to_do(visitor: Browser, house: House) -> None:
    with house.store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    answer = visitor.get("/readyz", expect=503)
    assert "companion migrate" in answer.get_json()["status"]
    assert visitor.get("/healthz").get_json()["status"] == "ok"


def test_a_database_that_is_away_is_not_ready(app: Flask, house: House) -> None:
    path = house.settings.instance / "companion.db"
    house.store.engine.dispose()
    path.rename(path.with_suffix(".away"))
    path.mkdir()
    assert newcomer(app).get("/readyz", expect=503).get_json() == {"status": "the database does not answer"}
    path.rmdir()
    path.with_suffix(".away").rename(path)


def test_asking_leaves_no_cookie(alice: Browser) -> None:
    for address in ("/healthz", "/readyz"):
        assert "Set-Cookie" not in alice.get(address).headers

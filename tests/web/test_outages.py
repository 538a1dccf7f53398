"""The disk is full, the database locked, read-only or away: one calm sentence, nothing lost, a cause in the log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text

from companion.bootstrap import House
from tests.build import rows
from tests.engines import POSTGRESQL, SQLITE
from tests.people import newcomer
from tests.web.fetcher import Browser, Page

CALM = {"nl": "Het is niet jouw schuld", "fr": "Vous n’y êtes pour rien"}
WORDS = "wat ik vannacht dacht"


@contextmanager
def connections(house: House, *said: str) -> Iterator[None]:
    """Every connection of the house begins with these; on PostgreSQL every transaction only reads."""

    def settle(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for each in said:
            cursor.execute(each)
        cursor.close()

    def read_only(connection: Any) -> None:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")

    house.store.engine.dispose()
    happens = ("begin", read_only) if house.store.engine.dialect.name == POSTGRESQL and said else ("connect", settle)
    event.listen(house.store.engine, *happens)
    try:
        yield
    finally:
        event.remove(house.store.engine, *happens)
        house.store.engine.dispose()


def night(browser: Browser, day: str, note: str = WORDS, expect: int = 303) -> Page:
    page = browser.open(f"/diary/{day}")
    return page.send({"note": note, "up": "07:00"}, expect=expect)


def nights(house: House) -> int:
    return len(rows(house, "entry"))


def test_a_full_disk_loses_nothing_that_was_acknowledged(
    house: House, alice: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    kept: list[str] = []
    with house.store.engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
    with connections(house, f"PRAGMA max_page_count={pages + 4}"):
        for number in range(1, 29):
            page = alice.open(f"/diary/2026-10-{number:02}")
            note = f"{WORDS} {number} " + "z" * 3000
            answer, _address = page.send_only({"note": note, "up": "07:00"})
            if answer.status_code != 303:
                break
            kept.append(note)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]
        assert kept
    said = answer.get_data(as_text=True)
    assert WORDS in said  # what was typed is in the page, to be sent again
    assert "full" in caplog.text
    assert WORDS not in caplog.text
    for number, note in enumerate(kept, 1):
        assert note in alice.open(f"/diary/2026-10-{number:02}").text
    assert nights(house) == len(kept)


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_read_only_database_says_one_sentence_and_can_be_tried_again(
    app: Flask, house: House, caplog: pytest.LogCaptureFixture, language: str, engine: str,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    browser: Browser = request.getfixturevalue("alice" if language == "nl" else "bob")
    with connections(house, "PRAGMA query_only=ON"):
        page = night(browser, "2026-11-20", expect=503)
        assert CALM[language] in page.text
        assert page.values(containing="note")["note"] == [WORDS]
        assert nights(house) == 0
    assert "read" in caplog.text.lower()
    page.send(containing="note")
    assert WORDS in browser.open("/diary/2026-11-20").text
    assert nights(house) == 1


def test_a_locked_database_says_one_sentence(
    house: House, alice: Browser, caplog: pytest.LogCaptureFixture, engine: str
) -> None:
    quick = ("PRAGMA busy_timeout=100",) if engine == SQLITE else ()
    hold = "BEGIN IMMEDIATE" if engine == SQLITE else "SELECT pg_advisory_lock(1634624372, 1)"
    with connections(house, *quick):
        page = alice.open("/diary/2026-11-20")
        other = house.store.engine.raw_connection()
        try:
            other.cursor().execute(hold)
            answer = page.send({"note": WORDS, "up": "07:00"}, expect=503)
        finally:
            other.rollback()
            other.invalidate()
        assert answer.values(containing="note")["note"] == [WORDS]
    assert "lock" in caplog.text
    answer.send(containing="note")
    assert nights(house) == 1


def test_a_database_that_is_away_is_told_in_both_languages_with_the_numbers_to_call(
    app: Flask, house: House, alice: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    page = alice.open("/diary/2026-11-20")
    house.store.engine.dispose()
    folder = house.settings.instance
    away = folder.rename(folder.with_name("away"))
    try:
        answer, _ = page.send_only({"note": WORDS, "up": "07:00"})
        said = answer.get_data(as_text=True)
        assert answer.status_code == 503
        for words in ("Probeer het straks opnieuw", "Réessayez", "0800 32 123", WORDS):
            assert words in said
        assert newcomer(app).client.get("/healthz").status_code == 503
    finally:
        away.rename(folder)
    assert "unable to open" in caplog.text
    page.send({"note": WORDS, "up": "07:00"})
    assert nights(house) == 1


def test_what_is_secret_is_not_sent_back(house: House, visitor: Browser) -> None:
    page = visitor.open("/join")
    said = "PRAGMA query_only=ON"
    with connections(house, said):
        answer, _ = page.send_only({"name": "Dora", "passphrase": "a passphrase of hers", "adult": True})
    assert answer.status_code == 503
    assert "a passphrase of hers" not in answer.get_data(as_text=True)


def test_a_fault_of_ours_is_logged_without_the_address_or_what_it_says(
    app: Flask, house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError(f"what an error says may quote {WORDS}")

    monkeypatch.setattr("companion.web.shared.look_share", fails, raising=False)
    monkeypatch.setattr("companion.storage.shares.by_digest", fails)
    token = "a-token-that-nobody-may-read-in-a-log-" + "0123456789"
    answer = newcomer(app).client.get(f"/s/{token}")
    assert answer.status_code == 500
    assert "RuntimeError" in caplog.text
    assert token not in caplog.text
    assert WORDS not in caplog.text

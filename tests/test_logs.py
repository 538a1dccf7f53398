"""Reading the logs finds what must not be there: else finding nothing would say nothing."""

from __future__ import annotations

import logging

import pytest

from companion.bootstrap import House
from tests.logs import Reader, reading
from tests.people import PASSPHRASES
from tests.web.fetcher import Browser

log = logging.getLogger("companion.tests")
NOTE = "een zin die nergens anders staat"


def told(reader: Reader, said: str, *, cause: Exception | None = None) -> list[str]:
    """What is found of a line, logged on a logger that the whole run does not read."""
    record = log.makeRecord(log.name, logging.ERROR, "x", 1, said, (), (type(cause), cause, None) if cause else None)
    reader.emit(record)
    return reader.found()


def test_a_note_a_name_a_passphrase_and_an_address_are_found(house: House, alice: Browser) -> None:
    with reading() as reader:
        alice.open("/diary/2026-11-20").send({"note": NOTE})
        token = str(alice.client.get_cookie("andante"))
        assert reader.found() == []
    assert any(NOTE in each for each in reader.secrets)
    assert len(token) > 20
    for said in (f"kept {NOTE}", "Alice came", PASSPHRASES["bob"], "GET /s/abcdefghijklmnop", "/mail/out?token=abc"):
        fresh = Reader()
        fresh.secrets |= reader.secrets
        assert told(fresh, said), said
    fresh = Reader()
    fresh.secrets |= reader.secrets
    assert told(fresh, "a fault", cause=ValueError(NOTE))


def test_session_tokens_are_remembered(house: House, visitor: Browser) -> None:
    with reading() as reader:
        visitor.post("/sign-in", {"name": "nobody", "passphrase": "x"}, expect=422)
        before = len(reader.secrets)
        page = visitor.open("/join").send({"name": "Dora", "passphrase": "a passphrase of hers", "adult": True})
        assert page
    assert len(reader.secrets) > before


@pytest.mark.parametrize("said", ["clock started", "POST diary.keep: OperationalError", "3 keys of the house"])
def test_what_says_nothing_of_anybody_is_fine(said: str) -> None:
    assert told(Reader(), said) == []


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("GET learn.article 200", False),
        ("GET nowhere.learn.article 200", True),
        ("GET learn.article 200 learn.article", True),
        ("GET /learn.article 200", True),
    ],
)
def test_a_request_is_read_unless_it_only_names_a_page_of_ours(said: str, *, found: bool) -> None:
    """Somebody may have written the name of a page; that is no leak, and anything around it may be one."""
    reader = Reader()
    reader.never("learn.article")
    reader.emit(logging.LogRecord("companion.requests", logging.INFO, "x", 1, said, (), None))
    assert bool(reader.found()) is found

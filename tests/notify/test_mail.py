"""Mail leaves discreetly, with a way out, quickly or not at all; nothing can be slipped into its headers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.notify import mail as mails
from companion.notify.mail import (
    Mail,
    MailServer,
    code_mail,
    read_mail_server,
    reminder_mail,
    send_mail,
    send_mail_aside,
)
from companion.notify.mail_address import read_address
from companion.notify.parcel import Failed, Gone, Handed, Wait
from tests.smtp_server import Mailbox, mail_server

NOW = datetime(2026, 11, 21, 21, 0, tzinfo=UTC)
OUT = "https://andante.example/mail/out/abc"


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as box:
        yield box


def server_of(box: Mailbox) -> MailServer:
    server = read_mail_server(box.url)
    assert server is not None
    return server


def letter(language: str = "fr") -> Mail:
    link = "https://andante.example/today"
    return reminder_mail("alice@example.org", "Andante", "Un moment pour vous", link, OUT, language)


def test_a_letter_arrives_with_a_way_out(box: Mailbox) -> None:
    assert send_mail(server_of(box), letter(), NOW) == Handed()
    [got] = box.letters
    assert (got.sender, got.to) == ("andante@example.org", ["alice@example.org"])
    assert got.message["Subject"] == "Andante"
    assert got.message["List-Unsubscribe"] == f"<{OUT}>"
    assert got.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert got.message["Auto-Submitted"] == "auto-generated"
    assert "Un moment pour vous" in got.text
    assert "https://andante.example/today" in got.text
    assert OUT in got.text


def test_the_code_is_in_the_text_and_not_in_the_subject(box: Mailbox) -> None:
    send_mail(server_of(box), code_mail("alice@example.org", "12345678", "nl", "Andante"), NOW)
    [got] = box.letters
    assert "1234 5678" in got.text
    assert got.message["Subject"] == "Andante"
    assert got.message["List-Unsubscribe"] is None


@pytest.mark.parametrize("field", ["to", "subject", "out", "language"])
@pytest.mark.parametrize(
    "nasty", ["x\r\nBcc: evil@example.org", "x\nBcc: evil@example.org", "x\r\n\r\nother body", "x\rBcc: e"]
)
def test_nothing_is_slipped_into_a_header(box: Mailbox, field: str, nasty: str) -> None:
    assert isinstance(send_mail(server_of(box), replace(letter(), **{field: nasty}), NOW), Failed)
    assert box.letters == []


def test_words_of_a_person_stay_in_the_text(box: Mailbox) -> None:
    nasty = "hallo\r\n.\r\nMAIL FROM:<evil@example.org>\r\n"
    assert send_mail(server_of(box), replace(letter(), text=nasty), NOW) == Handed()
    [got] = box.letters
    assert got.to == ["alice@example.org"]
    assert "MAIL FROM" in got.text


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"RCPT": "550 nobody here"}, Gone()),
        ({"RCPT": "450 later"}, Wait(None, "450")),
        ({"RCPT": "554 no"}, Failed("554")),
        ({"MAIL": "421 busy"}, Wait(None, "421")),
        ({"MAIL": "550 not from you"}, Failed("550")),
        ({"DATA": "452 full"}, Wait(None, "452")),
        ({"DATA": "554 refused"}, Failed("554")),
    ],
)
def test_what_the_server_says_is_an_outcome(box: Mailbox, answers: dict[str, str], outcome: object) -> None:
    box.answers = answers
    assert send_mail(server_of(box), letter(), NOW) == outcome


def test_nobody_listens() -> None:
    server = MailServer("127.0.0.1", 1, "none", "", "", "andante@example.org")
    assert send_mail(server, letter(), NOW) == Wait(None, "connection")


def test_without_the_encryption_that_was_asked_nothing_leaves(box: Mailbox) -> None:
    assert isinstance(send_mail(replace(server_of(box), tls="starttls"), letter(), NOW), Failed)
    assert box.letters == []


def test_silence_ends_and_holds_up_nothing_else(box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mails, "TIMEOUT", 0.5)
    box.answers = {"MAIL": ""}

    async def both() -> tuple[object, float]:
        begun = time.monotonic()
        sending = asyncio.ensure_future(send_mail_aside(server_of(box), letter(), NOW))
        await asyncio.sleep(0.01)
        beside = time.monotonic() - begun
        return await sending, beside

    outcome, beside = asyncio.run(both())
    assert isinstance(outcome, Wait)
    assert beside < 0.4


# Settings


def test_the_address_of_the_server_is_read() -> None:
    assert read_mail_server("") is None
    full = read_mail_server("smtp://us%40er:p%3Ass@mail.example.org:2525?from=a@example.org")
    assert full == MailServer("mail.example.org", 2525, "starttls", "us@er", "p:ss", "a@example.org")
    assert read_mail_server("smtps://mail.example.org", "https://andante.example") == MailServer(
        "mail.example.org", 465, "tls", "", "", "reminders@andante.example"
    )


@pytest.mark.parametrize("url", ["http://mail.example.org", "smtp://", "smtp://host?tls=maybe", "smtp://host", "mail"])
def test_any_other_setting_says_what_is_wrong(url: str) -> None:
    with pytest.raises(ValueError, match="SMTP_URL"):
        read_mail_server(url)


# Addresses


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (" alice@example.org ", "alice@example.org"),
        ("a.b+c@Sub.Example.ORG", "a.b+c@sub.example.org"),
        ("o'neil@example.org", "o'neil@example.org"),
        ("a@bücher.example", "a@xn--bcher-kva.example"),
    ],
)
def test_an_address(typed: str, read: str) -> None:
    assert read_address(typed) == read


NONE = ["", "alice", "@example.org", "a@", "a@localhost", "a@1.2.3.4", "a b@example.org", "a@b@example.org"]
NONE += ["a@example.org,b@example.org", "a@example.org\r\nBcc: x@example.org", "<a@example.org>", "a..b@example.org"]
NONE += [
    "a" * 65 + "@example.org",
    "a@" + "b" * 64 + ".org",
    "é@example.org",
    '"a b"@example.org',
    "a@-x.org",
    "a@x..org",
]


@pytest.mark.parametrize("typed", NONE)
def test_what_is_no_address(typed: str) -> None:
    assert read_address(typed) is None


@given(st.text(max_size=60) | st.from_regex(r"[^@\s]{1,20}@[^@]{1,30}"))
def test_whatever_is_read_as_an_address_is_one_line_of_plain_letters(typed: str) -> None:
    read = read_address(typed)
    if read is not None:
        assert read.isascii()
        assert read.isprintable()
        assert read.count("@") == 1
        assert not set(read) & set(' ,;<>"()[]:\\')

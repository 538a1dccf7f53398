"""Mail as a person meets it: asked only where the site sends mail, shown to be theirs with a code, one tap out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask

from companion.bootstrap import House
from companion.domain.reminder.message import Message
from companion.services.mail_address import mail_of
from companion.settings import BadSetting
from companion.web.app import create_app
from tests.build import Clock, open_house, rows
from tests.confirmed import person_named
from tests.people import joined, newcomer
from tests.smtp_server import Mailbox, mail_server
from tests.web.fetcher import Browser, Page

ADDRESS = "alice@example.org"


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as box:
        yield box


@pytest.fixture
def posting(box: Mailbox, tmp_path: Path, clock: Clock, empty_database: Path) -> Iterator[House]:
    with open_house(
        tmp_path / "posting", clock, empty_database, smtp_url=box.url, base_url="http://localhost"
    ) as house:
        yield house


@pytest.fixture
def site(posting: House) -> Flask:
    return create_app(posting)


@pytest.fixture
def reader(site: Flask) -> Browser:
    return joined(site, "alice")


def asked(browser: Browser, address: str = ADDRESS, expect: int = 200) -> Page:
    return browser.open("/reminders/mail").send({"address": address}, containing="address", expect=expect)


def code_in(box: Mailbox) -> str:
    found = re.search(r"(\d{4}) (\d{4})", box.letters[-1].text)
    assert found
    return found[1] + found[2]


def typed(page: Page, code: str, expect: int = 200) -> Page:
    return page.send({"code": code}, containing="code", expect=expect)


def wrong(code: str, n: int = 1) -> str:
    return f"{(int(code) + n) % 10**8:08}"


def test_without_a_mail_server_nobody_is_asked(alice: Browser) -> None:
    alice.get("/reminders/mail", expect=404)
    alice.post("/reminders/mail", {"address": ADDRESS}, expect=404)
    assert "/reminders/mail" not in alice.open("/reminders").links()


@pytest.mark.parametrize("wrong", [{"smtp_url": "http://x", "base_url": "http://localhost"}, {"smtp_url": "smtp://x"}])
def test_a_setting_that_cannot_work_stops_the_start(
    tmp_path: Path, clock: Clock, empty_database: Path, wrong: dict[str, str]
) -> None:
    with pytest.raises(BadSetting, match="SMTP_URL"), open_house(tmp_path / "no", clock, empty_database, **wrong):
        pass


def test_the_code_that_was_sent_makes_it_theirs(posting: House, box: Mailbox, reader: Browser) -> None:
    page = asked(reader)
    [row] = rows(posting, "mail_address")
    assert row["verified_at"] is None
    code = code_in(box)
    assert ADDRESS not in str(row)
    assert code not in str(row)
    page = typed(page, f" {code[:4]} {code[4:]} ")
    assert ADDRESS in page.text
    [row] = rows(posting, "mail_address")
    assert row["verified_at"] is not None
    assert row["code_digest"] == ""
    assert rows(posting, "reminder_choice")[0]["by_mail"] is True
    assert ADDRESS in reader.open("/reminders").text
    assert ADDRESS in reader.open("/account").text


def test_what_is_no_address_is_refused_beside_the_field(posting: House, box: Mailbox, reader: Browser) -> None:
    page = asked(reader, "alice@example.org\r\nBcc: x@example.org", expect=422)
    assert page.errors("address")
    assert rows(posting, "mail_address") == []
    assert box.letters == []


def test_five_tries(posting: House, box: Mailbox, reader: Browser) -> None:
    page = asked(reader)
    code = code_in(box)
    for n in range(1, 6):
        page = typed(page, wrong(code, n), expect=422)
        assert page.errors("code") == reader.say("This is not the code we sent. Look at the newest message.")
    page = typed(page, code, expect=422)
    assert page.errors("code") == reader.say("This code does not work any more. Ask for a new one.")
    assert rows(posting, "mail_address")[0]["verified_at"] is None


def test_ten_minutes(box: Mailbox, reader: Browser, clock: Clock) -> None:
    page = asked(reader)
    clock.forward(minutes=10)
    assert typed(page, code_in(box), expect=422).errors("code")


def test_a_new_code_ends_the_old_one_and_not_too_often(box: Mailbox, reader: Browser, clock: Clock) -> None:
    asked(reader)
    first = code_in(box)
    assert asked(reader, expect=422).errors("address")
    assert len(box.letters) == 1
    clock.forward(minutes=2)
    page = asked(reader)
    typed(page, first, expect=422)
    typed(page, code_in(box))
    for _ in range(5):
        reader.open("/reminders/mail")
        clock.forward(minutes=2)
        reader.client.post("/reminders/mail", data={"address": ADDRESS}, headers={"Origin": reader.origin})
    assert len(box.letters) == 5


def test_when_mail_cannot_be_sent_nothing_is_kept(posting: House, box: Mailbox, reader: Browser) -> None:
    box.answers = {"DATA": "452 full"}
    assert asked(reader, expect=422).errors("address")
    assert rows(posting, "mail_address") == []


def test_a_change_that_cannot_be_sent_leaves_the_earlier_address(
    posting: House, box: Mailbox, reader: Browser, clock: Clock
) -> None:
    typed(asked(reader), code_in(box))
    box.answers = {"RCPT": "550 nobody"}
    clock.forward(minutes=2)
    reader.client.post("/reminders/mail", data={"address": "b@example.org"}, headers={"Origin": reader.origin})
    assert ADDRESS in reader.open("/reminders/mail").text


def way_out(posting: House) -> str:
    person = person_named(posting, "alice")
    message = Message("Andante", "Even voor jezelf", "/today", "nl")
    with posting.store.read() as unit:
        mail = mail_of(unit, person, message, "http://localhost")
    assert mail is not None
    assert mail.to == ADDRESS
    assert "http://localhost/today" in mail.text
    return urlsplit(mail.out).path


def test_one_tap_out_without_signing_in(posting: House, box: Mailbox, site: Flask, reader: Browser) -> None:
    typed(asked(reader), code_in(box))
    out = way_out(posting)
    assert out.rpartition("/")[2] not in str(rows(posting, "mail_address"))
    somebody = newcomer(site)
    page = somebody.open(out)
    assert len(rows(posting, "mail_address")) == 1  # a program that only opens links ends nothing
    page = page.send()
    assert page.has(
        "Done: no more reminders by mail, and the address is forgotten. Reminders on your phone stay as they are."
    )
    assert rows(posting, "mail_address") == []
    assert rows(posting, "reminder_choice")[0]["by_mail"] is False
    person = person_named(posting, "alice")
    with posting.store.read() as unit:
        assert mail_of(unit, person, Message("A", "b", "/today", "nl"), "http://localhost") is None


def test_any_other_token_does_nothing_and_is_not_told_apart(
    posting: House, box: Mailbox, site: Flask, reader: Browser
) -> None:
    typed(asked(reader), code_in(box))
    for token in ("", "x", "0" * 64):
        page = newcomer(site).open(f"/mail/out/{token}" if token else "/mail/out").send()
        assert page.status == 200
    assert len(rows(posting, "mail_address")) == 1


def test_a_mail_program_ends_it_with_one_click(posting: House, box: Mailbox, site: Flask, reader: Browser) -> None:
    """RFC 8058: posted from anywhere, without a cookie; the same answer for a token that was never given out."""
    typed(asked(reader), code_in(box))
    program = site.test_client()
    out = way_out(posting)
    said = {"List-Unsubscribe": "One-Click"}
    from_elsewhere = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}
    assert program.post(out, data={"do": "something"}, headers=from_elsewhere).status_code == 400
    guessed = program.post("/mail/out/" + "0" * 64, data=said)
    assert len(rows(posting, "mail_address")) == 1
    answers = [program.post(out, data=said, headers=headers) for headers in ({}, from_elsewhere)]
    assert rows(posting, "mail_address") == []
    assert rows(posting, "reminder_choice")[0]["by_mail"] is False
    for each in answers:
        assert (each.status_code, each.get_data(), dict(each.headers)) == (200, b"", dict(guessed.headers))
    assert "Set-Cookie" not in guessed.headers
    assert reader.client.post("/mail/out", data={"token": "x"}, headers=from_elsewhere).status_code == 403


def test_an_address_that_waits_for_its_code_gets_no_reminders(posting: House, reader: Browser) -> None:
    asked(reader)
    with posting.store.read() as unit:
        assert mail_of(unit, person_named(posting, "alice"), Message("A", "b", "/today", "nl"), "http://x") is None


def test_stopping_on_the_page_and_by_withdrawing_consent(
    posting: House, box: Mailbox, reader: Browser, clock: Clock
) -> None:
    typed(asked(reader), code_in(box)).send(button="stop")
    assert rows(posting, "mail_address") == []
    clock.forward(minutes=2)
    typed(asked(reader), code_in(box))
    reader.open("/consent").send({"purpose": []})
    assert rows(posting, "mail_address") == []
    assert reader.open("/reminders/mail").address.startswith("/consent")

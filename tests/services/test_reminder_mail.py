"""A reminder that goes by mail: from the clock to a mail server, with a way out that works."""

from __future__ import annotations

import asyncio
from datetime import date
from urllib.parse import urlsplit

from companion.bootstrap import House
from companion.domain.entry import Kind as EntryKind
from companion.domain.reminder import Kind
from companion.notify.mail import read_mail_server
from companion.notify.push import Sender
from companion.services.fire_due import Round, fire_due
from companion.services.mail_address import ask_code, stop_mail_at, type_code
from companion.services.send_due import Office
from tests.build import Clock, rows
from tests.services.reminding import Someone
from tests.smtp_server import Mailbox, mail_server

SITE = "https://andante.example"


def by_mail(someone: Someone, box: Mailbox) -> None:
    """They typed their address and the code that came."""
    server = read_mail_server(box.url)
    assert server is not None
    house, person, clock = someone.house, someone.person, someone.clock
    assert ask_code(house.store, person, "ann@example.org", server, "Andante", clock()) is None
    code = "".join(each for each in box.letters.pop().text.split(".")[0] if each.isdigit())
    assert type_code(house.store, person, code, clock()) is None


def go(house: House, clock: Clock, box: Mailbox) -> Round:
    async def once() -> Round:
        async with Sender(house.vapid) as sender:
            office = Office(sender, "Andante", SITE, read_mail_server(box.url))
            return await fire_due(house.store, office, clock)

    return asyncio.run(once())


def test_a_reminder_goes_by_mail_discreetly_once_and_can_be_ended(house: House, ann: Someone, clock: Clock) -> None:
    ann.remind(Kind.DIARY, "21:45")
    with mail_server() as box:
        by_mail(ann, box)
        clock.set("2026-11-21 21:45")
        go(house, clock, box)
        go(house, clock, box)
        [letter] = box.letters
        assert letter.to == ["ann@example.org"]
        assert letter.message["Subject"] == "Andante"
        assert f"{SITE}/today" in letter.text
        assert {row["state"] for row in rows(house, "delivery") if row["place"] == "mail"} == {"handed"}

        out = letter.message["List-Unsubscribe"].strip("<>")
        assert out.startswith(f"{SITE}/mail/out/")
        stop_mail_at(house.store, urlsplit(out).path.rpartition("/")[2], clock())
        clock.set("2026-11-22 21:45")
        go(house, clock, box)
        assert len(box.letters) == 1


def test_a_mail_server_that_does_not_answer_gets_it_later(house: House, ann: Someone, clock: Clock) -> None:
    ann.remind(Kind.DIARY, "21:45")
    with mail_server() as box:
        by_mail(ann, box)
        clock.set("2026-11-21 21:45")
        box.answers["MAIL"] = "451 later"
        go(house, clock, box)
        assert box.letters == []
        box.answers.clear()
        clock.forward(minutes=1)
        go(house, clock, box)
        assert len(box.letters) == 1


def test_what_was_noted_meanwhile_is_not_mailed(house: House, ann: Someone, clock: Clock) -> None:
    ann.remind(Kind.DIARY, "21:45")
    with mail_server() as box:
        by_mail(ann, box)
        box.answers["MAIL"] = "451 later"
        clock.set("2026-11-21 21:45")
        go(house, clock, box)
        box.answers.clear()
        ann.note(EntryKind.NIGHT, date(2026, 11, 21), {})
        clock.forward(minutes=1)
        go(house, clock, box)
        assert box.letters == []

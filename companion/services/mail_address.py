"""Where mail may go: an address that someone typed, shown to be theirs with a code, and one tap to end it."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from companion.domain.codes import Refused
from companion.domain.person import Person
from companion.domain.reminder.message import Message
from companion.notify.mail import Mail, MailServer, code_mail, reminder_mail, send_mail
from companion.notify.mail_address import read_address
from companion.notify.parcel import Handed
from companion.services.tokens import digest
from companion.storage import attempts, mail_addresses, reminders
from companion.storage.mail_addresses import MailAddress
from companion.storage.unit_of_work import Store, Unit

WORKS = timedelta(minutes=10)
APART = timedelta(minutes=1)
TRIES = 5
AN_HOUR = timedelta(hours=1)
MOST_AN_HOUR = 5


def read_mail_address(store: Store, person: Person) -> MailAddress | None:
    """The address, verified or waiting for its code."""
    with store.read() as unit:
        return mail_addresses.of_person(unit, person.id)


def ask_code(
    store: Store, person: Person, typed: str, server: MailServer, app_name: str, now: datetime
) -> Refused | None:
    """Send a code of eight digits there. Nothing is kept when the mail server does not take it."""
    address = read_address(typed)
    if address is None:
        return Refused.because("address", "mail_address")
    code = f"{secrets.randbelow(10**8):08}"
    with store.write() as unit:  # how often codes were asked is kept for everyone in one table
        asked = attempts.since(unit, _key(person), now - AN_HOUR)
        if len(asked) >= MOST_AN_HOUR or (asked and asked[-1] > now - APART):
            return Refused.because("address", "mail_wait")
        attempts.add(unit, _key(person), now)
        before = mail_addresses.of_person(unit, person.id)
        mail_addresses.keep(
            unit,
            person.id,
            MailAddress(address, now, code_digest=_code_mark(unit, person, code), code_until=now + WORKS),
        )
    if isinstance(send_mail(server, code_mail(address, code, person.language, app_name), now), Handed):
        return None
    with store.write(person.id) as unit:
        if before:
            mail_addresses.keep(unit, person.id, before)
        else:
            mail_addresses.remove(unit, person.id)
    return Refused.because("address", "mail_not_sent")


def type_code(store: Store, person: Person, typed: str, now: datetime) -> Refused | None:
    """The code that was sent: from now on mail goes there. Five tries in ten minutes, then it is a new code."""
    code = "".join(typed.split())
    with store.write(person.id) as unit:
        kept = mail_addresses.of_person(unit, person.id)
        if kept is None or kept.code_until is None:
            return Refused.because("code", "mail_code_over")
        if now >= kept.code_until or kept.code_tries >= TRIES:
            return Refused.because("code", "mail_code_over")
        right = hmac.compare_digest(_code_mark(unit, person, code), kept.code_digest)
        if right:
            out = digest(_out_token(unit, person, kept))
            mail_addresses.keep(
                unit, person.id, MailAddress(kept.address, kept.made_at, verified_at=now, out_digest=out)
            )
            chosen = reminders.choice(unit, person.id)
            reminders.choose(unit, person.id, replace(chosen, by_mail=True), now)
        else:
            mail_addresses.count_try(unit, person.id)
    return None if right else Refused.because("code", "mail_code")


def stop_mail(store: Store, person: Person, now: datetime) -> None:
    """No mail any more; the address goes."""
    with store.write(person.id) as unit:
        end_mail(unit, person.id, now)


def stop_mail_at(store: Store, token: str, now: datetime) -> None:
    """The same for whoever holds a mail with this way out. Any other token does nothing, and is not told apart."""
    with store.write() as unit:
        person_id = mail_addresses.owner_of_out(unit, digest(token[:200]))
        if person_id:
            end_mail(unit, person_id, now)


def end_mail(unit: Unit, person_id: str, now: datetime) -> None:
    mail_addresses.remove(unit, person_id)
    chosen = reminders.choice(unit, person_id)
    if chosen.by_mail:
        reminders.choose(unit, person_id, replace(chosen, by_mail=False), now)


def mail_of(unit: Unit, person: Person, message: Message, site: str) -> Mail | None:
    """A worded message for the verified address of someone who wants mail; None where there is none.

    `site` is scheme and host of this site.
    """
    kept = mail_addresses.of_person(unit, person.id)
    if kept is None or kept.verified_at is None or not reminders.choice(unit, person.id).by_mail:
        return None
    out = f"{site}/mail/out/{_out_token(unit, person, kept)}"
    return reminder_mail(kept.address, message.title, message.body, site + message.path, out, message.lang)


def _key(person: Person) -> str:
    return digest("mail code " + person.id)


def _code_mark(unit: Unit, person: Person, code: str) -> str:
    """Keyed, because eight digits alone are quickly tried."""
    return unit.seal.mark(f"mail code {person.id} {code}")


def _out_token(unit: Unit, person: Person, kept: MailAddress) -> str:
    """The same in every mail to this address, and kept nowhere."""
    return unit.seal.mark(f"mail out {person.id} {kept.made_at.isoformat()}")

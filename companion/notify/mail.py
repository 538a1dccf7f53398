"""Mail: discreet, with a way out in it, and never in the way. Outcomes are values; nothing here raises.

`SMTP_URL` is `smtp://user:password@host:587?from=reminders@example.org` (STARTTLS unless `tls=none`) or `smtps://…`.
"""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from companion.i18n.catalogues import catalogue
from companion.i18n.marker import N_
from companion.notify.mail_address import read_address
from companion.notify.parcel import Failed, Gone, Handed, Outcome, Wait

TIMEOUT: Final = 10.0
"""Seconds for each step of a conversation with the mail server."""

NOBODY_THERE: Final = range(550, 554)
"""Answers that say that this address takes no mail (RFC 5321 §4.2.2)."""


@dataclass(frozen=True)
class MailServer:
    """Where mail leaves. `tls`: "tls" from the start, "starttls", or "none" (a server on the same machine)."""

    host: str
    port: int
    tls: str
    user: str
    password: str
    sender: str


@dataclass(frozen=True)
class Mail:
    """`out` is the address of the page on which one tap ends mail; "" where there is nothing to end yet."""

    to: str
    subject: str
    text: str
    language: str
    out: str = ""


def read_mail_server(url: str, site: str = "") -> MailServer | None:
    """The server that SMTP_URL says; None where it is empty. `site` is BASE_URL, for the sender where none is named.

    Raises ValueError with one sentence for anything else.
    """
    if not url:
        return None
    parts = urlsplit(url)
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    tls = "tls" if parts.scheme == "smtps" else asked.get("tls", "starttls")
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or tls not in {"tls", "starttls", "none"}:
        raise ValueError("SMTP_URL must look like smtp://user:password@host:587?from=name@example.org.")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    sender = read_address(asked.get("from", "") or (user if "@" in user else ""))
    sender = sender or read_address(f"reminders@{urlsplit(site).hostname or ''}")
    if sender is None:
        raise ValueError("SMTP_URL must say who sends: add ?from=name@example.org.")
    return MailServer(parts.hostname, parts.port or (465 if tls == "tls" else 587), tls, user, password, sender)


def code_mail(to: str, code: str, language: str, app_name: str) -> Mail:
    """The eight digits that show that someone reads this address."""
    say = catalogue(language).gettext
    text = say(N_("Your code is %(code)s. Type it in the app within ten minutes. You did not ask for it? Do nothing."))
    return Mail(to, app_name, text % {"code": f"{code[:4]} {code[4:]}"}, language)


def reminder_mail(to: str, title: str, body: str, link: str, out: str, language: str) -> Mail:
    """A worded message as mail. The subject says no more than a lock screen does; `link` opens its page."""
    say = catalogue(language).gettext
    stop = say(N_("No more mail like this: %(link)s")) % {"link": out}
    return Mail(to, title, f"{body}\n\n{link}\n\n-- \n{stop}", language, out)


def send_mail(server: MailServer, mail: Mail, now: datetime) -> Outcome:
    """Hand it to the mail server, at most some seconds a step."""
    try:
        letter = written(server, mail, now)
        with _connected(server) as smtp:
            smtp.send_message(letter, from_addr=server.sender, to_addrs=[mail.to])
    except smtplib.SMTPRecipientsRefused as error:
        return _answered(next(iter(error.recipients.values()))[0], refused=True)
    except smtplib.SMTPResponseException as error:
        return _answered(error.smtp_code, refused=False)
    except (smtplib.SMTPNotSupportedError, ValueError) as error:
        return Failed(type(error).__name__)
    except TimeoutError:
        return Wait(None, "timeout")
    except (OSError, smtplib.SMTPException):
        return Wait(None, "connection")
    return Handed()


async def send_mail_aside(server: MailServer, mail: Mail, now: datetime) -> Outcome:
    """The same in a thread of its own, so that a slow mail server holds up nothing else."""
    return await asyncio.to_thread(send_mail, server, mail, now)


def written(server: MailServer, mail: Mail, now: datetime) -> EmailMessage:
    """The letter. A line break in a header is refused by the policy (ValueError), so nothing can be slipped in."""
    letter = EmailMessage(policy=SMTP)
    letter["From"] = server.sender
    letter["To"] = mail.to
    letter["Subject"] = mail.subject
    letter["Date"] = format_datetime(now)
    letter["Message-ID"] = make_msgid(domain=server.sender.rsplit("@", 1)[1])
    letter["Content-Language"] = mail.language
    letter["Auto-Submitted"] = "auto-generated"
    if mail.out:
        letter["List-Unsubscribe"] = f"<{mail.out}>"
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058 §3.1
    letter.set_content(mail.text, cte="quoted-printable")
    return letter


def _connected(server: MailServer) -> smtplib.SMTP:
    safely = ssl.create_default_context()
    if server.tls == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=safely)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    try:
        if server.tls == "starttls":
            smtp.starttls(context=safely)
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _answered(code: int, *, refused: bool) -> Outcome:
    if refused and code in NOBODY_THERE:
        return Gone()
    return Failed(str(code)) if code >= 500 else Wait(None, str(code))

"""From settings to a house that can be lived in: keys made on first use, engine, store."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from companion.notify.mail import MailServer, read_mail_server
from companion.notify.parcel import Outcome, Parcel
from companion.notify.push import send_now
from companion.notify.vapid import Vapid, is_subject, new_private_key
from companion.services import instruments
from companion.services.push_key import check_push_key
from companion.settings import BadSetting, Settings
from companion.storage.engine import Unreachable, make_engine
from companion.storage.migrate import migrate as migrate_engine
from companion.storage.unit_of_work import Store
from companion.storage.wrapping import Ring, WrongKey

SOON = 5.0
"""Seconds that someone waits for a push service."""

NO_CONTACT = "mailto:host@example.org"
"""Who answers for this site while its host says nothing: enough for a try at home."""


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class House:
    """Everything the doors need."""

    settings: Settings
    store: Store
    secret_key: str
    vapid: Vapid
    now: Callable[[], datetime] = utc_now
    mail: MailServer | None = None
    """Where mail leaves; None: there is no mail here."""

    def post(self, parcels: Sequence[Parcel]) -> list[tuple[Parcel, Outcome]]:
        """Hand a few messages to push services while someone waits for it."""
        return send_now(self.vapid, self.settings.push_hosts, parcels, self.now, patience=SOON)


def _random() -> str:
    return secrets.token_urlsafe(48)


def _kept_key(instance: Path, name: str, make: Callable[[], str] = _random) -> str:
    """A secret in the instance folder, made on first use and readable by its owner only."""
    path = instance / name
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True)
        fresh = instance / f".{name}.{secrets.token_hex(4)}"
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(make())
        try:
            os.link(fresh, path)  # the first of several processes wins
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()


def build(settings: Settings, now: Callable[[], datetime] = utc_now) -> House:
    """The house for these settings. Makes the instance folder and its keys when they are not there yet.

    Raises BadSetting for a folder of questionnaires that is not there or holds one that cannot be read.
    """
    _open_shelf(settings.instruments)
    settings.instance.mkdir(parents=True, exist_ok=True)
    secret_key = settings.secret_key or _kept_key(settings.instance, "secret.key")
    store = Store(make_engine(settings.database_url), _ring(settings), settings.instance, now)
    return House(settings, store, secret_key, _vapid(settings), now, _mail(settings))


OLD_KEYS = "data.key.old"
"""Beside data.key: those that were in use before, one a line, until `companion rotate-keys` is done with them."""


def _ring(settings: Settings) -> Ring:
    """The DATA_KEY of now and those that are still read."""
    data_key, others = settings.data_key, list(settings.data_keys_old)
    if not data_key:
        data_key = _kept_key(settings.instance, "data.key")
        old = settings.instance / OLD_KEYS
        others += [line.strip() for line in old.read_text().splitlines() if line.strip()] if old.exists() else []
    return Ring(data_key, others)


def check_data_key(house: House) -> None:
    """Raises BadSetting when the words of this database were sealed with another DATA_KEY than the ones we have."""
    try:
        house.store.house_key()
    except WrongKey:
        raise BadSetting(
            "DATA_KEY is not the one of this database: nobody's words could be read. Put the old one back (data.key in "
            "the instance folder, or DATA_KEY), or name it in DATA_KEY_OLD."
        ) from None


def _vapid(settings: Settings) -> Vapid:
    """The key for push messages, read once. A damaged one stops the start: a silently new one orphans every phone."""
    subject = _subject(settings)
    key = settings.vapid_private_key or _kept_key(settings.instance, "vapid.key", new_private_key)
    try:
        return Vapid(key, subject)
    except ValueError as error:
        where = "VAPID_PRIVATE_KEY" if settings.vapid_private_key else str(settings.instance / "vapid.key")
        raise BadSetting(f"{where} is not a key for push messages: {error}.") from error


def _mail(settings: Settings) -> MailServer | None:
    if settings.smtp_url and not settings.base_url:
        raise BadSetting("SMTP_URL needs BASE_URL: every mail holds a link to stop.")
    try:
        return read_mail_server(settings.smtp_url, settings.base_url)
    except ValueError as error:
        raise BadSetting(str(error)) from error


def _subject(settings: Settings) -> str:
    """Where push services can reach whoever runs this site: VAPID_SUBJECT, else what HOST_CONTACT or BASE_URL says."""
    if settings.vapid_subject:
        if not is_subject(settings.vapid_subject):
            raise BadSetting(
                "VAPID_SUBJECT must be mailto: or https: with a real host, such as mailto:you@example.org."
            )
        return settings.vapid_subject
    contact = settings.host_contact.strip()
    guesses = [contact, f"mailto:{contact}", settings.origin, NO_CONTACT]
    return next(guess for guess in guesses if is_subject(guess))


def _open_shelf(folder: Path | None) -> None:
    if folder and not folder.is_dir():
        raise BadSetting(f"INSTRUMENTS: there is no folder {folder}.")
    try:
        instruments.open_shelf(folder)
    except ValueError as error:
        raise BadSetting(f"INSTRUMENTS: {error}") from error


def migrate(house: House) -> None:
    """Bring the house's database to the newest schema. Raises BadSetting when the database does not answer."""
    try:
        migrate_engine(house.store.engine)
    except Unreachable as error:
        raise BadSetting(f"DATABASE_URL: the database does not answer ({error}).") from error
    check_data_key(house)


def check_key(house: House) -> None:
    """Raises BadSetting when phones subscribed with another key for push messages than the one in use, or when the
    DATA_KEY is not the one of this database."""
    check_data_key(house)
    orphans = check_push_key(house.store, house.vapid.name, house.now(), forget=house.settings.vapid_new_key)
    if orphans:
        raise BadSetting(
            f"The key for push messages is not the one that {orphans} browsers subscribed with: they would never get a "
            "message again. Put the old one back (vapid.key in the instance folder, or VAPID_PRIVATE_KEY), or set "
            "VAPID_NEW_KEY=yes to forget them; each subscribes again when its person opens the app."
        )

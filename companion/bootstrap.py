"""From settings to a house that can be lived in: keys made on first use, engine, store."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from companion.services import instruments
from companion.settings import BadSetting, Settings
from companion.storage.engine import Unreachable, make_engine
from companion.storage.migrate import migrate as migrate_engine
from companion.storage.seal import Seal
from companion.storage.unit_of_work import Store


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class House:
    """Everything the doors need."""

    settings: Settings
    store: Store
    secret_key: str
    now: Callable[[], datetime] = utc_now


def _kept_key(instance: Path, name: str) -> str:
    """A secret in the instance folder, made on first use and readable by its owner only."""
    path = instance / name
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True)
        fresh = instance / f".{name}.{secrets.token_hex(4)}"
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
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
    data_key = settings.data_key or _kept_key(settings.instance, "data.key")
    store = Store(make_engine(settings.database_url), Seal(data_key))
    return House(settings, store, secret_key, now)


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

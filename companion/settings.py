"""Settings from the environment (contract §5). Pure: reads a mapping, opens nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent


SHORTEST_TOKEN = 16


class BadSetting(ValueError):
    """A setting cannot be used; the message names it."""


@dataclass(frozen=True)
class Settings:
    """What whoever hosts the site decided. Empty keys are made in the instance folder on first use."""

    instance: Path
    database_url: str
    app_name: str = "Andante"
    host_name: str = ""
    host_contact: str = ""
    secret_key: str = ""
    data_key: str = ""
    data_keys_old: tuple[str, ...] = ()
    """Other keys that are still read, while `companion rotate-keys` puts everything under `data_key`."""
    base_url: str = ""
    port: int = 8000
    preview: bool = True
    instruments: Path | None = None
    """A folder with questionnaires of the host's own, beside those of the house."""
    backup_dir: Path | None = None
    """Where the clock puts a backup every night; None: it makes none."""
    smtp_url: str = ""
    """Where mail leaves, `smtp://` or `smtps://`; empty: no mail, and nobody is asked for an address."""
    vapid_private_key: str = ""
    vapid_subject: str = ""
    vapid_new_key: bool = False
    """The key for push messages was replaced on purpose: browsers that subscribed with another one are forgotten."""
    log_format: str = "plain"
    """"plain", or "json": one object a line, and one line a request."""
    metrics_token: str = ""
    """What a monitor must show to read `/metrics`; empty: there is no such page."""
    push_hosts: tuple[str, ...] = ()
    """Push services of the host's own, beside the known ones: "push.example.org", "*.example.org", "127.0.0.1:9000"."""

    @property
    def secure(self) -> bool:
        """True when people reach the site over HTTPS."""
        return self.base_url.startswith("https://")

    @property
    def origin(self) -> str:
        """scheme://host[:port] of BASE_URL, or "" when it is not set."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from environment variables. Raises BadSetting with the name of the one that is wrong."""
    instance = Path(environment.get("INSTANCE", "") or ROOT / "instance")
    port = environment.get("PORT", "") or "8000"
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise BadSetting("PORT must be a whole number from 1 to 65535.")
    base_url = environment.get("BASE_URL", "").rstrip("/")
    if base_url and urlsplit(base_url).scheme not in {"http", "https"}:
        raise BadSetting("BASE_URL must start with http:// or https://.")
    log_format = environment.get("LOG_FORMAT", "") or "plain"
    if log_format not in {"plain", "json"}:
        raise BadSetting("LOG_FORMAT must be plain or json.")
    metrics_token = environment.get("METRICS_TOKEN", "").strip()
    if metrics_token and not (len(metrics_token) >= SHORTEST_TOKEN and metrics_token.isascii()):
        raise BadSetting(f"METRICS_TOKEN must have at least {SHORTEST_TOKEN} characters, without accents.")
    return Settings(
        instance=instance,
        database_url=environment.get("DATABASE_URL", "") or f"sqlite:///{instance / 'companion.db'}",
        app_name=environment.get("APP_NAME", "") or "Andante",
        host_name=environment.get("HOST_NAME", ""),
        host_contact=environment.get("HOST_CONTACT", ""),
        secret_key=environment.get("SECRET_KEY", ""),
        data_key=environment.get("DATA_KEY", ""),
        data_keys_old=tuple(each.strip() for each in environment.get("DATA_KEY_OLD", "").split(",") if each.strip()),
        base_url=base_url,
        port=int(port),
        preview=not base_url.startswith("https://"),
        instruments=Path(environment["INSTRUMENTS"]) if environment.get("INSTRUMENTS") else None,
        backup_dir=Path(environment["BACKUP_DIR"]) if environment.get("BACKUP_DIR") else None,
        smtp_url=environment.get("SMTP_URL", "").strip(),
        vapid_private_key=environment.get("VAPID_PRIVATE_KEY", "").strip(),
        vapid_subject=environment.get("VAPID_SUBJECT", "").strip(),
        vapid_new_key=environment.get("VAPID_NEW_KEY", "") == "yes",
        log_format=log_format,
        metrics_token=metrics_token,
        push_hosts=_hosts(environment.get("PUSH_HOSTS", "")),
    )


def _hosts(text: str) -> tuple[str, ...]:
    """Names with commas or spaces between them; a whole address counts as its host and port."""
    hosts = tuple(re.sub(r"^https?://|/$", "", each) for each in re.split(r"[\s,]+", text.lower()) if each)
    for host in hosts:
        if not re.fullmatch(r"((\*\.)?[a-z0-9][a-z0-9.-]*|\[[0-9a-f:]+\])(:\d{1,5})?", host):
            raise BadSetting(f"PUSH_HOSTS: {host} is not the name of a host.")
    return hosts

"""Many people with a plan, a phone and a reminder at the same minute, written straight into the tables."""

from __future__ import annotations

import json
import os
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlmodel import insert

from companion.bootstrap import House, build, migrate
from companion.domain.consent import TEXT_VERSION
from companion.domain.reminder import Habit, upcoming
from companion.settings import Settings
from companion.storage.reminder_tables import ReminderRow, SubscriptionRow
from companion.storage.tables import ConfirmationRow, ConsentRow, PersonRow, PlanHead, PlanVersionRow

FULL = os.environ.get("BENCH_REMINDERS") == "full"
"""The sizes of the issue: 100,000 reminders in a minute, a million people. Without it a hundredth of them."""

ZONE = ZoneInfo("Europe/Brussels")
NOW = datetime(2026, 11, 21, 20, 45, tzinfo=UTC)
BEFORE = datetime(2026, 11, 21, 11, tzinfo=UTC)
AT_ONCE = 2_000
PLAN = json.dumps(
    {
        "medicine": "lormetazepam",
        "products": [{"form": "made_capsule"}],
        "daily": {"bedtime": "2"},
        "goal": {"kind": "stop"},
        "pace": {"kind": "programme", "steps": 10, "days": 30},
        "start": "2026-11-01",
    }
)


@contextmanager
def crowd(people: int, due: int, origin: str = "http://127.0.0.1:9") -> Iterator[House]:
    """A house with so many people; the reminders of `due` of them are due at NOW, the others a minute later."""
    with TemporaryDirectory() as folder:
        where = Path(folder)
        host = origin.removeprefix("http://")
        house = build(
            Settings(instance=where, database_url=f"sqlite:///{where / 'companion.db'}", push_hosts=(host,)),
            lambda: NOW,
        )
        migrate(house)
        for first in range(0, people, AT_ONCE):
            _add(house, range(first, min(first + AT_ONCE, people)), due, origin)
        try:
            yield house
        finally:
            house.store.engine.dispose()


def phone() -> dict[str, str]:
    """The keys of a browser."""
    point = generate_private_key(SECP256R1()).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return {"p256dh": _text(point), "auth": _text(os.urandom(16))}


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _add(house: House, numbers: range, due: int, origin: str) -> None:
    rows: dict[Any, list[dict[str, Any]]] = {
        table: [] for table in (ConsentRow, PlanHead, PlanVersionRow, ConfirmationRow, ReminderRow, SubscriptionRow)
    }
    habits = {True: Habit(time(21, 45)), False: Habit(time(21, 46))}
    with house.store.write() as unit:
        unit.session.exec(insert(PersonRow), params=[_person(number) for number in numbers])
        for number in numbers:
            name = _name(number)
            here = {"person_id": name}
            habit = habits[number < due]
            found = upcoming(habit, ZONE, BEFORE)
            assert found  # noqa: S101
            said = {"purpose": "plan", "text_version": TEXT_VERSION, "language": "nl", "given_at": BEFORE}
            rows[ReminderRow].append(
                here
                | {"id": "dose", "kind": "dose", "key": "bedtime", "active": True, "days": '"daily"', "words": ""}
                | {"at": habit.at.strftime("%H:%M"), "changed_at": BEFORE, "next_due": found.due}
                | {"next_local": found.text}
            )
            if number >= due:
                continue
            rows[ConsentRow].append(here | said | {"id": "one"})
            rows[PlanHead].append(here | {"id": name, "made_at": BEFORE, "version": 1, "agreed_with": "doctor"})
            plan = here | {"plan_id": name, "version": 1}
            rows[PlanVersionRow].append(plan | {"document": PLAN, "reason": "made", "made_at": BEFORE})
            rows[ConfirmationRow].append(plan | {"n": 1, "until": date(2026, 11, 30), "confirmed_at": BEFORE})
            rows[SubscriptionRow].append(here | _subscription(unit, house, name, number, origin))
        for table, values in rows.items():
            if values:
                unit.session.exec(insert(table), params=values)


def _name(number: int) -> str:
    return str(UUID(int=number))


def _person(number: int) -> dict[str, Any]:
    name = _name(number)
    who = {"id": name, "name": name, "name_key": name, "passphrase_hash": "", "language": "nl", "demo": True}
    return who | {"zone": ZONE.key, "day_turn": "05:00", "adult_at": BEFORE, "made_at": BEFORE}


def _subscription(unit: Any, house: House, person_id: str, number: int, origin: str) -> dict[str, Any]:
    keys = phone()
    address = {"endpoint": f"{origin}/p/{number}", "key": house.vapid.name}
    return {
        "id": "phone",
        "mark": f"{number}",
        "origin": origin,
        "endpoint": unit.seal.close(json.dumps(address), person_id),
        "p256dh": unit.seal.close(keys["p256dh"], person_id),
        "auth": unit.seal.close(keys["auth"], person_id),
        "device": "",
        "made_at": BEFORE,
        "seen_at": BEFORE,
    }

"""Someone with a plan, a phone at a push service of the tests and reminders that are on; and rounds of a clock."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import text

from companion.bootstrap import House
from companion.domain.consent import TEXT_VERSION, Consent, Purpose
from companion.domain.entry import Entry
from companion.domain.entry import Kind as EntryKind
from companion.domain.person import Person
from companion.domain.reminder import DAILY, Days, Habit, Kind
from companion.notify.push import Sender
from companion.services.fire_due import BATCH, Round, fire_due
from companion.services.send_due import LEASE, Office
from companion.services.set_reminders import id_of, keep_on
from companion.services.subscribe import Subscribed, subscribe
from companion.storage import entries, people
from companion.storage.reminders import Reminder
from tests.build import BRUSSELS, Clock
from tests.confirmed import confirmed_plan, rows_plan, tablet
from tests.push_service import Fault, PushService, Subscriber

AT_BEDTIME = rows_plan([({"bedtime": "1.5"}, 14), ({"bedtime": "1"}, 14)], [tablet("1")], "2026-11-16")
"""Diazepam at bedtime, 16 November to 13 December 2026."""

TWICE = rows_plan([({"morning": "1", "bedtime": "2"}, 28)], [tablet("1")], "2026-11-16")


@dataclass
class Someone:
    """A person and their phones."""

    house: House
    clock: Clock
    service: PushService
    person: Person
    phones: list[Subscriber] = field(default_factory=list)

    def phone(self, *faults: Fault, service: PushService | None = None) -> Subscriber:
        at = service or self.service
        made = at.subscribe(self.house.vapid.public, *faults)
        found = subscribe(
            self.house.store,
            self.person,
            made.json(),
            phone="",
            device="Pixel",
            hosts=(at.host,),
            key=self.house.vapid.name,
            now=self.clock(),
        )
        assert isinstance(found, Subscribed)
        self.phones.append(made)
        return made

    def plan(self, document: Mapping[str, Any] = AT_BEDTIME) -> str:
        return confirmed_plan(self.house, self.person, dict(document), self.clock()).id

    def remind(
        self, kind: Kind, at: str, key: str = "", days: Days = DAILY, words: dict[str, str] | None = None
    ) -> str:
        made = Reminder(
            id_of(kind, key), kind, key, True, Habit(time.fromisoformat(at), days), self.clock(), words or {}
        )
        with self.house.store.write(self.person.id) as unit:
            keep_on(unit, self.person, made, self.clock())
        return made.id

    def note(self, kind: EntryKind, day: date, data: Mapping[str, Any]) -> None:
        with self.house.store.write(self.person.id) as unit:
            entries.add(unit, self.person.id, [Entry(str(uuid4()), kind, day, self.clock(), data)], self.clock())

    def take(self, plan_id: str, day: date, moment: str = "bedtime", mg: str = "1.5") -> None:
        self.note(EntryKind.DOSE, day, {"plan": plan_id, "moment": moment, "mg": mg, "taken": True})

    def shown(self, phone: int = 0) -> list[str]:
        """What this phone shows: the newest of each tag, as "kind wall-time-it-was-handed"."""
        by_tag = {}
        for each in self.phones[phone].received:
            if each.text is not None:
                said = json.loads(each.text)
                local = each.at.astimezone(self.person.zone)
                by_tag.setdefault(said["notification"]["tag"], f"{said['andante']['kind']} {local:%m-%d %H:%M}")
        return list(by_tag.values())

    def tokens(self, phone: int = 0) -> list[str]:
        return [each["andante"]["token"] for each in self.phones[phone].texts]


def someone(house: House, clock: Clock, service: PushService, name: str = "alice", language: str = "nl") -> Someone:
    """Somebody with consent for everything, in Brussels."""
    made = Person(str(uuid4()), name, language, BRUSSELS, time(5), clock())
    with house.store.write() as unit:
        people.add(unit, made, name, "no passphrase")
        for purpose in Purpose:
            people.add_consent(unit, made.id, Consent(purpose, TEXT_VERSION, language, clock()))
    return Someone(house, clock, service, made)


@dataclass
class Ticker:
    """A clock of the tests: goes round when it is told to."""

    house: House
    clock: Clock
    service: PushService
    patience: float = 5.0
    tired: dict[str, datetime] = field(default_factory=dict)
    hosts: tuple[str, ...] = ()

    def round(self, *, batch: int = BATCH, lease: timedelta = LEASE) -> Round:
        async def go() -> Round:
            hosts = (self.service.host, *self.hosts)
            async with Sender(self.house.vapid, hosts, self.clock, patience=self.patience) as sender:
                office = Office(sender, "Andante", "https://andante.example", tired=self.tired)
                return await fire_due(self.house.store, office, self.clock, batch=batch, lease=lease)

        return asyncio.run(go())

    def until(self, local: str, **step: float) -> None:
        """Go round, every five minutes where nothing else is said, up to a wall time in Brussels."""
        end = Clock()
        end.set(local)
        while self.clock() < end():
            self.round()
            self.clock.instant = min(self.clock() + timedelta(**(step or {"minutes": 5})), end())
        self.round()


def spoil(house: House, table: str, **values: Any) -> None:
    """Write nonsense into every row of a table."""
    words = ", ".join(f"{name} = :{name}" for name in values)
    with house.store.engine.begin() as connection:
        connection.execute(text(f"UPDATE {table} SET {words}"), values)  # noqa: S608
